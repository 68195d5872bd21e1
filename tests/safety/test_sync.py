"""Taps that phones hand in when they are back in reach."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Assignment
from safety.models import RollCall, RollCallEvent
from tests.factories import (
    make_assignment,
    make_emergency,
    make_resident,
    make_roll_call,
)
from tests.factories import make_shelter as shelter_in
from tests.safety.conftest import hours_ago, once_at
from tests.visits.parcels import item_of, results, sealed, send, send_with
from toolkit.models import AuditEvent, SyncItem


@pytest.fixture
def phone(browse, lin):
    return browse(lin)


@pytest.fixture
def token(phone):
    """The lease of Lin's phone."""
    return phone.post("/visits/offline/take/").json()["token"]


def tap(line, state="called", *, at=None, **more):
    """Return an item about a line, as a phone sends it."""
    whom = {"person": line.resident_id} if line.resident_id else {"line": line.pk}
    told = {"emergency": line.emergency_id, "state": state} | whom
    fields = {k: more.pop(k) for k in ("client_uuid",) if k in more}
    body = json.dumps(told | more, ensure_ascii=False)
    return item_of(body=body, at=at, kind="roll_call", **fields)


def state_of(line):
    line.refresh_from_db()
    return line.state


def test_a_tap_is_taken_over_with_a_receipt(phone, of_wang, lin, donghu):
    school = shelter_in(donghu)
    at = hours_ago(1)
    item = tap(of_wang, "moved", at=at, shelter=school.pk, note="坐轮椅")
    [told] = send(phone, [item]).json()["items"]
    event = RollCallEvent.objects.get()
    assert (told["result"], told["number"]) == ("created", event.pk)
    assert told["receipt"] == SyncItem.objects.get().pk
    assert str(event.client_uuid) == item["client_uuid"]
    assert abs(event.happened_at - at) < timedelta(seconds=1)
    assert (event.by, event.before, event.note) == (lin, "waiting", "坐轮椅")
    assert state_of(of_wang) == "moved"
    assert of_wang.shelter == school
    assert AuditEvent.objects.get(verb="told").subject_id == of_wang.pk


def test_sent_three_times_it_is_one_event(phone, of_wang):
    item = tap(of_wang)
    answers = [results(send(phone, [item]))[0] for _time in range(3)]
    assert answers == ["created", "duplicate", "duplicate"]
    assert results(send(phone, [item, item])) == ["duplicate", "duplicate"]
    assert RollCallEvent.objects.count() == 1


@pytest.mark.parametrize("is_turned", [False, True])
def test_taps_are_ordered_by_their_moment(is_turned, phone, of_wang):
    items = [
        tap(of_wang, "called", at=hours_ago(2.5)),
        tap(of_wang, "moved", at=hours_ago(2)),
        tap(of_wang, "returned", at=hours_ago(0.5)),
    ]
    for item in reversed(items) if is_turned else items:
        assert results(send(phone, [item])) == ["created"]
    assert state_of(of_wang) == "returned"
    [*events] = RollCallEvent.objects.order_by("happened_at")
    assert [one.state for one in events] == ["called", "moved", "returned"]


def test_what_a_page_told_later_stays(phone, of_wang, say):
    say(of_wang, "moved")
    assert results(send(phone, [tap(of_wang, "called", at=hours_ago(1))])) == [
        "created"
    ]
    assert state_of(of_wang) == "moved"


def test_what_the_page_has_stored_already_is_not_stored_again(phone, of_wang, say):
    event = say(of_wang, "called")
    same = tap(of_wang, "called", client_uuid=str(event.client_uuid))
    [told] = send(phone, [same]).json()["items"]
    assert (told["result"], told["number"]) == ("created", event.pk)
    other = tap(of_wang, "moved", client_uuid=str(event.client_uuid))
    assert results(send(phone, [other])) == ["conflict"]
    assert RollCallEvent.objects.count() == 1
    assert state_of(of_wang) == "called"


def test_another_text_under_the_same_number_overwrites_nothing(phone, of_wang):
    first = tap(of_wang, "called")
    other = tap(of_wang, "moved", client_uuid=first["client_uuid"])
    assert results(send(phone, [first, other])) == ["created", "conflict"]
    assert state_of(of_wang) == "called"


def test_whoever_has_no_record_is_named_by_his_line(phone, storm, donghu_grid):
    line = make_roll_call(donghu_grid, emergency=storm, name="红衣老人", place="巷口")
    assert results(send(phone, [tap(line, "help")])) == ["created"]
    assert state_of(line) == "help"


def test_who_belongs_elsewhere_goes_into_that_units_tray(phone, storm, xihu, lin):
    line = make_roll_call(xihu, emergency=storm)
    once_at(lin, xihu)
    assert results(send(phone, [tap(line)])) == ["handover"]
    assert SyncItem.objects.get().unit_path == xihu.path
    assert state_of(line) == "waiting"


def test_who_is_on_no_list_waits_for_his_community(phone, storm, donghu_grid):
    person = make_resident(donghu_grid)
    line = RollCall(emergency=storm, resident=person)
    assert results(send(phone, [tap(line)])) == ["handover"]
    assert SyncItem.objects.get().unit_path == donghu_grid.path


