"""The pages of the staff in a real browser: for everybody, on any screen, silent."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from communities.models import Resident, UnitProfile
from tests.browser.conftest import WIDTHS
from tests.browser.judging import COLOURS, overflow, violations
from tests.factories import (
    make_assignment,
    make_body,
    make_handed_in,
    make_notice,
    make_org_unit,
    make_published,
    make_report,
    make_visit,
    make_visit_duty,
    make_visit_rule,
)
from tests.factories.communities import make_family
from toolkit.periods import Period
from visits.models import VisitRule

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.looks]

DONGHU = "330381002901"
# The narrowest screen that each must fit, too.
SCREENS = {1440: 992, 390: 360}


@pytest.fixture
def office(transactional_db):
    """A community with a late visit, notices, a report, and names of every length."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", DONGHU, parent=street, name="东湖社区")
    grid = make_org_unit("grid", f"{DONGHU}001", parent=donghu, name="01网格")
    UnitProfile.objects.create(
        org_unit=street, phone="0577-65810001", reports_since=date(2026, 1, 1)
    )
    director = make_assignment("director", street).user
    home = make_family(
        grid,
        ("欧阳买买提·阿卜杜热合曼", "02", {"birth_on": date(1940, 5, 6)}),
        ("王一", "20"),
    )
    resident = Resident.objects.get(household=home, relation="02")
    rule = make_visit_rule(street, name="80岁以上独居", tier=VisitRule.Tier.HIGH)
    overdue = timezone.localdate() - timedelta(days=3)
    make_visit_duty(grid, resident=resident, rule=rule, next_due_on=overdue)
    visit = make_visit(grid, resident=resident, logged_by=director, note="药够吃。")
    sent = {"client_uuid": visit.client_uuid, "by": director, "clock_error": 9000}
    other = {"outcome": "needs_help", "note": "药快没了，" * 12}
    item = make_handed_in(grid, resident, result="conflict", told=other, **sent)
    make_published(donghu, title="关于东湖巷部分楼幢计划停电和电梯停用的通知")
    notice = make_notice(donghu, author=director)
    make_body(donghu)
    month = Period.parse("2026-03")
    for unit in (street, donghu):
        make_report(unit, month)
    return {
        "director": director,
        "resident": resident,
        "home": home,
        "visit": visit,
        "item": item,
        "notice": notice,
        "month": month,
    }


def addresses(office) -> dict:
    """Return the main pages, each with the status it answers with."""
    resident, home = office["resident"].pk, office["home"].pk
    month = f"/reports/monthly/{office['month'].slug}/"
    pages = [
        "/desk/",
        f"/visits/today/?unit={DONGHU}",
        f"/visits/visits/new/?resident={resident}",
        f"/visits/visits/{office['visit'].pk}/receipt/",
        f"/visits/overdue/?unit={DONGHU}",
        "/visits/trays/",
        f"/visits/trays/{office['item'].pk}/",
        "/communities/residents/",
        f"/communities/residents/{resident}/",
        f"/communities/residents/{resident}/edit/",
        f"/communities/households/{home}/",
        f"/communities/households/{home}/steps/split/",
        "/communities/find/",
        "/communities/units/",
        "/notices/notices/",
        f"/notices/notices/{office['notice'].pk}/",
        "/reports/",
        month,
        f"{month}{DONGHU}/",
        "/governance/",
        "/accounts/password/change/",
        "/accounts/trails/",
        "/accounts/trails/?verb=login&until=nonsense",
    ]
    return dict.fromkeys(pages, 200) | {pages[-1]: 400, "/desk/nothing/": 404}


@pytest.fixture
def signed_in(office, client):
    """The cookie of a director, so that no test signs in by hand."""
    client.force_login(office["director"])
    name = settings.SESSION_COOKIE_NAME
    return [(name, client.cookies[name].value)]


def faults_of(page, width) -> list[str]:
    """Return what is wrong with the open page by day, by night and on less room."""
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in violations(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    for room in (width, SCREENS[width]):
        page.set_viewport_size({"width": room, "height": WIDTHS[width]})
        if over := overflow(page):
            found.append(f"{over} px wider than {room}")
    return found


@pytest.mark.parametrize("width", SCREENS)
def test_everybody_can_use_every_page(width, office, signed_in, open_page, live_server):
    page = open_page(
        "/", width=width, cookies=signed_in, bypass_csp=True, reduced_motion="reduce"
    )
    wrong = {}
    for path, status in addresses(office).items():
        page.heard.clear()
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        answer = page.goto(live_server.url + path)
        found = page.heard[:] if status == 200 else []
        if answer.status != status:
            found.append(f"answers {answer.status}")
        if found := found + faults_of(page, width):
            wrong[path] = found
    assert wrong == {}, "\n".join(f"{k}: {v}" for k, v in wrong.items())


@pytest.mark.parametrize("width", SCREENS)
def test_the_unit_of_a_row_is_named_on_one_line(
    width, office, signed_in, open_page, live_server
):
    path = office["visit"].get_absolute_url()
    page = open_page(path, width=width, cookies=signed_in)
    label = page.locator("dt:text-is('所属社区或网格')")
    # A label whose value is pressed is as tall as a finger, so lines are counted.
    lines = """label => {
        const words = document.createRange();
        words.selectNodeContents(label);
        return words.getClientRects().length;
    }"""
    assert label.evaluate(lines) == 1


@pytest.mark.parametrize("width", SCREENS)
def test_who_follows_is_asked_where_the_head_leaves(
    width, office, signed_in, open_page, live_server
):
    path = f"/communities/households/{office['home'].pk}/steps/split/"
    page = open_page(path, width=width, cookies=signed_in)
    asked = page.locator("td.yh-follows").last
    assert not asked.is_visible()
    page.locator("tr:not(.yh-leads) [name=members_leaving]").check()
    assert not asked.is_visible()
    page.locator(".yh-leads [name=members_leaving]").check()
    assert asked.is_visible()
    assert overflow(page) == 0


def test_the_word_of_a_box_is_part_of_what_a_finger_hits(
    office, signed_in, open_page, live_server
):
    path = f"/communities/households/{office['home'].pk}/steps/split/"
    page = open_page(path, width=390, cookies=signed_in)
    page.locator(".yh-leads .yh-tick__word").first.click()
    assert page.locator(".yh-leads [name=members_leaving]").is_checked()
    labels = page.locator(".yh-split .yh-tick")
    heights = labels.evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= 48
    words = page.locator(".yh-split .yh-tick__word")
    widths = words.evaluate_all("all => all.map(one => one.offsetWidth)")
    assert min(widths) > 20
    assert overflow(page) == 0
