"""An extra visit within 24 hours is owed by the hour, not by the day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_visit_duty, make_visit_rule
from tests.visits.conftest import TODAY, at
from toolkit.metrics import metrics, totals
from toolkit.periods import Period
from visits.models import DueVisit, VisitDuty

FOUND = at(TODAY - timedelta(days=5), 0, 30)
PERIOD = Period(TODAY - timedelta(days=30), TODAY + timedelta(days=30))


@pytest.fixture
def found(log, wang, duty):
    """Five days ago, half an hour after midnight, Wang needed help."""
    return log(wang, "needs_help", visited_at=FOUND)


def extra_visit():
    return DueVisit.objects.get(why="change")


def on_time(unit):
    one = metrics["visits.on_time"]
    return totals([one], lambda rows: rows.within(unit), PERIOD)[one.slug]


@pytest.mark.parametrize(
    ("hours", "words", "counted"),
    [
        (23, "按期", 2),
        (24, "按期", 2),
        (24.2, "晚1小时", 1),
        (47, "晚23小时", 1),
        (60, "晚1天", 1),
    ],
)
def test_the_extra_visit_is_judged_by_the_hour(
    hours, words, counted, found, log, wang, donghu
):
    log(wang, visited_at=FOUND + timedelta(hours=hours))
    assert extra_visit().outcome == words
    assert on_time(donghu) == counted


def test_the_duty_tells_the_hour(found, duty, lin, browse):
    duty.refresh_from_db()
    assert duty.next_due_at == FOUND + timedelta(hours=24)
    assert "00:30前加访" in duty.explained


def test_form_and_list_say_why_it_is_so_early(found, wang, duty, lin, browse):
    day = TODAY - timedelta(days=4)
    told = f"情况有变化，{day.month}月{day.day}日 00:30前再去"
    form = browse(lin).get("/visits/visits/new/", {"duty": duty.pk})
    assert f"{told}，已超期" in form.content.decode()
    assert told in browse(lin).get(reverse("visits:today")).content.decode()


def test_of_two_rules_the_list_names_the_nearer_hour(
    found, wang, duty, donghu_grid, lin, browse
):
    rule = make_visit_rule(duty.rule.org_unit, interval=1, number=99)
    sooner = make_visit_duty(donghu_grid, resident=wang, rule=rule)
    day = FOUND + timedelta(hours=6)
    VisitDuty.objects.filter(pk=sooner.pk).update(
        why="change", next_due_on=day.date(), next_due_at=day
    )
    page = browse(lin).get(reverse("visits:today")).content.decode()
    assert f"{day.day}日 06:30前再去" in page
    assert "日 00:30前再去" not in page


def test_the_receipt_tells_the_hour(found, lin, browse):
    url = reverse("visits:visit-receipt", args=[found.pk])
    day = TODAY - timedelta(days=4)
    words = f"下次不晚于{day.month}月{day.day}日 00:30"
    assert words in browse(lin).get(url).content.decode()


def test_the_next_ordinary_visit_has_no_hour(found, duty, log, wang):
    log(wang)
    duty.refresh_from_db()
    assert duty.next_due_at is None
    assert DueVisit.objects.open().get().due_at is None


def test_an_open_extra_visit_is_late_from_its_hour_on(wang, log, duty):
    log(wang, "needs_help", visited_at=at(TODAY - timedelta(days=1), 0))
    assert extra_visit().outcome == "超期未访"


def test_list_form_and_record_say_that_the_hour_has_passed(
    wang, log, duty, lin, browse
):
    log(wang, "needs_help", visited_at=at(TODAY - timedelta(days=1), 0))
    duty.refresh_from_db()
    assert duty.stand == ("已过时限", "late")
    today = browse(lin).get(reverse("visits:today")).content.decode()
    assert 'yh-clock--late">' in today
    assert "已过时限" in today
    form = browse(lin).get("/visits/visits/new/", {"duty": duty.pk})
    assert "00:00前再去，已过时限" in form.content.decode()


def test_an_hour_that_is_still_to_come_has_not_passed(wang, log, duty):
    log(wang, "needs_help", visited_at=timezone.now() - timedelta(minutes=5))
    duty.refresh_from_db()
    assert duty.next_due_at is not None
    assert not duty.is_past_hour


def test_a_late_entry_keeps_the_hour(found, log, wang):
    log(wang, visited_at=FOUND - timedelta(hours=3))
    assert extra_visit().due_at == FOUND + timedelta(hours=24)
