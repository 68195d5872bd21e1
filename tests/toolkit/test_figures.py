"""The list behind a figure says which figure it is, of where, and its sum."""

import re
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from learning.models import SchoolSession
from tests.factories import (
    make_household,
    make_relocation,
    make_resident,
    make_school_session,
    make_visit,
)
from toolkit import paging
from toolkit.calendar import CHINA

URL = "/learning/schoolsessions/?figure=learning.%s&period=2026-03&unit=%s"


@pytest.fixture
def sessions(donghu, xihu):
    for unit, attendance in ((donghu, 30), (donghu, 12), (xihu, 5)):
        make_school_session(unit, held_on=date(2026, 3, 2), attendance=attendance)


def listed(browse, person, slug, code):
    return browse(person).get(URL % (slug, code)).content.decode()


def test_a_sum_says_what_its_rows_add_up_to(sessions, browse, mei, donghu):
    text = listed(browse, mei, "school_attendance", donghu.code)
    assert "参加市民学校 42 人次，由下列记录得出，2026年3月，东湖社区" in text
    assert "2 条" in text or "2 期" in text


def test_a_count_says_its_name_month_and_unit(sessions, browse, mei, donghu):
    text = listed(browse, mei, "school_sessions", donghu.code)
    assert "市民学校，2026年3月，东湖社区" in text


def test_a_reader_of_one_community_gets_the_sum_of_what_he_sees(
    sessions, browse, lin, street
):
    text = listed(browse, lin, "school_attendance", street.code)
    assert "参加市民学校 42 人次" in text


def test_an_unknown_unit_has_no_rows_and_no_name(sessions, browse, mei):
    assert "市民学校，2026年3月" in listed(browse, mei, "school_sessions", "999")


@pytest.mark.parametrize(
    "query",
    ["figure=no.such&period=2026-03", "figure=learning.school_sessions&period=never"],
)
def test_nonsense_is_refused(sessions, browse, mei, query):
    assert browse(mei).get(f"/learning/schoolsessions/?{query}").status_code == 400


def test_the_rows_behind_a_figure_are_those_of_now(browse, mei, donghu, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED_ANEW", 20)
    for number in (25, 26):
        while SchoolSession.objects.count() < number:
            make_school_session(donghu, held_on=date(2026, 3, 2))
        page = browse(mei).get(URL % ("school_sessions", donghu.code))
        assert page.context["count_text"] == f"符合条件 {number} 期"


VISITS = "/visits/visits/?figure=visits.visits&period=2026-03&unit="
HIDDEN = re.compile(
    r'<input type="hidden" form="yh-filter" name="(\w+)" value="([^"]*)">'
)


@pytest.fixture
def visits(donghu):
    """Two visits of March, one of which needs help, and one of April that does, too."""
    for month, outcome in ((3, "normal"), (3, "needs_help"), (4, "needs_help")):
        at = datetime(2026, month, 2, 9, tzinfo=CHINA)
        home = make_household(donghu)
        make_visit(donghu, household=home, visited_at=at, outcome=outcome)


def query_of(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_filtering_the_rows_behind_a_figure_keeps_the_figure(
    visits, browse, mei, donghu
):
    page = browse(mei).get(VISITS + donghu.code + "&sort=newest")
    sent = dict(HIDDEN.findall(page.content.decode()))
    # The bar asks for the unit itself.
    assert set(sent) == {"figure", "period", "sort"}
    sent |= {"unit": donghu.code, "outcome": "needs_help"}
    kept = browse(mei).get("/visits/visits/", sent)
    assert [row.visited_at.month for row in kept.context["rows"]] == [3]


def test_a_bar_that_does_not_ask_for_the_unit_keeps_it(sessions, browse, mei, donghu):
    page = listed(browse, mei, "school_sessions", donghu.code)
    bar = browse(mei).get(URL % ("school_sessions", donghu.code)).context["filter"]
    assert ("unit" in dict(HIDDEN.findall(page))) is (
        bar is None or "unit" not in bar.form.fields
    )


def test_every_way_on_keeps_the_figure(visits, browse, mei, donghu):
    mei.page_size = 1
    mei.save()
    page = browse(mei).get(VISITS + donghu.code + "&outcome=needs_help").context
    ways = [sort["url"] for sort in page["sorts"]]
    ways += [c["remove_url"] for c in page["conditions"][1:]]
    ways += [a["url"] for a in page["actions"] if "export" in a["url"]]
    assert len(ways) >= 3
    for way in ways:
        assert query_of(way)["figure"] == "visits.visits", way
        assert query_of(way)["period"] == "2026-03", way


def test_taking_the_figure_away_keeps_the_other_conditions(visits, browse, mei, donghu):
    page = browse(mei).get(VISITS + donghu.code + "&outcome=needs_help").context
    left = query_of(page["conditions"][0]["remove_url"])
    assert left == {"unit": donghu.code, "outcome": "needs_help"}


def test_after_a_filter_the_export_is_of_what_is_shown(visits, browse, mei, donghu):
    """The bar swaps the results alone; the actions above them come along."""
    text = browse(mei).get(VISITS + donghu.code).content.decode()
    assert text.count('hx-select-oob="#yh-acts"') == 2
    assert text.count('id="yh-acts"') == 1


@pytest.mark.parametrize("path", ["residents", "households", "relocations"])
def test_no_figure_at_all_leaves_the_conditions(path, browse, mei, donghu, xihu):
    for unit in (donghu, xihu):
        person = make_resident(unit, household=make_household(unit))
        make_relocation(unit, resident=person)
        make_resident(unit, ended_on=date(2026, 3, 2), ended_by="died")
        make_household(unit, closed_on=date(2026, 3, 2))
    query = f"/communities/{path}/?figure=&unit={xihu.code}"
    answer = browse(mei).get(query)
    rows = answer.context["table"].data
    assert [str(row.org_unit) for row in rows] == [xihu.name]
