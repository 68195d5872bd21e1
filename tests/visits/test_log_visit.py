"""One transaction: the visit, every duty of the person, the history, the trail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import make_household, make_resident, make_visit_duty
from tests.visits.conftest import TODAY, at, days_ago
from toolkit.audit import events_of
from toolkit.history import history_of
from visits.actions import log_visit
from visits.actions.entries import Answer
from visits.actions.visits import OTHER_WORDS
from visits.declared import ledgers
from visits.models import DueVisit, LedgerEntry, Visit, VisitDuty

TOMORROW = TODAY + timedelta(days=1)


def test_a_visit_moves_the_duty_and_closes_what_was_owed(log, wang, duty):
    visit = log(wang)
    duty.refresh_from_db()
    owed = DueVisit.objects.get(duty=duty, met_by=visit)
    assert (owed.due_on, owed.met_on) == (TODAY - timedelta(days=1), TODAY)
    assert duty.last_visited_on == TODAY
    assert duty.next_due_on == TODAY + timedelta(days=7)
    assert DueVisit.objects.open().get(duty=duty).due_on == duty.next_due_on


def test_a_visit_moves_every_duty_of_the_person(log, wang, duty, monthly, donghu_grid):
    other = make_visit_duty(donghu_grid, resident=wang, rule=monthly)
    log(wang)
    other.refresh_from_db()
    assert other.last_visited_on == TODAY
    assert DueVisit.objects.open().count() == 2


def test_a_visit_leaves_the_duties_of_others_alone(log, wang, duty, donghu_grid):
    neighbour = make_visit_duty(donghu_grid)
    log(wang)
    before = neighbour.next_due_on
    neighbour.refresh_from_db()
    assert neighbour.next_due_on == before


def test_nobody_home_keeps_the_visit_owed_and_plans_tomorrow(log, wang, duty):
    log(wang, "nobody_home")
    duty.refresh_from_db()
    assert duty.next_due_on == TODAY - timedelta(days=1)
    assert duty.retry_on == TOMORROW
    assert DueVisit.objects.open().filter(duty=duty).count() == 1


def test_the_third_try_in_vain_raises_an_alarm_and_a_meeting_ends_it(log, wang, duty):
    for days in (3, 2):
        log(wang, "nobody_home", visited_at=days_ago(days))
    assert not VisitDuty.objects.alarming().exists()
    log(wang, "refused", visited_at=days_ago(1))
    assert VisitDuty.objects.alarming().get() == duty
    log(wang)
    assert not VisitDuty.objects.alarming().exists()


def test_the_grid_of_the_visit_is_that_of_its_day(log, wang, duty, xihu):
    visit = log(wang)
    wang.org_unit = xihu
    wang.save()
    visit.refresh_from_db()
    assert visit.org_unit.name == "01网格"


def test_a_visit_at_night_counts_like_any_other(log, wang, duty):
    log(wang, visited_at=days_ago(1, hour=23))
    duty.refresh_from_db()
    assert duty.last_visited_on == TODAY - timedelta(days=1)


def test_two_homes_of_one_house_are_two_visits(log, donghu_grid):
    log(make_household(donghu_grid))
    log(make_household(donghu_grid))
    assert Visit.objects.count() == 2


def test_a_household_visit_that_names_nobody_fulfils_nobody_s_duty(
    log, wang, duty, donghu_grid
):
    wang.household = make_household(donghu_grid)
    wang.save()
    log(wang.household)
    duty.refresh_from_db()
    assert duty.last_visited_on is None


def test_a_visit_stands_in_history_and_trail_without_its_words(log, wang, duty):
    visit = log(wang, note="精神好")
    assert history_of(visit).get().label == "登记走访"
    event = events_of(visit).get()
    assert event.verb == "created"
    assert "精神好" not in str(vars(event))


def test_a_form_sent_twice_is_one_visit(wang, duty, lin):
    one = uuid4()
    first = log_visit(subject=wang, outcome="normal", by=lin, client_uuid=one)
    again = log_visit(subject=wang, outcome="normal", by=lin, client_uuid=one)
    assert (first.is_new, again.is_new) == (True, False)
    assert again.visit == first.visit
    assert Visit.objects.count() == 1
    assert DueVisit.objects.filter(duty=duty).count() == 2


HAZARD = Answer(ledgers["safety.hazard"], {"category": "gas", "text": "软管老化"})
OTHER_HAZARD = Answer(ledgers["safety.hazard"], {"category": "gas", "text": "漏气"})


@pytest.mark.parametrize(
    "told",
    [
        {"outcome": "refused"},
        {"method": "phone"},
        {"note": "药快没了"},
        {"visited_at": days_ago(1)},
        {"follow_up_on": timezone.localdate() + timedelta(days=3)},
        {"entries": [HAZARD, Answer(ledgers["services.elderly_visit"], {})]},
        {"entries": [OTHER_HAZARD]},
    ],
    ids=lambda told: next(iter(told)),
)
def test_a_used_form_that_tells_otherwise_is_refused(told, log, wang, duty, lin):
    one, first = uuid4(), {"note": "精神好", "entries": [HAZARD]}
    visit = log(wang, client_uuid=one, **first)
    assert log(wang, client_uuid=one, **first) == visit
    with pytest.raises(ValidationError, match=f"第{visit.pk}号.*没有写入") as refused:
        log(wang, **first | {"client_uuid": one} | told)
    assert refused.value.code == OTHER_WORDS
    assert Visit.objects.get().note == "精神好"
    assert LedgerEntry.objects.count() == 1


def test_a_used_form_of_a_home_that_names_others_is_refused(log, donghu_grid):
    home = make_household(donghu_grid)
    met, other = (make_resident(donghu_grid, household=home) for _number in range(2))
    one = uuid4()
    visit = log(home, client_uuid=one, members=[met])
    assert log(home, client_uuid=one, members=[met]) == visit
    with pytest.raises(ValidationError, match="没有写入"):
        log(home, client_uuid=one, members=[met, other])


def test_a_used_form_of_somebody_else_is_refused(log, wang, duty, mei):
    one = uuid4()
    log(wang, client_uuid=one)
    with pytest.raises(ValidationError, match="已经用过"):
        log(wang, client_uuid=one, by=mei)


def test_a_late_entry_takes_its_place_in_the_row(log, wang, duty):
    log(wang, visited_at=days_ago(0, hour=0))
    log(wang, visited_at=days_ago(8))
    met = DueVisit.objects.filter(duty=duty, met_on__isnull=False).order_by("pk")
    days = [(due.due_on, due.met_on) for due in met]
    eighth = TODAY - timedelta(days=8)
    assert days == [
        (TODAY - timedelta(days=1), eighth),
        (eighth + timedelta(days=7), TODAY),
    ]
    assert VisitDuty.objects.get().next_due_on == TODAY + timedelta(days=7)


def test_a_visit_before_the_duty_began_fulfils_nothing(log, wang, duty):
    log(wang, visited_at=days_ago(41))
    duty.refresh_from_db()
    assert duty.last_visited_on is None


@pytest.mark.parametrize("outcome", ["changed", "needs_help"])
def test_a_change_at_somebody_under_no_rule_asks_for_a_second_visit(log, wang, outcome):
    assert log(wang, outcome).follow_up_on == TOMORROW


def test_a_later_visit_keeps_the_appointment(log, wang):
    first = log(wang, "needs_help", visited_at=days_ago(1))
    log(wang)
    first.refresh_from_db()
    assert first.followed_up_on == TODAY


def test_a_try_in_vain_does_not_keep_the_appointment(log, wang):
    first = log(wang, "needs_help", visited_at=days_ago(1))
    log(wang, "nobody_home")
    first.refresh_from_db()
    assert first.followed_up_on is None


def test_nothing_is_written_when_the_visit_is_refused(log, wang, duty):
    with pytest.raises(ValidationError):
        log(wang, visited_at=at(TOMORROW))
    assert not Visit.objects.exists()
    assert DueVisit.objects.open().count() == 1


def test_a_form_used_for_one_person_is_not_taken_for_another(log, wang, donghu_grid):
    used, neighbour = uuid4(), make_resident(donghu_grid, name="周东海")
    log(wang, client_uuid=used, note="药够吃")
    with pytest.raises(ValidationError, match="刚才登记的是王阿婆"):
        log(neighbour, client_uuid=used, note="门没人应")
    assert Visit.objects.get().note == "药够吃"


def test_a_form_used_for_a_person_is_not_taken_for_his_household(log, wang):
    used, home = uuid4(), make_household(wang.org_unit)
    log(wang, client_uuid=used)
    with pytest.raises(ValidationError, match="刚才登记的是"):
        log(home, client_uuid=used)
