"""The automatic rules find their people, once a day, without end effects."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_household,
    make_resident,
    make_visit_duty,
    make_visit_rule,
)
from tests.visits.conftest import TODAY, days_ago
from toolkit.models import AuditEvent
from visits.actions import end_duty, enrol, enrol_all
from visits.actions.enrolment import birthday_for
from visits.duties import enrol_people
from visits.models import DueVisit, VisitDuty, VisitRule
from visits.rules import declared_rules, load_rules

OLD = date(1940, 1, 1)
YOUNG = date(1990, 1, 1)


@pytest.fixture
def alone(street):
    return make_visit_rule(street, min_age=80, only_alone=True)


@pytest.fixture
def home(donghu_grid):
    return make_household(donghu_grid)


def live(home, birth_on=OLD, **fields):
    return make_resident(home.org_unit, household=home, birth_on=birth_on, **fields)


def enrolled():
    return {duty.resident for duty in VisitDuty.objects.open()}


def tomorrow_run(rule):
    """The daily round of the next day."""
    return enrol_all(TODAY + timedelta(days=1))


def test_an_old_person_alone_is_enrolled_and_owed_a_first_visit(alone, home):
    person = live(home)
    assert enrol_all(TODAY) == 1
    duty = VisitDuty.objects.get(resident=person)
    assert duty.origin == VisitDuty.Origin.AUTOMATIC
    assert TODAY < duty.next_due_on <= TODAY + timedelta(days=7)
    assert DueVisit.objects.open().get(duty=duty).due_on == duty.next_due_on


def test_who_lives_with_somebody_is_not_alone(alone, home):
    live(home), live(home, YOUNG)
    assert enrol_all(TODAY) == 0


@pytest.mark.parametrize("living", ["away", "empty", "missing"])
def test_a_son_who_lives_elsewhere_leaves_his_mother_alone(alone, home, living):
    mother = live(home)
    live(home, YOUNG, living=living)
    enrol_all(TODAY)
    assert enrolled() == {mother}


def test_an_old_person_who_lives_elsewhere_is_not_enrolled(alone, home):
    live(home, living="away")
    assert enrol_all(TODAY) == 0


def test_a_dead_husband_is_no_company(alone, home):
    widow = live(home)
    live(home, ended_on=TODAY, ended_by="died")
    enrol_all(TODAY)
    assert enrolled() == {widow}


def test_the_eightieth_birthday_is_the_first_day(alone, home):
    live(home, TODAY.replace(year=TODAY.year - 80) + timedelta(days=1))
    assert enrol_all(TODAY) == 0
    assert tomorrow_run(alone) == 1


def test_a_leap_day_does_not_stop_the_round():
    assert birthday_for(90, date(2028, 2, 29)) == date(1938, 2, 28)


def test_a_second_round_changes_nothing(alone, home):
    live(home)
    enrol_all(TODAY)
    VisitRule.objects.update(enrolled_on=None)
    assert enrol_all(TODAY) == 0
    assert (VisitDuty.objects.count(), DueVisit.objects.count()) == (1, 1)


def test_a_round_that_is_done_asks_little(alone, home, django_assert_max_num_queries):
    enrol_people(timezone.now())
    # Two of them take and give back the lock, where the database holds it.
    with django_assert_max_num_queries(6):
        enrol_people(timezone.now())


def test_who_is_joined_by_somebody_leaves_the_rule(alone, home):
    live(home)
    enrol_all(TODAY)
    live(home, YOUNG)
    assert tomorrow_run(alone) == 1
    duty = VisitDuty.objects.get()
    assert "不再符合" in duty.end_reason
    assert not DueVisit.objects.open().exists()


def test_a_duty_by_hand_stays_though_the_rule_would_not_find_it(alone, home, lin):
    person = live(home, YOUNG)
    enrol(resident=person, rule=alone, reason="刚出院", by=lin)
    tomorrow_run(alone)
    assert enrolled() == {person}


def test_the_dead_leave_every_rule(alone, donghu_grid, home):
    person = live(home, YOUNG)
    make_visit_duty(donghu_grid, resident=person)
    person.ended_on, person.ended_by = TODAY, "died"
    person.save()
    assert enrol_all(TODAY) == 1
    assert VisitDuty.objects.get().end_reason == "居民已注销"


def test_an_ended_rule_lets_its_people_go(alone, home):
    live(home)
    enrol_all(TODAY)
    VisitRule.objects.update(ended_on=TODAY)
    assert enrol_all(TODAY) == 1
    assert enrolled() == set()


def test_a_rule_of_one_community_stops_at_its_border(xihu, home):
    make_visit_rule(xihu, min_age=80)
    live(home)
    assert enrol_all(TODAY) == 0


def test_first_visits_of_many_are_spread_over_the_first_days(alone, donghu_grid):
    for _number in range(40):
        live(make_household(donghu_grid))
    enrol_all(TODAY)
    days = set(VisitDuty.objects.values_list("next_due_on", flat=True))
    assert len(days) == 7


def test_a_round_costs_the_same_for_one_person_as_for_fifty(
    alone, donghu_grid, django_assert_max_num_queries
):
    for _number in range(50):
        live(make_household(donghu_grid))
    with django_assert_max_num_queries(20):
        enrol_all(TODAY)
    assert VisitDuty.objects.count() == 50


def test_a_round_leaves_one_event_with_its_count(alone, home):
    live(home)
    enrol_all(TODAY)
    event = AuditEvent.objects.get(verb="enrolled")
    assert event.count == 1


def test_earlier_visits_count_for_a_duty_that_begins_in_the_past(
    log, wang, weekly, lin
):
    log(wang, visited_at=days_ago(2))
    since = TODAY - timedelta(days=5)
    duty = enrol(resident=wang, rule=weekly, reason="补登", by=lin, since=since)
    duty.refresh_from_db()
    assert duty.last_visited_on == TODAY - timedelta(days=2)


def test_nobody_is_enrolled_twice_under_one_rule(wang, duty, weekly, lin):
    with pytest.raises(ValidationError, match="已在这项走访名单里"):
        enrol(resident=wang, rule=weekly, reason="再来", by=lin)


def test_a_duty_is_ended_once(duty, lin):
    end_duty(duty=duty, reason="搬去女儿家", by=lin)
    with pytest.raises(ValidationError, match="已经办过"):
        end_duty(duty=duty, reason="再来", by=lin)
    assert not DueVisit.objects.open().exists()


def test_reference_rules_come_once_and_leave_edits_alone(street):
    assert load_rules() == len(declared_rules())
    VisitRule.objects.filter(slug="alone-80").update(interval=2)
    assert load_rules() == 0
    assert VisitRule.objects.get(slug="alone-80").interval == 2


def test_every_rule_names_its_source(street):
    load_rules()
    for rule in VisitRule.objects.all():
        assert rule.source
        assert rule.source_mark
        assert rule.pace


def test_the_daily_duty_brings_the_rules_where_there_are_none(street):
    call_command("run_due_jobs", verbosity=0)
    assert VisitRule.objects.filter(org_unit=street).exists()


def test_who_was_taken_off_the_list_by_hand_stays_off_it(alone, home, lin):
    live(home)
    enrol_all(TODAY)
    end_duty(duty=VisitDuty.objects.get(), reason="女儿搬来对门", by=lin)
    assert tomorrow_run(alone) == 0
    assert enrolled() == set()


def test_who_fits_anew_comes_back_though_taken_off_by_hand(alone, home, lin):
    person = live(home)
    enrol_all(TODAY)
    end_duty(duty=VisitDuty.objects.get(), reason="女儿搬来对门", by=lin)
    son = live(home, YOUNG)
    tomorrow_run(alone)
    son.living = "away"
    son.save()
    assert enrol_all(TODAY + timedelta(days=2)) == 1
    assert enrolled() == {person}


def test_who_was_taken_off_one_list_is_still_found_for_another(alone, home, lin):
    person = live(home)
    enrol_all(TODAY)
    end_duty(duty=VisitDuty.objects.get(), reason="女儿搬来对门", by=lin)
    other = make_visit_rule(alone.org_unit, min_age=70)
    assert tomorrow_run(alone) == 1
    assert VisitDuty.objects.open().get(resident=person).rule == other


def test_who_was_taken_off_by_hand_may_be_put_back_by_hand(alone, home, lin):
    person = live(home)
    enrol_all(TODAY)
    end_duty(duty=VisitDuty.objects.get(), reason="女儿搬来对门", by=lin)
    enrol(resident=person, rule=alone, reason="女儿又搬走", by=lin)
    assert enrolled() == {person}


@pytest.mark.parametrize("number", ["9" * 4400, "9" * 30, "٣", "x"])
def test_a_number_that_no_person_can_have_is_a_wrong_choice(browse, lin, number):
    url = reverse("visits:visitduty-create")
    answer = browse(lin).post(url, {"resident": number})
    assert answer.status_code == 422
    assert browse(lin).get(url, {"resident": number}).status_code == 200
