"""The list behind a figure says which figure it is, of where, and its sum."""

from datetime import date

import pytest

from tests.factories import make_school_session

URL = "/learning/schoolsessions/?figure=learning.%s&period=2026-03&unit=%s"


@pytest.fixture
def sessions(donghu, xihu):
    for unit, attendance in ((donghu, 30), (donghu, 12), (xihu, 5)):
        make_school_session(unit, held_on=date(2026, 3, 2), attendance=attendance)


def listed(browse, person, slug, code):
    return browse(person).get(URL % (slug, code)).content.decode()


def test_a_sum_says_what_its_rows_add_up_to(sessions, browse, mei, donghu):
    text = listed(browse, mei, "school_attendance", donghu.code)
    assert "市民学校参加 42 人次，由下列记录得出，2026年3月，东湖社区" in text
    assert "2 条" in text or "2 期" in text


def test_a_count_says_its_name_month_and_unit(sessions, browse, mei, donghu):
    text = listed(browse, mei, "school_sessions", donghu.code)
    assert "市民学校，2026年3月，东湖社区" in text


def test_a_reader_of_one_community_gets_the_sum_of_what_he_sees(
    sessions, browse, lin, street
):
    text = listed(browse, lin, "school_attendance", street.code)
    assert "市民学校参加 42 人次" in text


def test_an_unknown_unit_has_no_rows_and_no_name(sessions, browse, mei):
    assert "市民学校，2026年3月" in listed(browse, mei, "school_sessions", "999")


@pytest.mark.parametrize(
    "query",
    ["figure=no.such&period=2026-03", "figure=learning.school_sessions&period=never"],
)
def test_nonsense_is_refused(sessions, browse, mei, query):
    assert browse(mei).get(f"/learning/schoolsessions/?{query}").status_code == 400
