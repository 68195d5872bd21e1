"""Figures on a phone and on paper: what is cut, what stands in pairs, what is drawn."""

from datetime import date

import pytest
from django.conf import settings

from communities.models import UnitProfile
from reports.actions import produce
from reports.schedules import schedules
from tests.factories import make_assignment, make_org_unit, make_school_session
from toolkit.periods import Period

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.looks]

FEBRUARY, MARCH = Period.parse("2026-02"), Period.parse("2026-03")
URL = "/reports/monthly/2026-03/"
# Pixels of a sheet between its margins, upright and turned, and of the figure on it.
UPRIGHT, TURNED, HEIGHT = 680, 1030, 220
CANVAS = """() => {
    const {width, height} = document.querySelector("canvas");
    return [width, height];
}"""

# Two cells side by side that are both filled with one colour, and what parts them.
FILLED = """() => {
    const cells = [...document.querySelectorAll(".yh-heat tbody tr:first-child td")];
    const [left, right] = cells.slice(0, 2);
    left.className = right.className = "yh-h2";
    const paper = document.querySelector(".yh-heat tbody th");
    const {borderLeftWidth, borderLeftStyle, borderLeftColor} = getComputedStyle(right);
    return {
        apart: right.getBoundingClientRect().left - left.getBoundingClientRect().right,
        line: [borderLeftWidth, borderLeftStyle],
        colour: borderLeftColor,
        fills: [left, right].map(one => getComputedStyle(one).backgroundColor),
        paper: getComputedStyle(paper).backgroundColor,
    };
}"""


@pytest.fixture
def leader(transactional_db):
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", "330381002901", parent=street, name="东湖社区")
    UnitProfile.objects.create(org_unit=street, reports_since=date(2026, 1, 1))
    make_school_session(donghu, held_on=MARCH.start, attendance=30)
    for month in (FEBRUARY, MARCH):
        produce(schedules["monthly"], month)
    return make_assignment("leader", street).user


@pytest.fixture
def open_as_leader(leader, client, open_page):
    """Return a function that opens a page as the leader."""

    def go(path, **options):
        client.force_login(leader)
        name = settings.SESSION_COOKIE_NAME
        return open_page(path, cookies=[(name, client.cookies[name].value)], **options)

    return go


def test_a_wide_table_shows_on_a_phone_that_it_goes_on(open_as_leader):
    page = open_as_leader(URL, width=390)
    edge = page.locator(".table-container").bounding_box()
    cut = edge["x"] + edge["width"]
    heads = [one.bounding_box() for one in page.locator(".yh-matrix thead th").all()]
    last = next(one for one in heads if one["x"] + one["width"] > cut + 1)
    # Figures stand at the right of their column: most of it is in sight, not all.
    assert 0.5 < (cut - last["x"]) / last["width"] < 0.95


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_between_two_cells_of_one_colour_the_paper_shows(scheme, open_as_leader):
    page = open_as_leader("/desk/", color_scheme=scheme)
    found = page.evaluate(FILLED)
    assert found["apart"] == 0
    assert found["line"] == ["1px", "solid"]
    assert found["colour"] == found["paper"]
    assert found["fills"] == 2 * [found["fills"][0]]
    assert found["paper"] != found["fills"][0]


@pytest.mark.parametrize("number", [5, 6])
def test_tiles_on_a_phone_stand_in_pairs(number, open_as_leader):
    page = open_as_leader("/desk/", width=390)
    tiles = "<div><dt>登录</dt><dd>1</dd></div>" * number
    page.evaluate(
        "tiles => { document.querySelector('main').innerHTML = tiles; }",
        f'<dl class="yh-tally">{tiles}</dl>',
    )
    boxes = [one.bounding_box() for one in page.locator(".yh-tally>div").all()]
    assert len({box["y"] for box in boxes}) == 3
    widths = [round(box["width"]) for box in boxes]
    assert (widths[0] > 300) == (number == 5)
    assert max(widths[1:]) < 200


@pytest.mark.parametrize(
    ("path", "width"), [(URL, TURNED), (f"{URL}330381002901/", UPRIGHT)]
)
def test_a_figure_is_drawn_anew_for_the_sheet(path, width, open_as_leader):
    page = open_as_leader(path)
    before = page.evaluate(CANVAS)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    drawn = page.evaluate(CANVAS)
    assert drawn[0] / drawn[1] == pytest.approx(width / HEIGHT, abs=0.01)
    assert drawn[0] >= 3 * width
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(CANVAS) == before


def test_the_line_for_those_who_sign_stands_on_paper_alone(open_as_leader):
    page = open_as_leader(URL)
    signed = page.locator(".yh-signed")
    assert signed.is_hidden()
    page.emulate_media(media="print")
    assert signed.is_visible()
