"""What units owe their residents, by whose law, and how it stands (F025, T02, T21)."""

from datetime import date

import pytest

from governance.disclosing.clock import deadline_of
from governance.disclosing.owed import draw_up
from governance.disclosing.standing import standing_of, why
from governance.models import DisclosureDuty
from tests.factories import (
    make_disclosure,
    make_disclosure_duty,
    make_matter,
    make_org_unit,
)
from toolkit import clocks
from toolkit.metrics import metrics, totals
from toolkit.models import ClockLimit
from toolkit.periods import Period

TODAY = date(2026, 8, 20)
Q3 = Period.parse("2026-Q3")


@pytest.fixture
def village(street):
    return make_org_unit(
        "village",
        "330381002201",
        parent=street,
        name="后垟村",
        rule_profile="village",
    )


def periods(unit):
    rows = DisclosureDuty.objects.filter(org_unit=unit)
    return sorted(rows.values_list("period", flat=True))


def test_a_unit_owes_every_period_that_is_over(street, donghu):
    make_matter(street, cadence="quarter", starts_on=date(2026, 2, 10))
    draw_up(TODAY)
    assert periods(donghu) == ["2026-Q1", "2026-Q2"]


def test_a_second_run_owes_nothing_more(street, donghu):
    make_matter(street)
    assert draw_up(TODAY) == 7
    assert draw_up(TODAY) == 0


def test_a_village_owes_every_quarter_what_a_community_owes_once_a_year(
    street, donghu, village
):
    make_matter(street, cadence="year", starts_on=date(2025, 7, 1))
    draw_up(date(2026, 1, 5))
    assert periods(donghu) == ["2025"]
    assert periods(village) == ["2025-Q3", "2025-Q4"]


@pytest.mark.parametrize(
    ("profile", "who"), [("any", 2), ("community", 1), ("village", 1)]
)
def test_a_matter_binds_those_of_its_law(street, donghu, village, profile, who):
    make_matter(street, profile=profile, starts_on=date(2026, 7, 1))
    draw_up(TODAY)
    assert DisclosureDuty.objects.count() == who


def test_a_matter_of_one_community_binds_no_other(donghu, xihu):
    make_matter(donghu)
    draw_up(TODAY)
    assert not periods(xihu)


@pytest.mark.parametrize(
    ("level", "cadence", "due", "article"),
    [
        ("community", "month", date(2026, 7, 28), "第二十六条"),
        ("village", "month", date(2026, 7, 30), "第三十五条第三款"),
        ("village", "quarter", date(2026, 9, 30), "第三十五条第三款"),
        ("village", "event", date(2026, 6, 30), "第三十五条第三款"),
    ],
)
def test_the_last_day_comes_from_the_law_of_the_unit(
    street, donghu, village, level, cadence, due, article
):
    unit = donghu if level == "community" else village
    matter = make_matter(street, cadence=cadence)
    deadline = deadline_of(matter, unit, date(2026, 6, 30))
    assert deadline.due_on == due
    assert article in deadline.why


def test_a_changed_limit_moves_what_is_not_met(donghu):
    duty = make_disclosure_duty(donghu)
    shown = make_disclosure(donghu)
    met = make_disclosure_duty(donghu, met_on=date(2026, 7, 1), disclosure=shown)
    kept = met.due_on
    limit = ClockLimit.objects.get(code="T02")
    limit.amount = 5
    limit.save()
    clocks.forget()
    draw_up(TODAY)
    duty.refresh_from_db()
    met.refresh_from_db()
    assert duty.due_on < kept == met.due_on


@pytest.mark.parametrize(
    ("met_on", "state", "days"),
    [
        (date(2026, 7, 28), "done", 0),
        (date(2026, 7, 30), "late", 2),
        (None, "missing", 23),
    ],
)
def test_the_board_counts_the_days(donghu, met_on, state, days):
    shown = make_disclosure(donghu) if met_on else None
    duty = make_disclosure_duty(donghu, met_on=met_on, disclosure=shown)
    standing = standing_of(duty, TODAY)
    assert (standing.state, standing.days) == (state, days)
    assert "第三十四条" in why(duty)


def test_the_last_day_is_not_late(donghu):
    duty = make_disclosure_duty(donghu)
    assert standing_of(duty, duty.due_on).state == "due"


def test_the_figures_tell_done_late_and_missing(donghu):
    shown = make_disclosure(donghu)
    for met_on in (date(2026, 7, 28), date(2026, 7, 29), date(2026, 10, 1), None):
        has = shown if met_on else None
        make_disclosure_duty(donghu, met_on=met_on, disclosure=has)
    slugs = ("due", "on_time", "late", "missing")
    chosen = [metrics[f"governance.disclosures_{slug}"] for slug in slugs]
    figures = totals(chosen, lambda rows: rows, Q3)
    assert list(figures.values()) == [4, 1, 2, 2]
