"""Two workers tap at the same moment: what one of them says is not lost unseen."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from safety.actions import take_back, tell
from safety.duties import destroy_what_was_collected
from safety.models import Emergency, RollCall, RollCallEvent
from safety.workflows import EmergencyWorkflow
from tests.visits.test_at_once import all_at_once
from toolkit.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)


def refused(work):
    """Return what the work answers, or that it was refused."""
    try:
        return work()
    except ValidationError:
        return "refused"


def test_one_tap_from_several_threads_is_one_event(of_wang, lin):
    one = uuid4()
    answers = all_at_once(
        lambda _n: tell(line=of_wang, state="called", by=lin, client_uuid=one)
    )
    assert [answer.is_new for answer in answers].count(True) == 1
    assert RollCallEvent.objects.count() == 1


def test_of_two_states_that_exclude_each_other_the_second_is_refused(of_wang, lin):
    """Called is no state after moved, whoever is slower."""
    states = ("moved", "called", "moved", "called")

    def tap(number):
        state, one = states[number], uuid4()
        return refused(lambda: tell(line=of_wang, state=state, by=lin, client_uuid=one))

    all_at_once(tap)
    of_wang.refresh_from_db()
    told = list(RollCallEvent.objects.order_by("pk").values_list("state", flat=True))
    assert of_wang.state == "moved"
    assert told == sorted(told)
    assert told.count("moved") == 2


def test_what_is_taken_back_from_several_threads_is_taken_back_once(of_wang, say, lin):
    say(of_wang, "called")
    all_at_once(lambda _n: take_back(line=of_wang, by=lin))
    assert RollCallEvent.objects.exclude(takes_back=None).count() == 1
    assert RollCall.objects.get(pk=of_wang.pk).state == "waiting"


def test_destroyed_by_several_processes_it_is_destroyed_once(storm):
    EmergencyWorkflow.apply(storm, "close")
    Emergency.objects.update(destroy_on=timezone.localdate())
    done = all_at_once(lambda _n: destroy_what_was_collected(timezone.now()))
    assert sum(done) == 1
    assert AuditEvent.objects.filter(verb="destroyed").count() == 1
    assert not RollCall.objects.exists()
