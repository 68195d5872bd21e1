"""A rule that changes does not change the past: it holds from the next visit on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_visit_duty
from tests.visits.conftest import TODAY, at, days_ago
from visits.actions import correct_visit, keep_terms, lapse_all
from visits.models import DueVisit, FormerTerms, VisitRule


def day(offset: int):
    return TODAY + timedelta(days=offset)


@pytest.fixture
def owed(wang, weekly, donghu_grid):
    """Wang is visited every week; her first visit was owed twenty days ago."""
    return make_visit_duty(
        donghu_grid, resident=wang, rule=weekly, since=day(-30), next_due_on=day(-20)
    )


def change(rule, *, days_since=0, **values):
    """Change a rule so many days ago."""
    for name, value in values.items():
        setattr(rule, name, value)
    keep_terms(rule)
    rule.save()
    FormerTerms.objects.filter(rule=rule).update(until=at(day(-days_since), 12))


def correct(visit, by, **values):
    return correct_visit(visit=visit, values=values, reason="记错", by=by, changes=[])


def due_days(duty):
    rows = DueVisit.objects.filter(duty=duty, dropped_on=None).order_by("due_on")
    return list(rows.values_list("due_on", flat=True))


def test_correcting_a_note_re_dates_nothing(owed, wang, weekly, log, lin):
    for days in (21, 15, 9):
        visit = log(wang, visited_at=days_ago(days))
    before = due_days(owed)
    change(weekly, interval_unit="month")
    correct(visit, lin, note="女儿在家")
    assert due_days(owed) == before


def test_a_corrected_visit_of_before_is_told_by_the_old_rule(
    owed, wang, weekly, log, lin
):
    first, *_rest = [log(wang, visited_at=days_ago(days)) for days in (21, 15, 9)]
    before = due_days(owed)
    change(weekly, interval_unit="month")
    correct(first, lin, visited_at=days_ago(21, hour=9))
    assert due_days(owed) == before == [day(-20), day(-14), day(-8), day(-2)]


def test_a_late_entry_is_told_by_the_rule_of_its_day(owed, wang, weekly, log):
    change(weekly, interval_unit="month")
    log(wang, visited_at=days_ago(15))
    assert due_days(owed) == [day(-20), day(-8), day(-1)]


def test_the_next_visit_is_told_by_the_new_rule(owed, wang, weekly, log):
    log(wang, visited_at=days_ago(5))
    change(weekly, days_since=3, interval=2)
    log(wang, visited_at=days_ago(1))
    assert due_days(owed)[-2:] == [day(2), day(13)]


def test_what_was_missed_before_the_change_keeps_its_days(owed, weekly):
    change(weekly, days_since=10, interval_unit="day", interval=3)
    lapse_all(TODAY)
    assert due_days(owed) == [day(-20), day(-13), day(-6), day(-3)]


def test_the_extra_hours_are_those_of_the_day_of_the_visit(owed, wang, weekly, log):
    change(weekly, extra_within_hours=None)
    log(wang, "needs_help", visited_at=days_ago(2))
    assert day(-1) in due_days(owed)


def test_two_changes_leave_three_times(owed, wang, weekly, log):
    change(weekly, interval=3)
    FormerTerms.objects.update(until=at(day(-12), 12))
    weekly.interval = 2
    keep_terms(weekly)
    weekly.save()
    latest = FormerTerms.objects.latest("pk")
    FormerTerms.objects.filter(pk=latest.pk).update(until=at(day(-8), 12))
    log(wang, visited_at=days_ago(13))
    log(wang, visited_at=days_ago(10))
    log(wang, visited_at=days_ago(1))
    assert due_days(owed) == [day(-20), day(-6), day(11), day(13)]


@pytest.mark.parametrize(
    ("values", "kept"), [({"interval": 2}, 1), ({"short_name": "独"}, 0)]
)
def test_the_page_of_a_rule_keeps_its_former_terms(values, kept, weekly, mei, browse):
    url = reverse("visits:visitrule-update", args=[weekly.pk])
    form = browse(mei).get(url).context["form"]
    sent = {k: v for k, v in form.initial.items() if v not in (None, False)}
    assert browse(mei).post(url, sent | values).status_code == 302
    assert FormerTerms.objects.filter(rule=weekly).count() == kept
    assert not FormerTerms.objects.filter(until__gt=timezone.now()).exists()


@pytest.mark.parametrize(
    ("values", "settles"),
    [
        ({"note": "好"}, False),
        ({"method": "phone"}, False),
        ({"outcome": "changed"}, True),
    ],
)
def test_only_what_matters_to_the_duties_settles_them(
    values, settles, owed, wang, log, lin, monkeypatch
):
    visit, told = log(wang), []
    monkeypatch.setattr(
        "visits.actions.corrections.settle_duties", lambda *_args: told.append(1)
    )
    correct(visit, lin, **values)
    assert bool(told) == settles


def test_a_new_rule_has_no_former_terms(street):
    rule = VisitRule(
        org_unit=street, slug="new", name="新", short_name="新", source="无"
    )
    keep_terms(rule)
    assert not FormerTerms.objects.exists()
