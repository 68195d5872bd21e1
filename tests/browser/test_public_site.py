"""The residents' pages in a real browser: for everybody, on any screen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Honour, UnitProfile
from tests.browser.judging import COLOURS, overflow, violations
from tests.factories import (
    make_attachment,
    make_emergency,
    make_org_unit,
    make_published,
    make_shelter,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.looks]

BODY = """一、停水时间
日期 | 范围 | 时间
11月25日 | 凤山巷 | 8:30—16:30
二、怎样绕行
- 电动车推行
1. 打 0577-6581 0002
"""
DONGHU = "330381002901"


@pytest.fixture
def portal(transactional_db):
    """A street with a community, an emergency, a notice with all there is."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", DONGHU, parent=street, name="东湖社区")
    make_org_unit("grid", f"{DONGHU}001", parent=donghu, name="01网格")
    for unit, phone in ((street, "0577-65810001"), (donghu, "0577-65810002")):
        UnitProfile.objects.create(
            org_unit=unit, address="东湖巷1号", phone=phone, office_hours="周一至周五"
        )
    Honour.objects.create(
        org_unit=donghu, title="文明社区", level="city", awarded_by="瑞安市"
    )
    end = timezone.now() + timedelta(days=1)
    make_published(street, title="寒潮预警", is_emergency=True, expires_at=end)
    for _number in range(25):
        make_published(donghu)
    notice = make_published(
        donghu,
        title="东湖巷停水通知",
        body=BODY,
        easy_title="明天停水",
        easy_body="一、哪一天\n25日 | 东湖巷\n26日 | 西湖巷",
        is_pinned=True,
    )
    make_attachment(notice)
    # A storm opens a shelter, to which every page leads.
    make_shelter(
        donghu, name="二中操场", contact="林老师", about="有备用电源。", is_public=True
    )
    make_emergency(street, title="台风“海燕”", status="open", level=2)
    return notice


def addresses(notice):
    return {
        "home": "/",
        "list": "/notices/",
        "filtered": f"/notices/?q=停水&unit={DONGHU}",
        "nothing": "/notices/?q=火星",
        "notice": f"/notices/{notice.pk}/",
        "poster": f"/notices/{notice.pk}/poster/",
        "need": "/needs/elders/",
        "search": "/search/?q=停水",
        "units": "/units/",
        "unit": f"/units/{DONGHU}/",
        "shelters": "/shelters/",
        "mine": "/my-community/?change=1",
        "privacy": "/privacy/",
        "accessibility": "/accessibility/",
        "map": "/site-map/",
        "missing": "/notices/999999/",
    }


LOOKS = {
    "desk": {"width": 1440},
    "phone": {"width": 360},
    "dark": {"width": 1440, "color_scheme": "dark"},
    "large": {"width": 390, "cookies": [("type", "large"), ("community", DONGHU)]},
    # What is longest, where there is least room.
    "english": {"width": 360, "cookies": [("django_language", "en")]},
    "no-script-dark": {"width": 360, "cookies": [("theme", "dark")]},
}
# The page is the same in other colours; the other rules were asked by day.
ASKED = {"dark": COLOURS, "no-script-dark": COLOURS}


@pytest.mark.parametrize("look", LOOKS)
def test_everybody_can_use_every_page(look, portal, open_page, live_server):
    page, wrong = open_page("/", bypass_csp=True, **LOOKS[look]), {}
    for name, path in addresses(portal).items():
        page.goto(live_server.url + path)
        if found := violations(page, ASKED.get(look)):
            wrong[name] = found
        if over := overflow(page):
            wrong[f"{name} is too wide"] = over
    assert wrong == {}


def test_the_console_stays_silent(portal, open_page, live_server):
    page = open_page("/")
    for path in list(addresses(portal).values())[:-1]:
        page.goto(live_server.url + path)
        assert page.heard == [], path


def test_the_first_key_leads_to_the_text(portal, open_page):
    page = open_page("/notices/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "yh-skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('main') !== null"
    assert page.evaluate(inside)


@pytest.mark.parametrize("script", [True, False])
def test_large_type_theme_and_language_by_button(script, portal, open_page):
    page = open_page(f"/notices/{portal.pk}/", script=script)
    page.click("text=大字版")
    assert page.locator("h1").inner_text() == "明天停水"
    page.click("text=看通知全文")
    assert page.locator("h1").inner_text() == "东湖巷停水通知"
    page.click("footer >> text=深色")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.click("header >> text=English")
    assert page.locator("html").get_attribute("lang") == "en"
    assert f"/notices/{portal.pk}/?full=1" in page.url


@pytest.mark.parametrize("script", [True, False])
def test_filters_and_pages_by_hand(script, portal, open_page):
    page = open_page("/notices/", script=script, width=390)
    page.select_option("#id_category", "notice")
    page.click("text=查找")
    page.click("text=下一页")
    assert "category=notice" in page.url
    page.click("text=上一页")
    assert "东湖巷停水通知" in page.locator("main").inner_text()


def test_my_community_is_chosen_once(portal, open_page):
    page = open_page("/")
    page.select_option("#id_community", DONGHU)
    page.click("main >> button:has-text('确定')")
    assert "0577-65810002" in page.locator("main").inner_text()
    page.click("nav >> text=我的社区")
    assert page.url.endswith(f"/units/{DONGHU}/")


def test_paper_shows_the_notice_without_the_frame(portal, open_page):
    page = open_page(f"/notices/{portal.pk}/")
    page.emulate_media(media="print")
    assert not page.locator(".yh-mast").is_visible()
    assert not page.locator(".yh-foot").is_visible()
    assert page.locator("#notice").is_visible()
