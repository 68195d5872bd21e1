"""A roster and a clerk at the same moment: one waits, and neither is broken off."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.actions.households import change_head, move_household
from communities.actions.population import Facts, record_event
from communities.actions.residents import register_resident
from communities.actions.steps import Kind, step
from communities.addresses import Address
from communities.models import HEAD, Household, PopulationEvent, Resident
from communities.roster.actions import order_commit
from communities.turns import hold_still
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, committed, worked_on
from tests.communities.test_two_clerks import started
from tests.connections import on_two_connections

TODAY = timezone.localdate()
DIED = Facts(PopulationEvent.Kind.DIED, TODAY, TODAY)
ZHANG = person("张三", id_number=card(1), phone="13800010001")
WIFE = person("李梅", id_number=card(2, is_male=False), relation="配偶")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    on_two_connections,
]


@pytest.fixture
def home(transactional_db, donghu_grid, donghu, lin):
    committed(roster(ZHANG, WIFE), donghu, lin)
    return Household.objects.get()


def test_a_roster_waits_for_a_step_that_holds_its_people(home, donghu, lin):
    wife = home.members.get(name="李梅")
    changed = roster(ZHANG | {"phone": "13800010002"}, WIFE)
    found = checked(changed, donghu, lin)
    order_commit(roster=found, by=lin, leave_conflicts=False)
    outcomes = []
    with step(Kind.RELATE, households=[home], happened_on=TODAY) as draft:
        thread = started(lambda: worked_on(found).state, outcomes)
        draft.put(wife, home, "99")
    thread.join()
    assert outcomes == ["checked"]
    # The step has changed what was shown; nothing was broken off, it is shown again.
    found.refresh_from_db()
    assert "检查之后数据有变化" in found.message
    assert home.members.get(name="李梅").relation == "99"


def new_head(home, user):
    wife = home.members.get(name="李梅")
    return change_head(household=home, head=wife, happened_on=TODAY)


def last_goes(home, user):
    home.members.filter(name="李梅").update(household=None, relation="00")
    head = home.members.get()
    return record_event(resident=head, facts=DIED, closes_household=True)


def moves(home, user):
    told = {"org_unit": home.org_unit, "address": Address("新巷1号")}
    return move_household(household=home, happened_on=TODAY, **told)


def newborn(home, user):
    child = Resident(org_unit=home.org_unit, name="张小宝", birth_on=TODAY)
    return register_resident(resident=child, household=home)


def corrects(home, user):
    client = Client()
    client.force_login(user)
    url = reverse("communities:household-update", args=[home.pk])
    return client.post(url, {"number": "0009", "kind": "family"}).status_code


def edits(home, user):
    client, head = Client(), home.members.get(relation=HEAD)
    client.force_login(user)
    url = reverse("communities:resident-update", args=[head.pk])
    data = {"name": "张三", "living": "here", "registration": "street"}
    data |= {"sex": "1", "birth_on": "1953-02-28", "id_kind": "111"}
    return client.post(url, data).status_code


WORKS = (new_head, last_goes, moves, newborn, corrects, edits)


@pytest.mark.parametrize("work", WORKS, ids=lambda one: one.__name__)
def test_a_clerk_waits_for_a_roster_before_he_holds_anything(work, home, lin):
    outcomes = []
    with transaction.atomic():
        hold_still()
        thread = started(lambda: work(home, lin), outcomes)
        # What a roster does to rows that are there already.
        Household.objects.update(room="101")
        Resident.objects.update(updated_at=timezone.now())
    thread.join()
    [outcome] = outcomes
    assert outcome == 302 or not isinstance(outcome, str | int)
