"""People of a community add up: who was there, who came and went, who is there.

A made-up history of some months is entered out of order, with moves, returns and
entries taken back; then every month of every community must balance.
"""

from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.actions.households import move_household, transfer_member
from communities.actions.population import (
    Facts,
    possible_kinds,
    record_event,
    reverse_event,
)
from communities.actions.residents import change_resident, register_resident
from communities.actions.undo import undo_step, undoable_step
from communities.addresses import Address
from communities.models import HEAD, Household, PopulationEvent, Relocation, Resident
from reports.figures import figures_of
from tests.factories import make_org_unit
from tests.factories.communities import make_family
from toolkit.metrics import metrics
from toolkit.periods import Period

TODAY = timezone.localdate()
DAYS, ACTS = 150, 90
INTO = ("births", "moves_in", "entered", "internal_in")
OUT_OF = ("deaths", "moves_out", "internal_out")
Kind = PopulationEvent.Kind


class History:
    """Draws acts of clerks, each about a day of the last months."""

    def __init__(self, seed, units):
        self.random, self.units, self.number = Random(seed), units, 0
        for unit in units:
            make_family(unit, ("甲", HEAD), ("乙", "22", {"living": "lodging"}))
            make_family(unit, ("丙", HEAD), ("丁", "22", {"living": "empty"}))

    def day(self):
        return TODAY - timedelta(days=self.random.randrange(DAYS))

    def one_of(self, rows):
        return self.random.choice(list(rows.order_by("pk")))

    def act(self):
        acts = (self.come, self.happen, self.happen, self.take_back, self.move)
        acts += (self.move, self.transfer, self.edit, self.undo, self.enter_late)
        try:
            self.random.choice(acts)()
        except (ValidationError, IndexError):
            # The office refuses what does not go together; then nothing happened.
            return

    def newcomer(self, **fields):
        self.number += 1
        unit = self.random.choice(self.units)
        return Resident(org_unit=unit, name=f"新人{self.number}", **fields)

    def come(self):
        kind, day = self.random.choice((Kind.BORN, Kind.MOVED_IN)), self.day()
        resident = self.newcomer(birth_on=day if kind == Kind.BORN else None)
        home = self.one_of(Household.objects.open())
        arrival = Facts(kind, day, TODAY)
        register_resident(resident=resident, household=home, arrival=arrival)

    def enter_late(self):
        resident = register_resident(resident=self.newcomer())
        Resident.objects.filter(pk=resident.pk).update(entered_on=self.day())

    def happen(self):
        resident = self.one_of(Resident.objects)
        kind = self.random.choice(possible_kinds(resident))
        others = Resident.objects.registered().filter(household=resident.household)
        new_head = others.exclude(pk=resident.pk).exclude(household=None).first()
        facts = Facts(kind, self.day(), TODAY)
        record_event(resident=resident, facts=facts, new_head=new_head)

    def take_back(self):
        event = self.one_of(PopulationEvent.objects.standing())
        reverse_event(event=event, note="听错了")

    def move(self):
        move_household(
            household=self.one_of(Household.objects.open()),
            org_unit=self.random.choice(self.units),
            address=Address("新巷"),
            happened_on=self.day(),
        )

    def transfer(self):
        transfer_member(
            resident=self.one_of(Resident.objects.registered()),
            into=self.one_of(Household.objects.open()),
            relation="99",
            happened_on=self.day(),
        )

    def edit(self):
        resident = self.one_of(Resident.objects.filter(household=None))
        resident.org_unit = self.random.choice(self.units)
        change_resident(resident=resident)

    def undo(self):
        step = undoable_step(self.one_of(Household.objects))
        if step is not None:
            undo_step(step_back=step, reason="听错了")


@pytest.fixture
def units(street, donghu, xihu):
    return [donghu, xihu, make_org_unit("community", parent=street)]


@pytest.mark.parametrize("seed", range(6))
def test_every_month_of_every_community_balances(seed, units, street):
    history = History(seed, units)
    for _number in range(ACTS):
        history.act()
    assert Relocation.objects.standing().exists()
    chosen = [metrics[f"communities.{one}"] for one in ("residents", *INTO, *OUT_OF)]
    period, end = Period.month_of(TODAY), None
    for _month in range(DAYS // 30 + 2):
        before = figures_of([*units, street], period.previous(), chosen)
        end = end or figures_of([*units, street], period, chosen)
        for unit in (*units, street):
            assert balance(before[unit.pk], end[unit.pk]) == 0, (unit, period)
        period, end = period.previous(), before
    assert sum(end[unit.pk]["communities.residents"] for unit in units) > 0


def balance(before, now):
    """Return what is left unexplained of the people at the end."""
    come = sum(now[f"communities.{one}"] for one in INTO)
    gone = sum(now[f"communities.{one}"] for one in OUT_OF)
    there = before["communities.residents"] + come - gone
    return there - now["communities.residents"]


def test_what_is_read_today_is_the_end_of_the_balance(units):
    history = History(7, units)
    for _number in range(ACTS):
        history.act()
    chosen = [metrics["communities.residents"]]
    found = figures_of(units, Period.month_of(TODAY), chosen)
    for unit in units:
        now = Resident.objects.registered().within(unit).count()
        assert found[unit.pk]["communities.residents"] == now
