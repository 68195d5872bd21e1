"""The same form sent from two threads at once is one visit, on PostgreSQL too."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep
from uuid import uuid4

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.utils import timezone

from tests.factories import (
    make_caseload,
    make_hand_over,
    make_handed_in,
    make_relocation,
    make_resident,
    make_visit,
)
from tests.visits.conftest import TODAY
from tests.visits.parcels import item_of
from toolkit.history import history_of
from toolkit.models import SyncItem
from toolkit.sync.receiving import receive
from visits.actions import lapse_all, log_visit
from visits.models import Caseload, DueVisit, HandedIn, HandOver, Visit, VisitDuty
from visits.views import CorrectView
from visits.workflows import HandedInWorkflow, HandOverWorkflow

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


def test_of_several_corrections_of_one_page_one_is_written(wang, lin):
    visit = make_visit(wang.org_unit, resident=wang, note="")
    seen = correct(visit, lin).context_data["seen"]
    answers = all_at_once(
        lambda number: correct(visit, lin, note=f"第{number}次", seen=seen).status_code
    )
    assert sorted(answers) == [302, 422, 422, 422]
    assert history_of(visit).count() == 1


def correct(visit, by, **changed):
    """Open the page of a correction, or send its form with some of it changed."""
    values = {
        "method": visit.method,
        "visited_at": f"{timezone.localtime(visit.visited_at):%Y-%m-%dT%H:%M}",
        "outcome": visit.outcome,
        "reason": "补记",
    }
    ask = RequestFactory()
    request = ask.post("/", values | changed) if changed else ask.get("/")
    # Without a session, whose table is one more to wait for.
    request.user, request._messages = by, CookieStorage(request)
    return CorrectView.as_view()(request, pk=visit.pk)


def test_the_round_of_the_day_at_once_closes_each_missed_visit_once(wang, duty):
    VisitDuty.objects.update(next_due_on=TODAY - timedelta(days=16))
    DueVisit.objects.update(due_on=TODAY - timedelta(days=16))
    # What a thread answers is not asked: one that finds the database locked at its last
    # step has done its work, and finds none when it tries again.
    all_at_once(lambda _n: lapse_all(TODAY))
    owed = DueVisit.objects.filter(duty=duty)
    assert owed.filter(lapsed_on__isnull=False).count() == 2
    assert owed.open().count() == 1
    assert owed.count() == 3


def heard(case, step, by) -> bool:
    """Answer whether a supervisor's decision was taken."""
    try:
        HandedInWorkflow.apply(case, step, by=by, note="当面问过")
    except ValidationError:
        return False
    return True


def test_of_several_supervisors_who_decide_one_is_heard(wang, lin, donghu):
    item = make_handed_in(donghu, subject=wang)
    steps = ["store", "leave_out"] * (AT_ONCE // 2)
    answers = all_at_once(lambda number: heard(item, steps[number], lin))
    assert answers.count(True) == 1
    is_stored = steps[answers.index(True)] == "store"
    assert Visit.objects.count() == is_stored
    assert [line.verb for line in history_of(item)] == [steps[answers.index(True)]]


def test_two_texts_of_one_number_become_one_visit(wang, lin, donghu):
    number = uuid4()
    items = [
        make_handed_in(donghu, wang, client_uuid=number, told={"note": f"第{n}份"})
        for n in range(AT_ONCE)
    ]
    answers = all_at_once(lambda which: heard(items[which], "store", lin))
    assert answers.count(True) == 1
    assert Visit.objects.get().client_uuid == number


def hand_in(item, by) -> dict:
    """Hand an item in until it is decided, as a phone does that is asked to retry."""
    while True:
        now = timezone.now()
        [told] = receive([item], sent_at=now, by=by, now=now)
        if told["result"] != "retry":
            return told


def test_of_several_phones_that_correct_a_visit_one_is_heard(wang, lin):
    logged = hand_in(item_of(wang), lin)
    base = {"kind": "visit-correction", "base_version": logged["version"]}

    def correct_on_phone(number):
        told = {"number": logged["number"], "note": f"第{number}部", "reason": "漏了"}
        return hand_in(item_of(body=json.dumps(told), **base), lin)["result"]

    answers = all_at_once(correct_on_phone)
    assert sorted(answers) == ["conflict"] * (AT_ONCE - 1) + ["created"]
    visit = Visit.objects.get()
    assert visit.note == f"第{answers.index('created')}部"
    assert history_of(visit).filter(verb="corrected").count() == 1
    assert HandedIn.objects.waiting().count() == AT_ONCE - 1


def test_what_waits_is_kept_once_however_many_hand_it_in(xihu, donghu_grid, lin):
    """Nothing but the constraint keeps it to one: there is no record to find yet."""
    person = make_resident(xihu)
    make_relocation(xihu, resident=person, from_unit=donghu_grid)
    item = item_of(person)
    answers = all_at_once(lambda _n: hand_in(item, lin))
    assert {one["result"] for one in answers} == {"handover"}
    assert len({one["receipt"] for one in answers}) == 1
    assert SyncItem.objects.count() == 1


def test_one_correction_from_several_threads_is_one(wang, lin):
    logged = hand_in(item_of(wang), lin)
    told = {"number": logged["number"], "note": "药够吃", "reason": "漏了"}
    base = {"kind": "visit-correction", "base_version": logged["version"]}
    item = item_of(body=json.dumps(told), **base)
    answers = all_at_once(lambda _n: hand_in(item, lin)["result"])
    assert sorted(answers) == ["created"] + ["duplicate"] * (AT_ONCE - 1)
    assert history_of(Visit.objects.get()).filter(verb="corrected").count() == 1


def test_of_several_acceptances_for_one_grid_one_is_heard(
    donghu_grid, wu, xia, second_grid
):
    """The same hand-over accepted several times, and a second one of the same grid."""
    make_caseload(donghu_grid, worker=wu, since=TODAY - timedelta(days=9))
    parties = {"from_worker": wu, "to_worker": xia, "proposed_by": wu}
    dates = {"kind": "permanent", "status": "offered"}
    rows = [make_hand_over(donghu_grid, **parties | dates) for _n in range(2)]

    def accept(number):
        try:
            HandOverWorkflow.apply(rows[number % 2], "accept", by=xia)
        except ValidationError:
            return False
        return True

    assert all_at_once(accept).count(True) <= 1
    assert HandOver.objects.filter(status="accepted").count() == 1
    assert Caseload.objects.filter(since=TODAY).count() == 1
