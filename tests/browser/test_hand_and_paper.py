"""What a thumb must hit, what must not be hidden, what comes out of the printer."""

from datetime import date, timedelta
from io import BytesIO
from unicodedata import normalize

import pytest
from django.conf import settings
from django.utils import timezone
from pypdf import PdfReader

from communities.models import UnitProfile
from tests.factories import (
    make_assignment,
    make_building,
    make_household,
    make_org_unit,
    make_resident,
    make_school_session,
    make_visit_duty,
    make_visit_rule,
)
from visits.models import VisitRule

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.looks]

DONGHU = "330381002901"
# Pixels: what a finger hits without looking.
FINGER, TICK = 44, 48


@pytest.fixture
def office(transactional_db):
    """A community with a person to visit today and a course tomorrow."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", DONGHU, parent=street, name="东湖社区")
    grid = make_org_unit("grid", f"{DONGHU}001", parent=donghu, name="01网格")
    for unit in (street, donghu):
        UnitProfile.objects.create(
            org_unit=unit, phone="0577-65810001", reports_since=date(2026, 1, 1)
        )
    wang = make_resident(grid, name="王阿婆", household=make_household(grid))
    today = timezone.localdate()
    rule = make_visit_rule(street)
    make_visit_duty(grid, resident=wang, rule=rule, next_due_on=today)
    make_school_session(
        donghu,
        title="防范电信网络诈骗专题讲座（老年班第二期）",
        place="东湖社区党群服务中心二楼多功能厅",
        held_on=today + timedelta(days=1),
    )
    return {"director": make_assignment("director", donghu).user, "wang": wang}


@pytest.fixture
def open_as(office, client, open_page):
    """Return a function that opens a page as the director."""

    def go(path, **options):
        client.force_login(office["director"])
        name = settings.SESSION_COOKIE_NAME
        return open_page(path, cookies=[(name, client.cookies[name].value)], **options)

    return go


def edge(page, selector, side):
    return page.locator(selector).first.bounding_box()[side]


def test_the_days_list_on_paper_has_boxes_to_tick(open_as, office):
    # In another street, behind a sign of another length.
    grid = office["wang"].org_unit
    home = make_household(grid, building=make_building(grid), room="1202")
    due = {"next_due_on": timezone.localdate(), "rule": VisitRule.objects.get()}
    make_visit_duty(grid, resident=make_resident(grid, household=home), **due)
    page = open_as(f"/visits/today/sheet/?unit={DONGHU}")
    # A4 at 96 dots an inch, less its margins.
    page.set_viewport_size({"width": 680, "height": 1000})
    page.emulate_media(media="print")
    assert page.locator(".yh-sheet__box i").first.is_visible()
    assert "本单有居民姓名和住址" in page.locator("main").inner_text()
    line = page.locator(".yh-sheet__box span").first.bounding_box()
    assert line["width"] > 300
    widths = page.locator("tr:has(+.yh-sheet__say)").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.offsetWidth).join())"
    )
    assert len(widths) > 1
    assert len(set(widths)) == 1


def test_ten_doors_in_large_type_are_one_sheet(open_as, office):
    grid, today = office["wang"].org_unit, timezone.localdate()
    house, rule = make_building(grid), VisitRule.objects.get()
    for floor in range(1, 10):
        home = make_household(grid, building=house, room=f"{floor}01")
        person = make_resident(grid, household=home)
        make_visit_duty(grid, resident=person, rule=rule, next_due_on=today)
    page = open_as(f"/visits/today/sheet/?unit={DONGHU}")
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 1


def test_the_sheets_of_a_list_are_numbered(open_as):
    page = open_as("/learning/schoolsessions/?print=1")
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    # The font's own sign for 页 comes back as a radical that looks like it.
    words = normalize("NFKC", sheets[0].extract_text()).replace("⻚", "页")
    assert f"第1页\u3000共{len(sheets)}页" in words.replace(" ", "\u3000")


@pytest.mark.parametrize("path", ["/", f"/units/{DONGHU}/"])
def test_on_a_phone_a_course_has_the_line_to_itself_and_its_number_below(
    path, office, open_page
):
    page = open_page(path, width=390)
    row, words = ".yh-come", ".yh-come>a>span:nth-child(2)"
    line, title = (page.locator(one).first.bounding_box() for one in (row, words))
    number = page.locator(".yh-come>.yh-end a").first.bounding_box()
    assert title["width"] > 0.7 * line["width"]
    assert number["y"] >= title["y"] + title["height"]
    assert number["height"] >= FINGER
    assert number["x"] == title["x"]


@pytest.mark.parametrize("width", [1440, 390])
def test_a_field_that_is_jumped_to_stands_above_the_row_of_buttons(width, open_as):
    page = open_as("/communities/residents/new/", width=width, reduced_motion="reduce")
    page.wait_for_load_state()
    covered = page.evaluate(
        """() => [...document.querySelectorAll("main form input, main form select")]
          .filter((one) => one.offsetParent && one.type !== "hidden")
          .filter((one) => {
            scrollTo(0, 0);
            one.focus();
            const floor = Math.min(...[...document.querySelectorAll(".yh-do, .yh-bar")]
              .map((bar) => bar.getBoundingClientRect()).filter((box) => box.height)
              .map((box) => box.top));
            return one.getBoundingClientRect().bottom > floor;
          }).map((one) => one.name)"""
    )
    assert covered == []


def test_a_thumb_opens_a_hidden_value_and_sees_all_of_the_question(open_as, office):
    wang = office["wang"]
    wang.phone = "13800138000"
    wang.save()
    page = open_as(wang.get_absolute_url(), width=390, reduced_motion="reduce")
    button = page.locator(".yh-reveal>summary").last
    assert button.bounding_box()["height"] >= FINGER
    button.click()
    asked = page.locator(".yh-reveal[open]")
    for target in asked.locator("label, button").all():
        assert target.bounding_box()["height"] >= FINGER
    page.wait_for_timeout(200)
    panel = asked.locator("form").bounding_box()
    assert panel["y"] + panel["height"] <= edge(page, ".yh-bar", "y")


def test_a_thumb_hits_what_stands_around_a_table(open_as, office):
    home = office["wang"].household
    make_resident(home.org_unit, name="王小宝", household=home)
    page = open_as(f"{home.get_absolute_url()}steps/split/", width=390)
    for box in page.locator(".yh-tick").all():
        assert box.bounding_box()["height"] >= TICK
    page = open_as("/communities/residents/", width=390)
    for link in page.locator(".yh-sorts a, main tbody th>a, main summary").all():
        assert link.bounding_box()["height"] >= FINGER


def test_the_row_of_buttons_is_a_bar_on_a_phone_only(open_as):
    def told(width):
        page = open_as("/communities/residents/new/", width=width)
        row = page.locator(".yh-do")
        form = page.locator("main form:has(.yh-do)").bounding_box()
        style = "one => getComputedStyle(one).position"
        return row.evaluate(style), row.bounding_box()["width"] - form["width"]

    assert told(390)[0] == "sticky"
    assert told(1440) == ("static", 0)


def test_a_page_without_a_side_takes_the_whole_width(open_as, office):
    building = make_building(office["wang"].org_unit)
    page = open_as(building.get_absolute_url())
    block, head = ".yh-cols>div", ".yh-head"
    assert edge(page, block, "width") == edge(page, head, "width")


def test_the_steps_of_the_way_stand_on_one_line(office, open_page):
    page = open_page(f"/units/{DONGHU}/", width=390)
    boxes = [one.bounding_box() for one in page.locator(".breadcrumb-item").all()]
    middles = {round(box["y"] + box["height"] / 2) for box in boxes}
    words = page.evaluate(
        """() => [...document.querySelectorAll(".breadcrumb-item")].map((item) => {
          const range = document.createRange();
          range.selectNodeContents(item);
          const box = range.getBoundingClientRect();
          return Math.round(box.top + box.height / 2);
        })"""
    )
    assert len(boxes) > 1
    assert max(middles) - min(middles) <= 1
    assert max(words) - min(words) <= 1


def test_on_a_phone_who_has_read_a_record_is_folded(open_as, office):
    page = open_as(office["wang"].get_absolute_url(), width=390)
    page.wait_for_load_state()
    part, heading = page.locator("details.yh-fold"), page.locator(".yh-fold>summary")
    assert part.get_attribute("open") is None
    assert heading.bounding_box()["height"] >= FINGER
    heading.click()
    assert page.locator(".yh-fold li").first.is_visible()


def test_at_a_desk_who_has_read_a_record_stands_open(open_as, office):
    page = open_as(office["wang"].get_absolute_url(), width=1440)
    page.wait_for_load_state()
    assert page.locator(".yh-fold li").first.is_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/desk/",
        "/visits/responsible/",
        "/visits/overdue/",
        "/visits/visitduties/",
        "/communities/residents/",
    ],
)
def test_a_thumb_hits_each_number_name_and_button(path, open_as):
    page = open_as(path, width=390)
    page.wait_for_load_state()
    low = page.evaluate(
        """least => [...document.querySelectorAll(
            "td>a, dd>a, th>a, .breadcrumb a, .btn, select, .yh-links>li>a, .yh-turn>*"
          )].filter((one) => one.offsetParent && !one.closest(".visually-hidden"))
          .filter((one) => one.getBoundingClientRect().height < least)
          .map((one) => one.outerHTML)""",
        FINGER,
    )
    assert low == []
