"""Visits that a phone hands in: each once, each answered, none lost or overwritten."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Assignment
from communities.models import HomeRelocation
from tests.factories import (
    make_assignment,
    make_household,
    make_org_unit,
    make_relocation,
    make_resident,
)
from tests.visits.conftest import TODAY, days_ago
from tests.visits.parcels import body_of, item_of, results, sealed, send, send_with
from toolkit.history import history_of
from toolkit.models import AuditEvent, SyncItem
from toolkit.sync.views import MOST_SENT
from visits.models import Visit


@pytest.fixture
def phone(browse, lin):
    """The phone of Lin, who works in Donghu."""
    return browse(lin)


@pytest.fixture
def xihu_grid(xihu):
    return make_org_unit("grid", "330381002902001", parent=xihu, name="01网格")


@pytest.fixture
def theirs(xihu_grid, donghu_grid):
    """Who has moved from Donghu to Xihu."""
    person = make_resident(xihu_grid, name="陈阿公")
    make_relocation(xihu_grid, resident=person, from_unit=donghu_grid)
    return person


def test_a_visit_is_taken_over_with_a_receipt(phone, wang, duty, lin):
    item = item_of(wang, at=days_ago(0, 0))
    answer = send(phone, [item])
    assert results(answer) == ["created"]
    [visit] = Visit.objects.all()
    [told] = answer.json()["items"]
    kept = SyncItem.objects.get()
    assert (told["receipt"], told["number"]) == (kept.pk, visit.pk)
    assert str(visit.client_uuid) == item["client_uuid"] == told["client_uuid"]
    assert (visit.resident, visit.logged_by, visit.org_unit) == (
        wang,
        lin,
        wang.org_unit,
    )
    assert kept.body == item["body"]
    duty.refresh_from_db()
    assert duty.last_visited_on == timezone.localdate()


def test_it_counts_as_one_that_was_typed(phone, wang, duty, log, lin):
    """History, trail and the kept appointment are those of the form."""
    day = timezone.localdate() + timedelta(days=2)
    first = log(wang, visited_at=days_ago(3), follow_up_on=day)
    send(phone, [item_of(wang), item_of(make_resident(wang.org_unit, name="李大爷"))])
    first.refresh_from_db()
    assert first.followed_up_on == timezone.localdate()
    for visit in Visit.objects.exclude(pk=first.pk):
        [line] = history_of(visit)
        assert (line.verb, str(line.label), line.by) == ("created", "登记走访", lin)
        events = AuditEvent.objects.filter(subject_type="visits.visit", verb="created")
        event = events.get(subject_id=visit.pk)
        assert event.actor == lin
        assert event.subject_path == wang.org_unit.path


def test_sent_three_times_it_is_one_visit_with_one_receipt(phone, wang):
    item = item_of(wang)
    receipts = set()
    for expected in ("created", "duplicate", "duplicate"):
        answer = send(phone, [item])
        assert results(answer) == [expected]
        receipts.add(answer.json()["items"][0]["receipt"])
    assert len(receipts) == 1
    assert Visit.objects.count() == 1


def test_twice_in_one_batch_it_is_one_visit(phone, wang):
    item = item_of(wang)
    assert results(send(phone, [item, item])) == ["created", "duplicate"]
    assert Visit.objects.count() == 1


def test_another_text_under_the_same_number_overwrites_nothing(phone, wang):
    first = item_of(wang)
    other = item_of(body=body_of(wang, "needs_help"), client_uuid=first["client_uuid"])
    assert results(send(phone, [first])) == ["created"]
    assert results(send(phone, [other])) == ["conflict"]
    assert results(send(phone, [other])) == ["conflict"]
    assert Visit.objects.get().outcome == "normal"
    kept = SyncItem.objects.order_by("pk")
    assert [one.body for one in kept] == [first["body"], other["body"]]
    assert kept.last().unit_path == wang.org_unit.path


def test_what_the_page_has_stored_already_is_not_stored_again(phone, wang, log, lin):
    visit = log(wang)
    item = item_of(wang, client_uuid=str(visit.client_uuid))
    answer = send(phone, [item])
    assert results(answer) == ["created"]
    assert answer.json()["items"][0]["number"] == visit.pk
    assert Visit.objects.count() == 1


def test_another_text_than_the_page_has_stored_is_a_conflict(phone, wang, log):
    visit = log(wang)
    number = {"client_uuid": str(visit.client_uuid)}
    other = item_of(body=body_of(wang, note="药够吃"), **number)
    assert results(send(phone, [other])) == ["conflict"]
    visit.refresh_from_db()
    assert visit.note == ""


def test_the_number_of_somebody_elses_visit_is_a_conflict(browse, wang, log, donghu):
    visit = log(wang)
    another = make_assignment("clerk", donghu, ["add_visit"]).user
    item = item_of(wang, client_uuid=str(visit.client_uuid))
    assert results(send(browse(another), [item])) == ["conflict"]
    assert SyncItem.objects.get().result == "conflict"


def test_who_lives_elsewhere_by_now_goes_into_that_units_tray(phone, theirs):
    item = item_of(theirs)
    assert results(send(phone, [item, item_of(theirs)])) == ["handover"] * 2
    assert not Visit.objects.exists()
    assert {one.unit_path for one in SyncItem.objects.all()} == {theirs.org_unit.path}
    assert results(send(phone, [item])) == ["handover"]
    assert SyncItem.objects.count() == 2


def test_of_strangers_a_phone_learns_nothing(phone, xihu_grid):
    """Nobody, somebody elsewhere, his home, his home with whom it holds: one answer."""
    home = make_household(xihu_grid)
    person = make_resident(xihu_grid, household=home)
    moved = make_relocation(xihu_grid).resident
    nobody = body_of(home).replace(f'"id": {home.pk}', f'"id": {10**9}')
    asked = [
        body_of(person),
        body_of(moved),
        body_of(home),
        body_of(home, members=[person.pk]),
        body_of(home, members=[10**9]),
        body_of(person, follow_up_on="2019-01-01"),
        nobody,
    ]
    early = {"written_at": days_ago(5).isoformat()}
    items = [item_of(body=body) for body in asked]
    items += [item_of(body=body, **early) for body in asked]
    answer = send(phone, items)
    told = [one | {"client_uuid": ""} for one in answer.json()["items"]]
    assert set(results(answer)) == {"invalid"}
    assert all(one == told[0] for one in told)
    assert "没有找到" in told[0]["message"]
    assert not SyncItem.objects.exists()


def test_nor_where_its_texts_are_kept_for_a_person(browse, donghu, xihu_grid):
    sun = make_assignment("sun", donghu, ["add_visit", "view_visit"]).user
    token = browse(sun).post("/visits/offline/take/").json()["token"]
    person = make_resident(xihu_grid, name="陈阿公")
    nobody = body_of(person).replace(f'"id": {person.pk}', f'"id": {10**9}')
    sent = [item_of(body=body) for body in (body_of(person), nobody)]
    answer = send_with(token, [sealed(one, keep=True) for one in sent])
    assert results(answer) == ["handover"] * 2
    assert len({one["message"] for one in answer.json()["items"]}) == 1
    assert {one.unit_path for one in SyncItem.objects.all()} == {""}
    desk = browse(sun).get("/desk/").content.decode()
    assert desk.count("<b>查无此对象</b>") == 2
    assert desk.count("已转街道核对。") == 2
    assert "已转所在社区" not in desk


def test_whoever_was_once_in_reach_is_never_refused(phone, lin, wang, xihu, xihu_grid):
    """Where the people moved, where the post moved; whom of a home one met, or not."""
    home = make_household(xihu_grid)
    HomeRelocation.objects.create(
        household=home, from_unit=wang.org_unit, org_unit=xihu_grid, moved_on=TODAY
    )
    moved = [item_of(home), item_of(body=body_of(home, members=[wang.pk]))]
    assert results(send(phone, moved)) == ["handover"] * 2
    Assignment.objects.filter(user=lin).update(org_unit=xihu)
    make_assignment("before", wang.org_unit.parent, ["add_visit"], user=lin)
    gone = timezone.localdate() - timedelta(days=9)
    Assignment.objects.filter(user=lin, org_unit=wang.org_unit.parent).update(
        starts_on=gone, ends_on=gone
    )
    assert results(send(phone, [item_of(wang)])) == ["handover"]


def test_a_visit_is_authorised_as_of_its_day(phone, wang, lin):
    yesterday = timezone.localdate() - timedelta(days=1)
    Assignment.objects.filter(user=lin).update(
        starts_on=yesterday - timedelta(days=30), ends_on=yesterday
    )
    assert results(send(phone, [item_of(wang, at=days_ago(1))])) == ["created"]
    assert results(send(phone, [item_of(wang)])) == ["handover"]


def test_who_died_meanwhile_waits_for_a_person(phone, wang):
    wang.ended_on, wang.ended_by = timezone.localdate() - timedelta(days=2), "died"
    wang.save()
    before, after = item_of(wang, at=days_ago(3)), item_of(wang, at=days_ago(1))
    assert results(send(phone, [before, after])) == ["created", "handover"]


def test_the_members_of_a_home_are_met_with_it(phone, donghu_grid):
    home = make_household(donghu_grid)
    one, two = (make_resident(donghu_grid, household=home) for _number in range(2))
    stranger = make_resident(donghu_grid)
    met = item_of(body=body_of(home, members=[one.pk, two.pk]))
    wrong = item_of(body=body_of(home, members=[stranger.pk]))
    in_vain = item_of(body=body_of(home, "nobody_home", members=[one.pk]))
    found = send(phone, [met, wrong, in_vain])
    assert results(found) == ["created", "invalid", "created"]
    assert "members" in found.json()["items"][1]["errors"]
    noted = {v.outcome: set(v.met_members.all()) for v in Visit.objects.all()}
    assert noted == {"normal": {one, two}, "nobody_home": set()}


NONSENSE = {
    "no object": 7,
    "nothing": {},
    "no number": {"client_uuid": "x"},
    "version": {"client_uuid": "00000000-0000-1000-8000-000000000000"},
    "kind": {"kind": "murder"},
    "digest": {"sha256": "0" * 64},
    "when": {"occurred_at": "yesterday"},
    "year": {"occurred_at": "1900-01-01T00:00:00+08:00"},
    "long": {"body": "x" * 30_000},
    "null": {"body": "\x00"},
    "numbers": {"zone": 5, "base_version": []},
    "half a character": {"client_uuid": "\ud800"},
    "before all": {"occurred_at": "0001-01-01T00:00:00+00:00"},
    "before all, anywhere": {"occurred_at": "0001-01-01T00:00:00"},
    "written before all": {"written_at": "0001-01-01T00:00:00"},
}
BODIES = {
    "no json": "{",
    "a list": "[]",
    "deep": "[" * 5000,
    "no subject": "{}",
    "text": '{"subject": "wang", "method": "door", "outcome": "normal"}',
    "half a character": (
        '{"subject": {"kind": "\\ud800", "id": 1}, "method": "door", "outcome": "x"}'
    ),
    "many digits": '{"subject": {"kind": "resident", "id": ' + "9" * 5000 + "}}",
    "huge": '{"subject": {"kind": "resident", "id": 1e400}}',
    "unknown": (
        '{"subject": {"kind": "resident", "id": 999999999999},'
        ' "method": "door", "outcome": "normal"}'
    ),
}


def test_nonsense_is_answered_item_by_item_and_the_rest_is_taken(phone, wang):
    bad = [
        {**item_of(wang), **more} if isinstance(more, dict) and more else more
        for more in NONSENSE.values()
    ]
    bad += [item_of(body=body) for body in BODIES.values()]
    answer = send(phone, [item_of(wang), *bad, item_of(wang)])
    found = results(answer)
    assert [found[0], found[-1]] == ["created", "created"]
    assert set(found[1:-1]) == {"invalid"}
    assert all(one["errors"] for one in answer.json()["items"][1:-1])
    assert Visit.objects.count() == SyncItem.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("outcome", {"outcome": "happy"}),
        ("method", {"method": "drone"}),
        ("note", {"note": "身份证330381194005062323"}),
        ("note", {"note": "好" * 151}),
        ("follow_up_on", {"follow_up_on": "2020-01-01"}),
    ],
)
def test_a_visit_that_cannot_be_is_refused_by_field(field, more, phone, wang):
    told = {"outcome": "normal"} | more
    answer = send(phone, [item_of(body=body_of(wang, **told))])
    assert results(answer) == ["invalid"]
    assert list(answer.json()["items"][0]["errors"]) == [field]


def test_an_appointment_is_judged_by_the_day_of_the_visit(phone, wang):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    body = body_of(wang, follow_up_on=yesterday)
    assert results(send(phone, [item_of(at=days_ago(3), body=body)])) == ["created"]
    assert results(send(phone, [item_of(at=days_ago(0, 0), body=body)])) == ["invalid"]


def test_a_wrong_clock_is_put_right_and_told(phone, wang):
    off = timedelta(days=400)
    now = timezone.now()
    item = item_of(wang, at=now - off - timedelta(hours=2))
    answer = send(phone, [item], sent_at=now - off)
    assert results(answer) == ["created"]
    visit, kept = Visit.objects.get(), SyncItem.objects.get()
    assert abs(visit.visited_at - (now - timedelta(hours=2))) < timedelta(minutes=1)
    assert kept.clock_error == pytest.approx(off.total_seconds(), abs=60)


def test_a_batch_beyond_a_days_work_is_taken_in_parts(phone, wang):
    item = {"client_uuid": str(uuid4())}
    found = results(send(phone, [item_of(wang), *[item] * 9_999]))
    assert (found[0], found[1], found[-1]) == ("created", "invalid", "retry")
    assert found.count("retry") == 9_500


def test_beyond_all_measure_a_batch_is_refused_whole(phone, wang):
    many = [item_of(wang), *[0] * (MOST_SENT - 1)]
    assert results(send(phone, many))[0] == "created"
    answer = send(phone, [item_of(wang), *many])
    assert answer.status_code == 413
    assert answer.json() == {"detail": "一次最多发送20000条，请分几次发送。"}
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        ("null", "内容不是一个 JSON 对象。"),
        ("[]", "内容不是一个 JSON 对象。"),
        ("{", "内容不是 JSON，请重新发送。"),
        (b"\xff\xfe", "内容不是 JSON，请重新发送。"),
    ],
)
def test_what_is_no_batch_is_refused_in_our_words(batch, words, phone):
    answer = phone.post("/api/v1/sync/", batch, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {"detail": words})


def test_a_character_that_nobody_sees_is_named(phone, wang):
    answer = send(phone, [item_of(body=body_of(wang, note="好\0"))])
    [told] = answer.json()["items"]
    assert told["message"] == "内容里有看不见的控制字符，请重新输入。"
    assert told["errors"] == {"note": [told["message"]]}


def test_what_surrounds_the_items_must_be_readable(phone):
    for batch in (
        "[]",
        "{}",
        '{"sent_at": "x", "items": []}',
        "nonsense",
        '{"items": 1}',
    ):
        answer = phone.post("/api/v1/sync/", batch, content_type="application/json")
        assert answer.status_code == 400


def test_a_batch_nested_without_end_or_from_another_age_is_refused(phone, wang):
    for batch in ("[" * 100_000, '{"items": ' + "[" * 100_000):
        answer = phone.post("/api/v1/sync/", batch, content_type="application/json")
        assert answer.status_code == 400
    for moment in ("0001-06-01T00:00:00Z", "9999-06-01T00:00:00Z", "0001-01-01T00:00"):
        sent = {"sent_at": moment, "items": [item_of(wang)]}
        answer = phone.post("/api/v1/sync/", sent, content_type="application/json")
        assert answer.status_code == 400
    assert not Visit.objects.exists()


def test_a_clock_of_1970_is_put_right(phone, wang):
    off = timezone.now() - datetime(1970, 1, 1, 8, tzinfo=UTC)
    item = item_of(wang, at=timezone.now() - off - timedelta(hours=1))
    assert results(send(phone, [item], sent_at=timezone.now() - off)) == ["created"]
    ago = timezone.now() - Visit.objects.get().visited_at
    assert abs(ago - timedelta(hours=1)) < timedelta(minutes=1)


def test_five_megabytes_are_answered_for_the_item_they_are_in(phone, wang):
    found = results(send(phone, [item_of(body="x" * 5_000_000), item_of(wang)]))
    assert found == ["invalid", "created"]


def test_who_never_had_the_post_lays_nothing_into_a_tray(browse, wang, donghu):
    reader = make_assignment("reader", donghu, ["view_visit"]).user
    assert results(send(browse(reader), [item_of(wang)])) == ["invalid"]
    assert not SyncItem.objects.exists()


def test_nobody_hands_in_without_signing_in(client, wang):
    assert send(client, [item_of(wang)]).status_code in (302, 401, 403)
    assert not SyncItem.objects.exists()


def test_items_are_claimed_in_the_order_of_their_numbers(phone, donghu_grid):
    """So two batches with the same items wait for each other, never both ways round."""
    items = [item_of(make_resident(donghu_grid)) for _number in range(5)]
    items.sort(key=lambda one: one["client_uuid"], reverse=True)
    assert results(send(phone, items)) == ["created"] * 5
    claimed = SyncItem.objects.order_by("pk").values_list("client_uuid", flat=True)
    assert list(claimed) == sorted(claimed)


def test_a_hundred_visits_cost_as_many_queries_as_two(
    phone, donghu_grid, weekly, django_assert_max_num_queries
):
    people = [
        make_resident(donghu_grid, birth_on=date(1940, 1, 1)) for _number in range(100)
    ]
    send(phone, [item_of(people[0])])
    with django_assert_max_num_queries(60):
        found = send(phone, [item_of(person) for person in people])
    assert set(results(found)) == {"created"}
    assert Visit.objects.count() == 101
