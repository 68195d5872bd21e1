"""Whoever writes or reviews a notice sees all that its public page will say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import UnitProfile
from tests.factories import make_attachment, make_notice
from toolkit import formats


@pytest.fixture
def preview(browse, lin):
    """Return a function that fetches what the page of a notice shows as its preview."""

    def fetch(notice):
        page = browse(lin).get(notice.get_absolute_url()).content.decode()
        return page[page.index("yh-preview__title") :].partition("</section>")[0]

    return fetch


def test_it_shows_all_that_residents_will_see(preview, donghu, lin):
    begin = timezone.now() + timedelta(days=3)
    notice = make_notice(
        donghu,
        author=lin,
        status="review",
        facts=[{"label": "地点", "value": "凤山巷"}],
        publish_at=begin,
        document_number="玉街通〔2026〕46号",
        contact="林秀芬",
        contact_phone="0577-6581 0002",
    )
    make_attachment(notice, title="停水范围图")
    shown = preview(notice)
    day = formats.cn_date(begin)
    for text in ("<dt>地点</dt><dd>凤山巷</dd>", f"<dt>发布日期</dt><dd>{day}</dd>"):
        assert text in shown
    for text in ("停水范围图", "玉街通〔2026〕46号", "林秀芬", "0577-65810002"):
        assert text in shown
    assert f"东湖社区<br>{day}" in shown


def test_a_draft_without_a_day_is_dated_when_it_is_approved(preview, donghu, lin):
    assert "东湖社区<br>审核通过当天" in preview(make_notice(donghu, author=lin))


def test_a_draft_of_a_day_gone_by_is_dated_when_it_is_approved(preview, donghu, lin):
    past = timezone.now() - timedelta(days=3)
    notice = make_notice(donghu, author=lin, publish_at=past)
    assert "东湖社区<br>审核通过当天" in preview(notice)


def test_whom_to_ask_is_named_as_on_the_public_page(browse, street, mei):
    page = browse(mei).get(make_notice(street, author=mei).get_absolute_url())
    assert page.context["contact"]["unit"] == "街道办事处"


def test_without_a_contact_the_office_is_named(preview, donghu, lin):
    UnitProfile.objects.create(
        org_unit=donghu, phone="65810003", office_hours="工作日9:00—17:00"
    )
    shown = preview(make_notice(donghu, author=lin))
    assert "0577-65810003" in shown
    assert "工作日9:00" in shown


def test_the_check_leaves_names_to_people(browse, lin, donghu):
    url = make_notice(donghu, author=lin).get_absolute_url()
    words = "系统不能识别人名、住址和病情，请人工核对。"
    assert words in browse(lin).get(url).content.decode()


def test_the_large_version_leads_with_the_gist_as_its_page_does(browse, donghu, lin):
    notice = make_notice(
        donghu, author=lin, gist="明天停水，先存水。", easy_body="明天停水。"
    )
    page = browse(lin).get(notice.get_absolute_url()).content.decode()
    easy = page[page.index("yh-preview--large") :].partition("</section>")[0]
    places = [easy.index(text) for text in (notice.title, notice.gist, "<p>明天停水")]
    assert places == sorted(places)
    assert "东湖社区，审核通过当天。" in easy
