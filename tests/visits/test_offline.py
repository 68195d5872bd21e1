"""What a phone takes along, and what it hands in with the lease."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import User
from communities.models import Resident
from tests.factories import (
    make_assignment,
    make_caseload,
    make_household,
    make_resident,
    make_visit_duty,
)
from tests.visits.conftest import TODAY, days_ago
from tests.visits.parcels import body_of, item_of, results, sealed, send, send_with
from toolkit.audit_fields import condition_words, field_words
from toolkit.models import AuditEvent, PhoneLease, SyncItem
from toolkit.sync import receiving
from toolkit.sync.leases import LASTS, MAY_HAND_IN, issue
from visits import offline
from visits.models import Visit
from visits.offline import MOST_HOMES

TAKE = "/visits/offline/take/"
SHELL = "/visits/offline/"


@pytest.fixture
def taken(browse, lin, wang, duty):
    """What Lin's phone has got this morning."""
    answer = browse(lin).post(TAKE)
    assert answer.status_code == 200
    return answer.json()


@pytest.fixture
def lease(taken):
    return PhoneLease.objects.get()


def test_the_phone_gets_masked_names_and_no_reason(owe, browse, lin):
    person = owe("12", "302", late=2).resident
    Resident.objects.filter(pk=person.pk).update(name="陈阿娥")
    told = browse(lin).post(TAKE).json()
    [door] = told["doors"]
    assert (door["kind"], door["id"]) == ("resident", person.pk)
    assert (door["sign"], door["name"], door["tone"]) == ("302", "陈*娥", "late")
    for word in ("陈阿娥", "独居", "岁"):
        assert word not in json.dumps(told, ensure_ascii=False)


def test_members_of_a_household_are_masked_too(browse, lin, log, donghu_grid):
    home = make_household(donghu_grid, number="0008")
    member = make_resident(donghu_grid, name="陈阿娥", household=home)
    log(home, visited_at=days_ago(2), follow_up_on=TODAY + timedelta(days=1))
    Visit.objects.update(follow_up_on=TODAY)
    [door] = browse(lin).post(TAKE).json()["doors"]
    assert (door["kind"], door["task"]) == ("household", "约好再去")
    assert door["members"] == [{"id": member.pk, "name": "陈*娥"}]


def test_no_more_than_eighty_homes_leave_the_office(owe, browse, lin):
    for number in range(MOST_HOMES + 5):
        owe(str(number % 9 + 1), f"{number}01", late=number % 3)
    told = browse(lin).post(TAKE).json()
    assert len({door["home"] for door in told["doors"]}) == MOST_HOMES
    assert PhoneLease.objects.get().homes == MOST_HOMES
    assert (told["shown"], told["total"]) == (MOST_HOMES, MOST_HOMES + 5)


def test_the_doors_are_sorted_before_they_are_cut(owe, browse, lin, monkeypatch):
    monkeypatch.setattr(offline, "MOST_HOMES", 2)
    for number, room in (("9", "101"), ("3", "302"), ("3", "201")):
        owe(number, room)
    told = browse(lin).post(TAKE).json()
    assert [door["sign"] for door in told["doors"]] == ["201", "302"]
    assert (told["shown"], told["total"]) == (2, 3)


def test_taking_along_is_written_down(taken, lin):
    event = AuditEvent.objects.get(verb="taken-along")
    assert (event.actor, event.count) == (lin, 1)
    assert event.batch == "visits.visitduty"
    assert "应走访日" in condition_words(event)
    assert field_words(event) == "住址、姓名、期限、约定再访"


def test_what_leaves_is_proved_as_far_as_the_page_tells_it(lin, donghu, rf):
    request = rf.post(TAKE)
    request.user, request.session = lin, SimpleNamespace(session_key="one")
    left = {"reach": donghu.path, "batch": "visits.visitduty", "about": {"day": "今天"}}
    lists = [left | {"count": 3}, left | {"count": 2, "batch": "safety.rollcall"}]
    issue(request, homes=4, now=timezone.now(), left=lists)
    told = AuditEvent.objects.filter(verb="taken-along").order_by("pk")
    assert {event.subject_path for event in told} == {donghu.path}
    assert [(event.batch, event.count, event.fields["day"]) for event in told] == [
        ("visits.visitduty", 3, "今天"),
        ("safety.rollcall", 2, "今天"),
    ]


