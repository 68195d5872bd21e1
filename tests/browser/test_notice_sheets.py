"""Where the parts of a notice stand on a phone, and that a poster is one sheet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import UnitProfile
from tests.browser.conftest import PASSWORD
from tests.factories import (
    make_assignment,
    make_attachment,
    make_notice,
    make_org_unit,
    make_published,
    make_school_session,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.looks]

FACTS = [{"label": "时间", "value": "11月25日上午"}]
# As many and as long as the form takes them.
ALL_FACTS = [{"label": "时间地点时间地点", "value": "凤山巷一号楼东" * 11}] * 8
POSTERS = {
    "short": ("停水通知", "明天上午停水，请打0577-65810002。", FACTS),
    "middling": ("关于老旧小区供水改造期间停水的通知" * 2, "请存水。" * 20, FACTS * 4),
    "long": ("关于做好停水工作的通知" * 9, "请提前存水。" * 33, FACTS),
    "longest": ("关于做好停水工作的通知" * 9, "请提前存水。" * 33, ALL_FACTS),
}


@pytest.fixture
def donghu(transactional_db):
    street = make_org_unit("street", "330381002000", name="玉海街道")
    return make_org_unit("community", "330381002901", parent=street, name="东湖社区")


def tops(page, *selectors):
    return [page.locator(one).first.bounding_box()["y"] for one in selectors]


@pytest.mark.parametrize("length", POSTERS)
def test_a_poster_fills_one_sheet(length, donghu, open_page):
    title, gist, facts = POSTERS[length]
    notice = make_published(
        donghu,
        title=title,
        gist=gist,
        facts=facts,
        contact_phone="0577-65810002",
        document_number="玉街通〔2026〕46号",
        expires_at=timezone.now() + timedelta(days=9),
    )
    page = open_page(f"/notices/{notice.pk}/poster/")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.set_viewport_size({"width": 680, "height": 994})
    page.emulate_media(media="print")
    code = page.locator(".yh-poster .yh-qr").bounding_box()
    # In millimetres, of the 263 that the margins leave.
    assert 50 <= code["width"] / 96 * 25.4 <= 60
    assert (code["y"] + code["height"]) / 96 * 25.4 > 240


def test_on_a_phone_the_facts_stand_between_gist_and_text(donghu, open_page):
    notice = make_published(donghu, facts=FACTS)
    page = open_page(f"/notices/{notice.pk}/", width=390)
    parts = (".yh-gist", ".yh-notice-page .yh-facts", "article h2", ".yh-acts")
    found = tops(page, *parts)
    assert found == sorted(found)
    wide = open_page(f"/notices/{notice.pk}/")
    title, acts = tops(wide, "article h1", ".yh-acts")
    assert abs(title - acts) < 20


def test_on_paper_a_notice_has_its_facts_first_and_its_signature_last(
    donghu, open_page
):
    notice = make_published(donghu, facts=FACTS)
    make_attachment(notice, title="施工范围说明")
    make_attachment(notice, title="送水登记表")
    page = open_page(f"/notices/{notice.pk}/")
    assert not page.locator(".yh-attached").is_visible()
    page.emulate_media(media="print")
    signature = ".yh-prose>.text-end"
    parts = (".yh-gist", ".yh-facts", "article h2", ".yh-attached", signature, "#ask")
    found = tops(page, *parts)
    assert found == sorted(found)
    assert page.get_by_text("下载").count() == 2
    assert not page.get_by_text("下载").first.is_visible()
    assert page.locator(".yh-attached li").all_inner_texts() == [
        "施工范围说明",
        "送水登记表",
    ]


def test_on_a_phone_the_number_to_call_follows_the_place(donghu, open_page):
    UnitProfile.objects.create(org_unit=donghu, phone="0577-65810002")
    make_school_session(donghu, title="瑞安鼓词欣赏", held_on=timezone.localdate())
    page = open_page("/", width=390)
    place = page.locator(".yh-come b+span").first.bounding_box()
    phone = page.locator(".yh-come .yh-end").first.bounding_box()
    assert 0 <= phone["y"] - place["y"] - place["height"] < 4
    assert phone["height"] >= 44
    page.locator(".yh-come b").nth(1).click()
    page.wait_for_url("**/units/330381002901/")


def test_on_a_phone_the_check_comes_before_the_draft(donghu, sign_in):
    clerk = make_user("clerk", password=PASSWORD)
    make_assignment("clerk", donghu, user=clerk)
    notice = make_notice(donghu, author=clerk)
    page = sign_in("clerk", notice.get_absolute_url(), width=390)
    check, preview = tops(page, ".yh-check", ".yh-preview")
    assert check < preview
