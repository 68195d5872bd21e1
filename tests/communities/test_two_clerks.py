"""Two clerks at the same moment, on real connections."""

import threading
from time import monotonic, sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from communities.actions.households import change_head
from communities.actions.population import Facts, record_event, reverse_event
from communities.actions.residents import register_resident
from communities.actions.undo import undo_step, undoable_step
from communities.models import HEAD, Household, PopulationEvent, Resident
from communities.previews import preview
from tests.connections import on_two_connections
from tests.factories.communities import make_family

TODAY = timezone.localdate()
DIED = Facts(PopulationEvent.Kind.DIED, TODAY, TODAY)
MOST_SECONDS = 20


@pytest.fixture
def family(transactional_db, donghu_grid):
    return make_family(
        donghu_grid, ("户主甲", HEAD), ("成员乙", "22"), ("成员丙", "23")
    )


def run_at_once(*works):
    """Run the works in threads that start together; return what each came to."""
    outcomes, barrier = [], threading.Barrier(len(works))

    def run(work):
        barrier.wait()
        try:
            outcomes.append(work())
        except ValidationError as refusal:
            outcomes.append(refusal.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def held(model, row):
    """Hold a row in this transaction, or fail at once where another holds it."""
    return model.objects.select_for_update(nowait=True).get(pk=row.pk)


def started(work, outcomes: list):
    """Run the work beside; return its thread once it waits for this one."""
    thread = threading.Thread(target=lambda: outcomes.extend(run_at_once(work)))
    thread.start()
    give_up_at = monotonic() + MOST_SECONDS
    while not someone_waits():
        assert thread.is_alive(), outcomes
        assert monotonic() < give_up_at
        sleep(0.02)
    return thread


def someone_waits() -> bool:
    """Whether another connection waits for a lock that this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted"
            " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0


@on_two_connections
@pytest.mark.django_db(transaction=True)
def test_of_two_new_heads_one_is_written_and_the_other_is_told(family):
    _head, second, third = family.members.order_by("pk")
    arguments = {"household": family, "happened_on": TODAY}
    seen = preview(change_head, head=second, **arguments).fingerprint

    outcomes = run_at_once(
        lambda: change_head(head=second, expected=seen, **arguments),
        lambda: change_head(head=third, expected=seen, **arguments),
    )

    assert sum("刚才有人改动" in str(outcome) for outcome in outcomes) == 1
    assert family.members.filter(relation=HEAD).count() == 1
    assert family.steps.count() == 1


@on_two_connections
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_back", [False, True])
def test_an_event_waits_for_the_household_before_it_holds_the_person(family, is_back):
    _head, second, _third = family.members.order_by("pk")

    def work():
        return record_event(resident=second, facts=DIED)

    if is_back:
        event = work()

        def work():
            return reverse_event(event=event, note="听错了")

    outcomes = []
    with transaction.atomic():
        held(Household, family)
        thread = started(work, outcomes)
        held(Resident, second)
    thread.join()
    assert isinstance(outcomes[0], PopulationEvent)


@on_two_connections
@pytest.mark.django_db(transaction=True)
def test_who_loses_a_deadlock_is_told_that_someone_else_was_there(family):
    head, second, _third = family.members.order_by("pk")
    arguments = {"household": family, "head": second, "happened_on": TODAY}
    outcomes = []
    with transaction.atomic():
        held(Resident, head)
        # Who has waited longer looks for a circle first, and gives way.
        thread = started(lambda: change_head(**arguments), outcomes)
        Household.objects.select_for_update().get(pk=family.pk)
    thread.join()
    assert "刚才有人改动" in outcomes[0]
    assert not family.steps.exists()


@on_two_connections
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_home", [True, False])
def test_of_two_entries_of_a_newborn_one_is_written(family, has_home):
    def work():
        child = Resident(org_unit=family.org_unit, name="张小宝", birth_on=TODAY)
        home = family if has_home else None
        return register_resident(resident=child, household=home)

    outcomes = run_at_once(work, work)
    assert sum("档案号" in str(outcome) for outcome in outcomes) == 1
    assert Resident.objects.filter(name="张小宝").count() == 1


@on_two_connections
@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_step_back_one_does(family):
    _head, second, third = family.members.order_by("pk")
    arguments = {"household": family, "happened_on": TODAY}
    first = change_head(head=second, **arguments)
    last = change_head(head=third, **arguments)

    def work():
        return undo_step(step_back=last, reason="点错了")

    outcomes = run_at_once(work, work)
    assert sum("已经撤销" in str(outcome) for outcome in outcomes) == 1
    assert family.members.get(relation=HEAD) == second
    assert undoable_step(family) == first