def test_what_happened_while_it_was_open_counts_after_the_end(phone, of_wang, close):
    storm = close()
    before = tap(of_wang, "moved", at=storm.closed_at - timedelta(minutes=30))
    early = tap(of_wang, "moved", at=storm.opened_at - timedelta(minutes=30))
    assert results(send(phone, [before, early])) == ["created", "handover"]
    assert state_of(of_wang) == "moved"


def test_what_was_told_after_the_end_waits_for_a_person(phone, of_wang, close, storm):
    close()
    ended = timezone.now() - timedelta(hours=1)
    type(storm).objects.update(closed_at=ended)
    assert results(send(phone, [tap(of_wang)])) == ["handover"]
    assert state_of(of_wang) == "waiting"


def test_a_tap_is_authorised_as_of_its_day(phone, of_wang, storm, lin):
    yesterday = timezone.localdate() - timedelta(days=1)
    began = timezone.now() - timedelta(days=3)
    type(storm).objects.update(opened_at=began)
    Assignment.objects.filter(user=lin).update(
        starts_on=yesterday - timedelta(days=30), ends_on=yesterday
    )
    old = tap(of_wang, at=timezone.now() - timedelta(days=1))
    assert results(send(phone, [old, tap(of_wang)])) == ["created", "handover"]


def test_who_never_had_the_post_lays_nothing_into_a_tray(browse, of_wang, donghu):
    reader = make_assignment("reader", donghu, ["view_rollcall"]).user
    assert results(send(browse(reader), [tap(of_wang)])) == ["invalid"]
    assert not SyncItem.objects.exists()


def body_about(person, storm, more: dict) -> str:
    told = {"emergency": storm.pk, "person": person.pk, "state": "called"}
    return json.dumps(told | more)


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("emergency", {"emergency": 987654321}),
        ("emergency", {"emergency": "x"}),
        ("emergency", {"emergency": 2**70}),
        ("person", {"person": None}),
        ("person", {"line": 1}),
        ("person", {"person": 987654321}),
        ("state", {"state": "waiting"}),
        ("state", {"state": "happy"}),
        ("state", {"state": None}),
        ("shelter", {"state": "moved", "shelter": 987654321}),
        ("note", {"note": "电话13800138000"}),
        ("note", {"note": "好" * 101}),
        ("note", {"note": None}),
    ],
)
def test_what_cannot_be_is_refused_by_field(field, more, phone, storm, of_wang):
    bad = item_of(body=body_about(of_wang.resident, storm, more), kind="roll_call")
    answer = send(phone, [bad, tap(of_wang)])
    assert results(answer) == ["invalid", "created"]
    assert list(answer.json()["items"][0]["errors"]) == [field]


def test_nothing_is_told_of_an_emergency_that_is_not_open_yet(phone, street, donghu):
    line = make_roll_call(donghu, emergency=make_emergency(street, units=[donghu]))
    assert results(send(phone, [tap(line)])) == ["invalid"]


def test_what_a_phone_cannot_put_right_is_kept_for_a_person(of_wang, token):
    bad = tap(of_wang, "moved", shelter=987654321)
    assert results(send_with(token, [sealed(bad, keep=True)])) == ["handover"]
    kept = SyncItem.objects.get()
    assert (kept.unit_path, kept.reason) == (
        of_wang.org_unit.path,
        "没有找到这个安置点。",
    )


def test_who_cannot_be_read_waits_where_the_emergency_was_opened(of_wang, token):
    bad = tap(of_wang, note="电话13800138000")
    assert results(send_with(token, [sealed(bad, keep=True)])) == ["handover"]
    assert SyncItem.objects.get().unit_path == of_wang.emergency.org_unit.path


NO_EMERGENCY = (987654321, True, [1], {}, None, "x")


@pytest.mark.parametrize("told", NO_EMERGENCY)
def test_what_names_no_emergency_is_never_kept(told, of_wang, token):
    bad = tap(of_wang, emergency=told, note="电话13800138000")
    body = json.loads(bad["body"])
    del body["emergency"]
    without = item_of(body=json.dumps(body), kind="roll_call")
    sent = [sealed(one, keep=True) for one in (bad, without)]
    assert results(send_with(token, sent)) == ["invalid", "invalid"]
    assert not SyncItem.objects.exists()


@pytest.mark.parametrize("told", NO_EMERGENCY)
def test_not_even_beside_what_bears_its_number(told, of_wang, phone):
    first = tap(of_wang)
    other = tap(of_wang, emergency=told, client_uuid=first["client_uuid"])
    assert results(send(phone, [first, other])) == ["created", "invalid"]
    assert SyncItem.objects.count() == 1


def test_a_hundred_taps_cost_as_many_queries_as_two(
    phone, storm, donghu_grid, django_assert_max_num_queries
):
    lines = [make_roll_call(donghu_grid, emergency=storm) for _one in range(100)]
    send(phone, [tap(lines[0])])
    with django_assert_max_num_queries(40):
        found = send(phone, [tap(line) for line in lines])
    assert set(results(found)) == {"created"}
    assert RollCallEvent.objects.count() == 101