def test_a_list_is_given_by_a_press_alone(browse, lin):
    assert browse(lin).get(TAKE).status_code == 405
    assert not PhoneLease.objects.exists()


def test_a_strange_unit_gives_nothing(browse, lin, xihu):
    assert browse(lin).post(f"{TAKE}?unit={xihu.code}").status_code == 404
    assert not PhoneLease.objects.exists()


def test_the_shell_says_the_same_to_everybody(client, browse, lin):
    nobody = client.get(SHELL)
    somebody = browse(lin).get(SHELL)
    assert nobody.status_code == 200
    assert nobody.content == somebody.content
    assert lin.name not in nobody.content.decode()


def test_the_worker_script_may_watch_over_the_whole_portal(client):
    answer = client.get(f"{SHELL}worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"


def test_a_sealed_item_is_taken_over_like_an_open_one(taken, wang):
    item = item_of(wang)
    answer = send_with(taken["token"], [sealed(item)])
    assert results(answer) == ["created"]
    assert SyncItem.objects.get().body == item["body"]
    assert results(send_with(taken["token"], [sealed(item)])) == ["duplicate"]


def test_sealed_under_another_number_it_is_not_opened(taken, wang):
    one, other = item_of(wang), item_of(wang)
    moved = sealed(one) | {"client_uuid": other["client_uuid"]}
    answer = send_with(taken["token"], [moved, sealed(other)])
    assert results(answer) == ["invalid", "created"]


@pytest.mark.parametrize("text", ["", 5, None, [], "t1.AAAA", "x" * 100_000])
def test_a_spoiled_seal_spoils_nothing_else(text, taken, wang):
    bad = {"client_uuid": item_of(wang)["client_uuid"], "sealed": text}
    answer = send_with(taken["token"], [bad, sealed(item_of(wang))])
    assert results(answer) == ["invalid", "created"]


def test_a_lease_hands_in_and_opens_nothing(taken, client):
    client.logout()
    head = {"Authorization": f"Lease {taken['token']}"}
    for url in ("/visits/today/", "/api/v1/visits/visits/", "/desk/"):
        assert client.get(url, headers=head).status_code in (302, 401)


@pytest.mark.parametrize("token", ["", "x", "陈", "a:b", "Bearer"])
def test_a_false_lease_is_refused(token, taken, wang):
    forged = token or taken["token"][:-1] + "!"
    answer = send_with(forged.encode().decode("latin-1"), [sealed(item_of(wang))])
    assert answer.status_code == 401
    assert not SyncItem.objects.exists()


def test_after_the_sign_in_is_over_the_phone_still_hands_in(taken, client, wang, lin):
    client.logout()
    item = item_of(wang, at=timezone.now() - timedelta(minutes=1))
    assert results(send_with(taken["token"], [sealed(item)])) == ["created"]
    assert Visit.objects.get().logged_by == lin


def test_signing_out_ends_the_lease(taken, browse, lin):
    browse(lin)
    other = PhoneLease.objects.get()
    other.session_mark = "of another sign-in"
    other.pk, other.uid = None, "2f1b1a80-0000-4000-8000-000000000000"
    other.save()
    client = browse(lin)
    client.post(TAKE)
    client.post("/accounts/logout/")
    ended = PhoneLease.objects.order_by("pk").values_list("ended_at", flat=True)
    assert [one is not None for one in ended] == [True, False, True]


def moved_lease(lease, **times) -> None:
    PhoneLease.objects.filter(pk=lease.pk).update(**times)


def test_what_was_written_down_after_the_lease_waits_for_a_person(taken, lease, wang):
    now = timezone.now()
    begun = now - LASTS - timedelta(hours=2)
    moved_lease(lease, issued_at=begun, until=begun + LASTS)
    early = item_of(wang, at=begun + timedelta(hours=1))
    answer = send_with(taken["token"], [sealed(early), sealed(item_of(wang))])
    assert results(answer) == ["created", "handover"]
    assert "离线授权到期以后" in SyncItem.objects.get(result="handover").reason


def test_what_was_written_down_after_the_sign_in_ended_waits_for_a_person(
    taken, lease, wang
):
    now = timezone.now()
    moved_lease(
        lease, issued_at=now - timedelta(hours=2), ended_at=now - timedelta(hours=1)
    )
    moments = (now - timedelta(minutes=90), now - timedelta(minutes=30))
    sent = [sealed(item_of(wang, at=at)) for at in moments]
    assert results(send_with(taken["token"], sent)) == ["created", "handover"]
    assert "离线授权到期以后" in SyncItem.objects.get(result="handover").reason


def test_what_was_written_down_before_the_lease_waits_for_a_person(taken, wang):
    item = item_of(wang, at=timezone.now() - timedelta(hours=3))
    assert results(send_with(taken["token"], [sealed(item)])) == ["handover"]


def test_nothing_is_written_down_before_it_was(taken, lease, wang):
    """A lease that is over opens for nothing that is said to be written in it."""
    begun = timezone.now() - timedelta(days=59) - LASTS
    moved_lease(lease, issued_at=begun, until=begun + LASTS)
    within = (begun + timedelta(hours=1)).isoformat()
    backdated = item_of(wang, written_at=within)
    honest = item_of(wang, at=begun + timedelta(hours=1), written_at=within)
    answer = send_with(taken["token"], [sealed(backdated), sealed(honest)])
    assert results(answer) == ["handover", "created"]
    assert "离线授权到期以后" in SyncItem.objects.get(result="handover").reason


def test_within_a_lease_a_person_looks_at_it(taken, lease, wang):
    now = timezone.now()
    moved_lease(lease, issued_at=now - timedelta(hours=2))
    early = (now - timedelta(minutes=30)).isoformat()
    near = (now - timedelta(minutes=1)).isoformat()
    sent = [sealed(item_of(wang, written_at=told)) for told in (early, near)]
    assert results(send_with(taken["token"], sent)) == ["handover", "created"]
    kept = SyncItem.objects.get(result="handover")
    assert kept.reason == "登记时间早于发生时间，等所在社区核对。"


def test_nor_by_who_is_signed_in(browse, lin, wang):
    item = item_of(wang, written_at=days_ago(3).isoformat())
    assert results(send(browse(lin), [item])) == ["handover"]


def test_a_visit_of_yesterday_may_be_written_down_today(taken, wang):
    item = item_of(wang, at=days_ago(1), written_at=timezone.now().isoformat())
    assert results(send_with(taken["token"], [sealed(item)])) == ["created"]
    assert Visit.objects.get().visited_at == days_ago(1)


def test_nothing_of_a_disabled_account_is_lost_or_counted(taken, wang, lin):
    User.objects.filter(pk=lin.pk).update(is_active=False)
    answer = send_with(taken["token"], [sealed(item_of(wang))])
    assert results(answer) == ["handover"]
    kept = SyncItem.objects.get()
    assert (kept.unit_path, kept.by) == (wang.get_scope_path(), lin)
    assert "已停用" in kept.reason
    assert not Visit.objects.exists()


def test_a_phone_is_told_when_its_day_is_over(taken, lease, lin):
    told = send_with(taken["token"], []).json()
    assert told["may_hold"] is True
    moved_lease(lease, ended_at=timezone.now())
    assert send_with(taken["token"], []).json()["may_hold"] is False


def test_a_phone_is_told_when_its_lease_has_run_out(taken, lease):
    begun = timezone.now() - LASTS - timedelta(minutes=1)
    moved_lease(lease, issued_at=begun, until=begun + LASTS)
    assert send_with(taken["token"], []).json()["may_hold"] is False


def test_the_version_is_the_same_whoever_asks(client, browse, lin):
    url = f"{SHELL}worker.js"
    english = client.get(url, headers={"Accept-Language": "en"}).content
    assert browse(lin).get(url).content == english


def test_a_lease_does_not_last_for_ever(taken, lease, wang):
    end = timezone.now() - MAY_HAND_IN
    moved_lease(lease, issued_at=end - LASTS, until=end)
    assert send_with(taken["token"], [sealed(item_of(wang))]).status_code == 401


def test_without_lease_and_sign_in_nothing_is_taken(client, wang):
    assert send(client, [item_of(wang)]).status_code == 401


def test_what_nobody_can_put_right_is_kept_for_a_person(taken, wang):
    wrong = item_of(body=body_of(wang, outcome="gone"))
    assert results(send_with(taken["token"], [sealed(wrong)])) == ["invalid"]
    assert not SyncItem.objects.exists()
    answer = send_with(taken["token"], [sealed(wrong, keep=True)])
    assert results(answer) == ["handover"]
    kept = SyncItem.objects.get()
    assert kept.body == wrong["body"]
    assert "gone" in kept.reason


def test_without_a_lease_nothing_is_kept_that_is_invalid(browse, lin, wang):
    wrong = item_of(body=body_of(wang, outcome="gone"))
    for item in (wrong | {"keep": True}, sealed(wrong, keep=True)):
        assert results(send(browse(lin), [item])) == ["invalid"]
    assert not SyncItem.objects.exists()


def test_who_never_held_the_post_fills_no_tray(taken, lease, wang, street):
    reader = make_assignment("reader", street, ["view_visit"]).user
    moved_lease(lease, user=reader)
    first = item_of(wang)
    wrong = [item_of(body="{}"), item_of(body=body_of(wang, outcome="gone")), first]
    sent = [sealed(one, keep=True) for one in wrong]
    assert results(send_with(taken["token"], sent)) == ["invalid"] * 3
    assert not SyncItem.objects.exists()


def test_nor_does_he_lay_another_text_beside_a_stored_one(browse, taken, wang, street):
    first = item_of(wang)
    assert results(send_with(taken["token"], [sealed(first)])) == ["created"]
    reader = make_assignment("reader", street, ["view_visit"]).user
    other = item_of(body="{}", client_uuid=first["client_uuid"])
    assert results(send(browse(reader), [other])) == ["invalid"]
    assert SyncItem.objects.count() == 1


def test_so_much_of_a_person_waits_and_the_rest_stays_on_the_phone(
    taken, wang, monkeypatch
):
    monkeypatch.setattr(receiving, "MOST_WAITING", 2)
    early = timezone.now() - timedelta(hours=3)
    sent = [sealed(item_of(wang, at=early)) for _one in range(3)]
    answer = send_with(taken["token"], sent)
    assert sorted(results(answer)) == ["handover", "handover", "retry"]
    told = next(i for i in answer.json()["items"] if i["result"] == "retry")
    assert "您已有2条待核对" in told["message"]
    assert "receipt" not in told
    fine = send_with(taken["token"], [sealed(item_of(wang)), *sent])
    assert sorted(results(fine)) == ["created", "handover", "handover", "retry"]
    assert SyncItem.objects.filter(status="waiting").count() == 2


def test_a_faulty_day_is_kept_in_the_tray_of_its_unit(taken, wang):
    late = item_of(body=body_of(wang, follow_up_on="2019-01-01"))
    answer = send_with(taken["token"], [sealed(late, keep=True)])
    assert results(answer) == ["handover"]
    assert SyncItem.objects.get().unit_path == wang.get_scope_path()


def test_the_phone_gets_what_the_page_shows(
    owe, browse, lin, donghu, donghu_grid, second_grid, weekly
):
    mine = owe("12", "302").resident
    other = make_visit_duty(second_grid, rule=weekly, next_due_on=TODAY).resident
    make_caseload(donghu_grid, worker=lin)
    visitor = browse(lin)

    def taken_at(query):
        doors = visitor.post(TAKE + query).json()["doors"]
        return {door["id"] for door in doors}

    assert taken_at("") == taken_at("?unit=own") == {mine.pk}
    assert taken_at(f"?unit={second_grid.code}") == {other.pk}
    assert taken_at("?unit=") == {mine.pk, other.pk}
