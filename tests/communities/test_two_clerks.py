"""Two clerks at the same moment, on real connections."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from communities.actions.households import change_head
from communities.models import HEAD
from communities.previews import preview
from tests.factories.communities import make_family

TODAY = timezone.localdate()


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


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the test database lives in one connection"
)
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
