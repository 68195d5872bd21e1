"""The same form sent from two threads at once is one visit, on PostgreSQL too."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from tests.visits.conftest import TODAY
from visits.actions import log_visit
from visits.models import DueVisit, Visit, VisitDuty

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def all_at_once(work):
    """Run the work in several threads that start together; return the answers."""
    gate = Barrier(AT_ONCE)

    def run(number):
        gate.wait()
        try:
            return patiently(work, number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def patiently(work, number):
    """SQLite's shared memory answers "locked" at once where a file would wait."""
    while True:
        try:
            return work(number)
        except OperationalError as failure:
            if "locked" not in str(failure):
                raise
            sleep(0.01)


def test_one_form_from_several_threads_is_one_visit(wang, duty, lin):
    one = uuid4()
    answers = all_at_once(
        lambda _n: log_visit(subject=wang, outcome="normal", by=lin, client_uuid=one)
    )
    assert len({answer.visit.pk for answer in answers}) == 1
    assert [answer.is_new for answer in answers].count(True) == 1
    assert Visit.objects.count() == 1
    assert DueVisit.objects.filter(duty=duty).count() == 2


def test_several_forms_for_one_person_leave_one_visit_owed(wang, duty, lin):
    all_at_once(
        lambda _n: log_visit(
            subject=wang, outcome="normal", by=lin, client_uuid=uuid4()
        )
    )
    assert Visit.objects.count() == AT_ONCE
    assert DueVisit.objects.open().filter(duty=duty).count() == 1
    assert DueVisit.objects.filter(duty=duty, met_on=TODAY).count() == AT_ONCE
    assert VisitDuty.objects.get().last_visited_on == TODAY
