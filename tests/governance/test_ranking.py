"""Marks, bonus points, places and ties of a recruitment (F020)."""

from decimal import Decimal

import pytest

from governance.conditions import unmet
from governance.ranking import (
    asked_to_interview,
    next_up,
    passed_interview,
    tied_at,
    total_places,
    written_places,
)
from tests.factories import make_applicant, make_recruitment
from tests.governance.conftest import TODAY


@pytest.fixture
def notice(donghu):
    return make_recruitment(
        donghu,
        quota=2,
        ratio=2,
        written_weight=40,
        bonus_assistant=3,
        bonus_social_worker=5,
        bonus_senior=8,
        bonus_serving=2,
        bonus_local=1,
    )


@pytest.fixture
def people(notice, donghu):
    """Make applicants with these written and interview marks, in this order."""

    def make(*marks, **about):
        return [
            make_applicant(
                donghu,
                recruitment=notice,
                written=written,
                interview=interview,
                **about,
            )
            for written, interview in marks
        ]

    return make


@pytest.mark.parametrize(
    ("about", "bonus"),
    [
        ({}, 0),
        ({"certificate": 1}, 3),
        ({"certificate": 2}, 5),
        ({"certificate": 3}, 8),
        ({"is_serving": True}, 2),
        ({"is_local": True}, 1),
        ({"certificate": 2, "is_serving": True, "is_local": True}, 8),
    ],
)
def test_bonus_points_count_the_highest_certificate(people, about, bonus):
    [one] = people((Decimal(70), Decimal(80)), **about)
    assert one.bonus == bonus
    assert one.written_result == 70 + bonus
    assert one.total == (Decimal(70 + bonus) * 40 + 80 * 60) / 100


@pytest.mark.parametrize(
    ("written", "interview", "total"),
    [
        ("70.50", "81.25", "76.95"),
        ("70.01", "80.01", "76.01"),
        ("70.12", "80.14", "76.13"),
        ("0", "0", "0.00"),
    ],
)
def test_the_total_has_two_decimals_rounded_half_up(people, written, interview, total):
    [one] = people((Decimal(written), Decimal(interview)))
    assert str(one.total) == total


def test_half_a_cent_is_rounded_up(donghu):
    even = make_recruitment(donghu, written_weight=50)
    marks = {"written": Decimal("70.01"), "interview": Decimal("80.00")}
    assert make_applicant(donghu, recruitment=even, **marks).total == Decimal("75.01")


def test_without_both_marks_there_is_no_total(people):
    assert [one.total for one in people((70, None), (None, 70))] == [None, None]


def test_the_same_mark_shares_a_place_and_the_next_is_left_out(people):
    rows = people((80, None), (90, None), (80, None), (70, None), (None, None))
    assert [place.number for place in written_places(rows)] == [1, 2, 2, 4]
    assert [one.applicant for one in written_places(rows)] == [
        rows[1],
        rows[0],
        rows[2],
        rows[3],
    ]


def test_everybody_level_with_the_last_is_asked_to_the_interview(people, notice):
    rows = people(
        (90, None), (80, None), (75, None), (70, None), (70, None), (69, None)
    )
    assert asked_to_interview(notice, rows) == {one.pk for one in rows[:5]}


def test_bonus_points_do_not_lift_a_paper_over_the_pass_mark(people, notice):
    rows = people((59, None), certificate=3) + people((60, None))
    assert asked_to_interview(notice, rows) == {rows[1].pk}


def test_who_fails_the_interview_has_no_place(people, notice):
    rows = people((90, 59), (60, 60))
    assert [one.applicant for one in passed_interview(notice, rows)] == [rows[1]]


# Both have a total of 76.00 by weights of 40 and 60.
LEVEL = ((Decimal(70), Decimal(80)), (Decimal(85), Decimal(70)))


@pytest.mark.parametrize(("tie", "first"), [("interview", 0), ("written", 1)])
def test_the_rule_for_ties_says_who_stands_first(people, notice, tie, first):
    notice.tie = tie
    notice.save()
    rows = people(*LEVEL)
    assert rows[0].total == rows[1].total
    assert total_places(rows)[0].applicant == rows[first]


def test_a_further_test_parts_those_who_are_level_in_all(people):
    rows = people((70, 80), (70, 80))
    assert [one.number for one in total_places(rows)] == [1, 1]
    rows[1].extra = Decimal(0)
    assert total_places(rows)[0].applicant == rows[1]


@pytest.mark.parametrize(
    ("marks", "count", "tied"),
    [
        (((80, 80), (70, 70), (70, 70)), 2, 2),
        (((80, 80), (80, 80), (70, 70)), 2, 0),
        (((80, 80), (70, 70), (60, 60)), 2, 0),
        (((70, 70), (70, 70)), 2, 0),
        (((70, 70), (70, 70), (70, 70)), 1, 3),
    ],
)
def test_only_a_tie_across_the_last_post_is_one(people, marks, count, tied):
    assert len(tied_at(total_places(people(*marks)), count)) == tied


def test_the_best_of_those_who_wait_comes_next(people):
    people((90, 90))
    rows = people((70, 80), (80, 80), (80, 80), status="waiting")
    assert next_up(rows) == rows[1:]
    rows[2].extra = Decimal(60)
    assert next_up(rows) == [rows[2]]


@pytest.mark.parametrize(
    ("least", "education", "is_met"),
    [
        ("high_school", "60", True),
        ("high_school", "40", True),
        ("high_school", "70", False),
        ("college", "30", True),
        ("college", "60", False),
        ("bachelor", "20", True),
        ("bachelor", "10", True),
        ("bachelor", "30", False),
        ("bachelor", "00", False),
    ],
)
def test_education_must_reach_what_is_asked(donghu, least, education, is_met):
    notice = make_recruitment(donghu, least=least)
    one = make_applicant(donghu, recruitment=notice, education=education)
    assert (unmet(one) == []) is is_met


@pytest.mark.parametrize(
    ("age", "certificate", "is_met"),
    [
        (17, None, False),
        (18, None, True),
        (35, None, True),
        (36, None, False),
        (40, 1, True),
        (41, 1, False),
    ],
)
def test_the_age_is_counted_to_the_day(donghu, age, certificate, is_met):
    day = TODAY.replace(day=1)
    notice = make_recruitment(donghu, counted_on=day)
    born = day.replace(year=day.year - age)
    one = make_applicant(
        donghu, recruitment=notice, birth_on=born, certificate=certificate
    )
    assert (unmet(one) == []) is is_met
    assert f"满{age}周岁" in " ".join(c.text for c in unmet(one)) or is_met
