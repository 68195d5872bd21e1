"""Who was born, died, came and went: dates, effects, succession, taking back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.actions.population import (
    Facts,
    possible_kinds,
    record_event,
    reverse_event,
)
from communities.models import HEAD, PopulationEvent, Resident
from tests.factories import make_resident
from tests.factories.communities import make_family, make_population_event
from toolkit.formats import cn_date
from toolkit.history import history_of
from toolkit.periods import Period

TODAY = timezone.localdate()
DAY = timedelta(days=1)
Kind, Living = PopulationEvent.Kind, Resident.Living


def facts(kind, days_ago=3, reported=0, **more):
    return Facts(kind, TODAY - days_ago * DAY, TODAY - reported * DAY, **more)


@pytest.fixture
def resident(donghu_grid):
    return make_resident(
        donghu_grid, name="林大山", birth_on=date(1950, 1, 1), living=Living.HERE
    )


@pytest.fixture
def family(donghu_grid):
    return make_family(
        donghu_grid,
        ("林大山", HEAD, {"sex": "1", "living": "here"}),
        ("陈阿娥", "12", {"sex": "2", "living": "here"}),
        ("林国荣", "22", {"sex": "1", "living": "here"}),
    )


@pytest.mark.parametrize(
    ("kind", "effect"),
    [
        (Kind.DIED, {"ended_by": "died", "ended_on": TODAY - 3 * DAY}),
        (Kind.MOVED_OUT, {"ended_by": "moved_out", "ended_on": TODAY - 3 * DAY}),
        (Kind.WENT_AWAY, {"living": "away", "ended_on": None}),
        (Kind.MISSING, {"living": "missing", "ended_on": None}),
        (Kind.MOVED_IN, {"living": "here", "registration": "street"}),
    ],
)
def test_an_event_does_to_the_resident_what_it_says(kind, effect, resident):
    event = record_event(resident=resident, facts=facts(kind))
    resident.refresh_from_db()
    assert {name: getattr(resident, name) for name in effect} == effect
    assert event.happened_on == TODAY - 3 * DAY
    assert event.reported_on == TODAY


@pytest.mark.parametrize(
    ("happened", "reported", "sentence"),
    [
        (2, 3, "不能晚于申报日期"),
        (0, -1, "不能晚于今天"),
        (40_000, 0, "早于本人出生日期"),
    ],
)
def test_dates_are_in_order(happened, reported, sentence, resident):
    with pytest.raises(ValidationError, match=sentence):
        record_event(resident=resident, facts=facts(Kind.DIED, happened, reported))
    assert not PopulationEvent.objects.exists()


def test_the_database_refuses_a_report_before_the_event(resident):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_population_event(
            resident.org_unit, resident=resident, happened_on=date(2999, 1, 1)
        )


def test_an_event_does_not_come_before_the_last_one(resident):
    record_event(resident=resident, facts=facts(Kind.WENT_AWAY, 5))
    with pytest.raises(ValidationError, match="不能早于它"):
        record_event(resident=resident, facts=facts(Kind.CAME_BACK, 6))


def test_who_is_away_comes_back_and_does_not_go_away_again(resident):
    record_event(resident=resident, facts=facts(Kind.WENT_AWAY, 5))
    resident.refresh_from_db()
    assert Kind.CAME_BACK in possible_kinds(resident)
    with pytest.raises(ValidationError, match="不能登记“外出”"):
        record_event(resident=resident, facts=facts(Kind.WENT_AWAY, 1))


def test_the_dead_have_no_further_events(resident):
    record_event(resident=resident, facts=facts(Kind.DIED))
    resident.refresh_from_db()
    assert possible_kinds(resident) == []


def test_who_moved_out_may_move_in_again(resident):
    record_event(resident=resident, facts=facts(Kind.MOVED_OUT, 5))
    record_event(resident=resident, facts=facts(Kind.MOVED_IN, 1))
    resident.refresh_from_db()
    assert (resident.ended_on, resident.ended_by) == (None, "")


def test_a_head_does_not_die_without_a_successor(family):
    head = family.members.get(relation=HEAD)
    with pytest.raises(ValidationError, match="选一位接任户主"):
        record_event(resident=head, facts=facts(Kind.DIED))
    head.refresh_from_db()
    assert head.ended_on is None


def test_the_successor_becomes_head_and_the_dead_stays_in_the_record(family):
    head, wife = family.members.order_by("pk")[:2]
    event = record_event(resident=head, facts=facts(Kind.DIED), new_head=wife)
    registered = dict(family.members.registered().values_list("name", "relation"))
    assert registered == {"陈阿娥": HEAD, "林国荣": "00"}
    assert family.members.count() == 3
    assert event.step.kind == "leave"


def test_taking_back_a_death_puts_the_household_back(family):
    head, wife = family.members.order_by("pk")[:2]
    event = record_event(resident=head, facts=facts(Kind.DIED), new_head=wife)
    reverse_event(event=event, note="听错了")
    registered = dict(family.members.registered().values_list("name", "relation"))
    assert registered == {"林大山": HEAD, "陈阿娥": "12", "林国荣": "22"}
    assert not PopulationEvent.objects.standing().exists()
    assert PopulationEvent.objects.count() == 2


def test_an_entry_is_taken_back_once(resident):
    event = record_event(resident=resident, facts=facts(Kind.DIED))
    reverse_event(event=event, note="听错了")
    with pytest.raises(ValidationError, match="已经撤销"):
        reverse_event(event=event, note="再来")


def test_only_the_last_entry_can_be_taken_back(resident):
    first = record_event(resident=resident, facts=facts(Kind.WENT_AWAY, 5))
    record_event(resident=resident, facts=facts(Kind.CAME_BACK, 2))
    with pytest.raises(ValidationError, match="最近一条"):
        reverse_event(event=first, note="不对")


def test_an_entry_is_not_taken_back_over_a_later_change(resident):
    event = record_event(resident=resident, facts=facts(Kind.WENT_AWAY))
    Resident.objects.filter(pk=resident.pk).update(living=Living.EMPTY)
    with pytest.raises(ValidationError, match="又改过"):
        reverse_event(event=event, note="不对")


def test_the_last_member_closes_the_household_if_asked(donghu_grid):
    home = make_family(donghu_grid)
    record_event(
        resident=home.members.get(),
        facts=facts(Kind.MOVED_OUT),
        closes_household=True,
    )
    home.refresh_from_db()
    assert home.closed_on == TODAY - 3 * DAY


def test_taking_back_reopens_the_household(donghu_grid):
    home = make_family(donghu_grid)
    event = record_event(
        resident=home.members.get(), facts=facts(Kind.DIED), closes_household=True
    )
    reverse_event(event=event, note="听错了")
    home.refresh_from_db()
    assert home.closed_on is None
    assert home.members.get().ended_on is None


def test_an_event_counts_by_its_day_and_not_by_its_report(resident):
    record_event(resident=resident, facts=facts(Kind.DIED, 40))
    month = Period.month_of(TODAY - 40 * DAY)
    assert PopulationEvent.objects.happened_in(month).count() == 1
    assert PopulationEvent.objects.happened_in(month.next().next()).count() == 0


def test_the_history_tells_the_effect_in_words(resident):
    record_event(resident=resident, facts=facts(Kind.WENT_AWAY, note="去杭州"))
    told = history_of(resident).first()
    assert told.label == "登记外出"
    assert told.changes == [
        {"field": "living", "label": "居住状态", "old": "在住", "new": "外出"}
    ]


def test_the_database_refuses_to_change_an_entry(resident):
    event = make_population_event(resident.org_unit, resident=resident)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        PopulationEvent.objects.filter(pk=event.pk).update(note="改")


def test_the_day_of_the_last_entry_is_told_as_people_write_it(resident):
    day = TODAY - 5 * DAY
    record_event(resident=resident, facts=facts(Kind.WENT_AWAY, 5))
    with pytest.raises(ValidationError) as refused:
        record_event(resident=resident, facts=facts(Kind.CAME_BACK, 6))
    assert f"已有{cn_date(day)}的" in refused.value.messages[0]


def test_the_history_tells_the_day_of_an_ending_as_people_write_it(donghu_grid):
    home = make_family(donghu_grid)
    member = home.members.get()
    record_event(resident=member, facts=facts(Kind.DIED), closes_household=True)
    told = cn_date(TODAY - 3 * DAY)
    assert history_of(member).get(verb="population-died").changes[0]["new"] == told
    assert history_of(home).first().changes == [
        {"field": "closed_on", "label": "销户日期", "old": "", "new": told}
    ]
