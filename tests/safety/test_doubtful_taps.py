"""Taps whose time is unknown, and what the answer tells of people out of reach."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safety.actions import tell
from safety.models import RollCall, RollCallEvent
from tests.factories import (
    make_assignment,
    make_relocation,
    make_resident,
    make_roll_call,
)
from tests.safety.conftest import hours_ago, once_at
from tests.safety.test_handed_in import CALLING, POST, decide, page_of
from tests.safety.test_sync import state_of, tap
from tests.visits.parcels import results, sealed, send, send_with
from toolkit import audit
from toolkit.models import AuditEvent, SyncItem


def untimed():
    """A moment after the sending: the clock was set back in between."""
    return timezone.now() + timedelta(hours=5)


def test_a_call_for_help_is_not_wiped_out_by_a_tap_of_unknown_time(
    browse, lin, of_wang, say
):
    say(of_wang, "help")
    item = tap(of_wang, "called", at=untimed())
    [told] = send(browse(lin), [item]).json()["items"]
    assert told["result"] == "handover"
    assert "手机的时间不对" in told["message"]
    assert state_of(of_wang) == "help"
    assert RollCallEvent.objects.count() == 1


def test_of_several_taps_at_once_one_of_unknown_time_waits(browse, lin, of_wang):
    phone = browse(lin)
    sure = tap(of_wang, "help", at=hours_ago(1))
    assert results(send(phone, [tap(of_wang, at=untimed()), sure])) == [
        "handover",
        "created",
    ]
    assert state_of(of_wang) == "help"


def test_of_whom_nothing_is_told_yet_a_tap_of_unknown_time_counts(
    browse, lin, of_wang, of_li
):
    phone = browse(lin)
    items = [tap(of_wang, "help", at=untimed()), tap(of_li, "moved", at=untimed())]
    assert results(send(phone, items)) == ["created", "created"]
    assert (state_of(of_wang), state_of(of_li)) == ("help", "moved")
    assert results(send(phone, items)) == ["duplicate", "duplicate"]


def told_of(answer):
    [told] = answer.json()["items"]
    return told["result"], told.get("message"), told.get("errors")


def everybody_far(storm, xihu):
    """Listed, on no list, without a record, and nobody at all."""
    nobody = RollCall(emergency=storm, resident_id=10**9)
    return [
        make_roll_call(xihu, emergency=storm),
        RollCall(emergency=storm, resident=make_resident(xihu)),
        make_roll_call(xihu, emergency=storm, name="桥头老人", place="桥头"),
        nobody,
    ]


@pytest.mark.parametrize(
    ("more", "keep"),
    [
        ({}, False),
        ({"state": "moved", "shelter": 987654321}, False),
        ({"state": "moved", "shelter": 987654321}, True),
        ({"at": hours_ago(90)}, False),
        ({"at": untimed()}, False),
    ],
)
def test_who_there_is_out_of_reach_the_answer_does_not_tell(
    more, keep, browse, storm, xihu, lin
):
    phone = browse(lin)
    token = phone.post("/visits/offline/take/").json()["token"]
    said = []
    for line in everybody_far(storm, xihu):
        item = tap(line, **more)
        sent = send_with(token, [sealed(item, keep=True)]) if keep else None
        said.append(told_of(sent or send(phone, [item])))
    assert said == said[:1] * 4
    assert "名单上没有找到这个人" in said[0][1]
    assert RollCallEvent.objects.count() == 0
    assert {one.unit_path for one in SyncItem.objects.all()} <= {storm.org_unit.path}


def test_who_moved_away_from_the_sender_is_no_stranger(browse, storm, xihu, wang, lin):
    here, gone = wang.org_unit, make_resident(xihu)
    make_relocation(xihu, resident=gone, from_unit=here)
    told = send(
        browse(lin), [tap(make_roll_call(xihu, emergency=storm, resident=gone))]
    )
    assert results(told) == ["handover"]
    assert SyncItem.objects.get().unit_path == xihu.path


def test_who_decides_reads_that_somebody_is_on_no_list(browse, storm, xihu, lin):
    person = make_resident(xihu)
    once_at(lin, xihu)
    send(browse(lin), [tap(RollCall(emergency=storm, resident=person))])
    there = make_assignment("there", xihu, [*POST, "view_resident"]).user
    visitor = browse(there)
    make_roll_call(xihu, emergency=storm)
    assert "此人不在名单里，采用后列入。" in page_of(visitor, storm)
    decide(visitor, SyncItem.objects.get(), "take")
    assert RollCall.objects.get(resident=person).state == "called"


@pytest.fixture
def own(browse, lin, of_wang, say):
    """A tap of Lin's of unknown time that waits."""
    say(of_wang, "help")
    send(browse(lin), [tap(of_wang, "called", at=untimed())])
    return SyncItem.objects.get()


def test_nobody_decides_of_his_own_tap(browse, lin, own, of_wang, storm, donghu):
    visitor = browse(lin)
    page = page_of(visitor, storm)
    assert "自己登记的由他人核对。" in page
    assert f"/{own.pk}/take/" not in page
    assert f"/{own.pk}/leave/" not in page
    assert "手机登记待核对" not in visitor.get("/desk/").content.decode()
    for step in ("take", "leave"):
        assert decide(visitor, own, step).status_code == 403
    own.refresh_from_db()
    assert own.status == "waiting"
    assert AuditEvent.objects.filter(verb="refused", actor=lin).count() == 2
    director = make_assignment("director", donghu, POST).user
    visitor = browse(director)
    assert "手机登记待核对" in visitor.get("/desk/").content.decode()
    assert decide(visitor, own, "take").status_code == 302
    assert state_of(of_wang) == "called"


def test_a_colleague_reads_it_and_a_superior_decides(
    browse, own, of_wang, storm, donghu, street
):
    worker = browse(make_assignment("worker", donghu, CALLING).user)
    page = page_of(worker, storm)
    assert "由社区书记（主任）或街道核对。" in page
    assert f"/{own.pk}/leave/" not in page
    assert decide(worker, own, "leave").status_code == 403
    runs = [*CALLING, "change_emergency"]
    officer = browse(make_assignment("officer", street, runs).user)
    assert decide(officer, own, "leave").status_code == 302
    assert state_of(of_wang) == "help"


def test_the_trail_names_the_same_field_from_a_phone_as_from_a_page(
    browse, lin, of_wang, of_li
):
    tell(line=of_li, state="called", by=lin, client_uuid="0" * 32)
    send(browse(lin), [tap(of_wang)])
    events = AuditEvent.objects.filter(verb="told")
    assert [audit.names_of(one) for one in events] == [["state"], ["state"]]
