"""A phone puts right what is stored: once, and never over what somebody else wrote."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Assignment
from tests.factories import (
    make_assignment,
    make_household,
    make_resident,
    make_visit,
)
from tests.visits.conftest import TODAY, days_ago
from tests.visits.parcels import body_of, item_of, results, sealed, send, send_with
from toolkit.history import history_of
from toolkit.models import PhoneLease, SyncItem
from visits.actions import correct_visit
from visits.models import HandedIn, Visit

RIGHTS = ["view_syncitem", "change_syncitem", "view_visit", "add_visit", "change_visit"]


@pytest.fixture
def sun(donghu):
    return make_assignment("sun", donghu, ["add_visit"]).user


@pytest.fixture
def phone(browse, sun):
    """The phone of Sun, who logs visits in Donghu."""
    return browse(sun)


@pytest.fixture
def director(donghu):
    return make_assignment("director", donghu, RIGHTS).user


@pytest.fixture
def logged(phone, wang):
    """What a phone knows of a visit that it has handed in: number and version."""
    return hand_in(phone, item_of(wang, at=days_ago(0, 0)))


def hand_in(phone, item) -> dict:
    [told] = send(phone, [item]).json()["items"]
    assert told["result"] == "created", told
    return told


def correction(logged, *, at=None, base=None, reason="写漏了", more=None, **told):
    body = {"number": logged["number"], "reason": reason} | told
    known = {"base_version": logged.get("version", "") if base is None else base}
    written = {"written_at": timezone.now().isoformat()}
    return item_of(
        at=at or days_ago(0, 0),
        body=json.dumps(body, ensure_ascii=False),
        kind="visit-correction",
        **known | written | (more or {}),
    )


def corrected_at_the_desk(by, **values) -> None:
    visit, told = Visit.objects.get(), {"reason": "本人来说过", "changes": []}
    correct_visit(visit=visit, values=values, by=by, **told)


def answer_to(phone, item) -> dict:
    answer = send(phone, [item])
    assert answer.status_code == 200
    return answer.json()["items"][0]


def test_a_receipt_tells_the_version_and_each_time_the_same(phone, wang, director):
    item = item_of(wang, at=days_ago(0, 0))
    first = hand_in(phone, item)
    assert len(first["version"]) == 32
    corrected_at_the_desk(director, note="药快没了")
    again = answer_to(phone, item)
    assert (again["result"], again["version"]) == ("duplicate", first["version"])


def test_what_the_phone_has_seen_is_put_right_once(phone, logged, sun):
    item = correction(logged, outcome="needs_help", note=" 药快没了 ")
    told = answer_to(phone, item)
    assert (told["result"], told["number"]) == ("created", logged["number"])
    visit = Visit.objects.get()
    assert (visit.outcome, visit.note) == ("needs_help", "药快没了")
    line = history_of(visit).first()
    assert (line.verb, line.by, line.note) == ("corrected", sun, "写漏了")
    # The day of the next visit follows from the help that is needed.
    assert visit.follow_up_on is not None
    assert {one["field"]: one.get("new") for one in line.changes} == {
        "outcome": "需要帮助",
        "note": None,
    }
    again = answer_to(phone, item)
    assert (again["result"], again["version"]) == ("duplicate", told["version"])
    assert again["receipt"] == told["receipt"]
    assert history_of(visit).filter(verb="corrected").count() == 1


def test_a_second_correction_is_based_on_the_first(phone, logged):
    first = answer_to(phone, correction(logged, note="第一次"))
    assert first["version"] != logged["version"]
    assert answer_to(phone, correction(first, note="第二次"))["result"] == "created"
    assert Visit.objects.get().note == "第二次"


def test_what_is_not_told_stays(phone, wang):
    body = body_of(wang, "changed", note="药够吃", follow_up_on=day(3))
    logged = hand_in(phone, item_of(body=body, at=days_ago(0, 0)))
    assert answer_to(phone, correction(logged, method="phone"))["result"] == "created"
    visit = Visit.objects.get()
    assert (visit.method, visit.outcome, visit.note) == ("phone", "changed", "药够吃")
    assert visit.follow_up_on.isoformat() == day(3)


def day(ahead: int) -> str:
    return (TODAY + timedelta(days=ahead)).isoformat()


def test_an_appointment_is_taken_back(phone, wang):
    body = body_of(wang, follow_up_on=day(3))
    logged = hand_in(phone, item_of(body=body, at=days_ago(0, 0)))
    assert answer_to(phone, correction(logged, follow_up_on=None))["result"] == (
        "created"
    )
    assert Visit.objects.get().follow_up_on is None


def test_the_time_is_put_right_by_the_clock_of_the_phone(phone, logged):
    off, now = timedelta(days=400), timezone.now()
    at = (now - timedelta(minutes=5)) - off
    told = {"visited_at": at.isoformat()}
    item = correction(logged, at=at, **told)
    item["written_at"] = (now - off).isoformat()
    assert results(send(phone, [item], sent_at=now - off)) == ["created"]
    moved = Visit.objects.get().visited_at - (now - timedelta(minutes=5))
    assert abs(moved) < timedelta(minutes=1)


def test_the_time_in_the_text_is_that_of_the_item(phone, logged):
    told = {"visited_at": days_ago(1).isoformat()}
    answer = answer_to(phone, correction(logged, **told))
    assert (answer["result"], list(answer["errors"])) == ("invalid", ["visited_at"])


def test_who_of_a_home_was_met_is_put_right(phone, donghu_grid):
    home = make_household(donghu_grid)
    one, two = (make_resident(donghu_grid, household=home) for _number in range(2))
    item = item_of(body=body_of(home, members=[one.pk]), at=days_ago(0, 0))
    logged = hand_in(phone, item)
    assert answer_to(phone, correction(logged, members=[two.pk]))["result"] == "created"
    visit = Visit.objects.get()
    assert set(visit.met_members.all()) == {two}
    assert [c["field"] for c in history_of(visit).first().changes] == ["met_members"]
    # The phone that saw who was met before has seen another version.
    assert answer_to(phone, correction(logged, members=[]))["result"] == "conflict"
    stranger = make_resident(donghu_grid)
    answer = answer_to(phone, correction(logged, members=[stranger.pk]))
    assert (answer["result"], list(answer["errors"])) == ("invalid", ["members"])


@pytest.mark.parametrize(
    "values",
    [
        {"follow_up_on": TODAY + timedelta(days=5)},
        {"method": "phone"},
        {"outcome": "needs_help"},
        {"visited_at": days_ago(1)},
    ],
    ids=lambda values: next(iter(values)),
)
def test_whatever_was_put_right_meanwhile_makes_another_version(
    values, phone, logged, director
):
    corrected_at_the_desk(director, **values)
    told = answer_to(phone, correction(logged, note="药快没了"))
    assert told["result"] == "conflict"


def test_a_stale_one_waits_beside_what_was_put_right_meanwhile(
    phone, logged, director, browse
):
    corrected_at_the_desk(director, note="药快没了")
    told = answer_to(phone, correction(logged, note="药够吃了"))
    assert (told["result"], "另有更正" in told["message"]) == ("conflict", True)
    assert Visit.objects.get().note == "药快没了"
    item = HandedIn.objects.get()
    assert item.unit_path == Visit.objects.get().get_scope_path()
    page = browse(director).get(item.get_absolute_url())
    lines = page.context["sections"][0]["context"]["lines"]
    [line] = [one for one in lines if one["differs"]]
    assert (line["label"], line["stored"], line["value"]) == (
        "记一句",
        "药快没了",
        "药够吃了",
    )
    shown = page.content.decode()
    assert "写漏了" in shown
    assert "王阿婆" in shown


def decide(visitor, item, step, note="问过本人"):
    page = visitor.get(item.get_absolute_url())
    url = reverse("visits:handedin-transition", args=[item.pk, step])
    return visitor.post(url, {"note": note, "seen": page.context["seen"]})


def steps(visitor, item):
    page = visitor.get(item.get_absolute_url())
    return {step["name"] for step in page.context["transitions"]}


@pytest.fixture
def waiting(phone, logged, director):
    """A correction of what the director has put right meanwhile."""
    corrected_at_the_desk(director, note="药快没了")
    sent = correction(logged, outcome="changed")
    assert answer_to(phone, sent)["result"] == "conflict"
    return HandedIn.objects.get()


def test_the_stored_one_is_kept(waiting, director, browse):
    visitor = browse(director)
    assert steps(visitor, waiting) == {"keep_stored", "take_sent"}
    assert decide(visitor, waiting, "count_both").status_code == 422
    assert decide(visitor, waiting, "keep_stored").status_code == 302
    visit = Visit.objects.get()
    assert (visit.outcome, visit.note) == ("normal", "药快没了")
    assert HandedIn.objects.get().became is None


def test_the_sent_one_is_taken_and_only_what_it_tells(waiting, director, browse):
    visitor = browse(director)
    assert decide(visitor, waiting, "take_sent").status_code == 302
    visit = Visit.objects.get()
    assert (visit.outcome, visit.note) == ("changed", "药快没了")
    assert "问过本人" in history_of(visit).first().note
    item = HandedIn.objects.get()
    assert (item.status, item.became) == ("taken", visit)
    # What is put right later is no part of what was decided.
    corrected_at_the_desk(director, method="phone")
    page = visitor.get(item.get_absolute_url())
    lines = page.context["sections"][0]["context"]["lines"]
    assert [one["label"] for one in lines if one["differs"]] == ["情况"]


def test_a_list_of_corrections_names_whom_they_are_about(waiting, director, browse):
    listed = browse(director).get(reverse("visits:handedin-list")).content.decode()
    assert "王阿婆" in listed


def test_a_stale_one_that_says_what_is_stored_is_well(phone, logged, director):
    corrected_at_the_desk(director, note="药快没了")
    told = answer_to(phone, correction(logged, note="药快没了"))
    assert (told["result"], told["number"]) == ("created", logged["number"])
    assert history_of(Visit.objects.get()).filter(verb="corrected").count() == 1
    assert not HandedIn.objects.exists()
    # Its receipt tells the version that there is.
    assert answer_to(phone, correction(told, note="够了"))["result"] == "created"


def test_an_appointment_that_was_kept_makes_no_other_version(phone, wang, lin, log):
    body = body_of(wang, follow_up_on=day(3))
    logged = hand_in(phone, item_of(body=body, at=days_ago(0, 0)))
    log(wang)
    assert Visit.objects.get(pk=logged["number"]).followed_up_on is not None
    assert answer_to(phone, correction(logged, note="补一句"))["result"] == "created"


def test_two_of_one_batch_for_one_visit_come_one_after_the_other(phone, logged):
    two = [correction(logged, note=f"第{number}份") for number in range(2)]
    assert sorted(results(send(phone, two))) == ["created", "retry"]
    assert sorted(results(send(phone, two))) == ["conflict", "duplicate"]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("number", {}),
        ("number", {"number": "x", "note": "写"}),
        ("reason", {"note": "写", "reason": " "}),
        ("outcome", {"outcome": "happy"}),
        ("note", {"note": "身份证330381194005062323"}),
        ("follow_up_on", {"follow_up_on": "2020-01-01"}),
        ("members", {"members": [1]}),
    ],
)
def test_what_cannot_be_is_refused_by_field(field, told, phone, logged):
    answer = answer_to(phone, correction(logged, **told))
    assert (answer["result"], list(answer["errors"])) == ("invalid", [field])
    assert SyncItem.objects.count() == 1


def test_without_the_version_it_is_refused(phone, logged):
    answer = answer_to(phone, correction(logged, base="", note="药够吃"))
    assert list(answer["errors"]) == ["base_version"]
    assert "有网络时打开那次走访更正" in answer["message"]
    assert Visit.objects.get().note == ""


def test_another_persons_visit_is_told_like_none(phone, wang, log):
    """Nobody learns by asking which numbers there are."""
    visit = log(wang)
    known = {"number": visit.pk, "version": "x" * 32}
    theirs = answer_to(phone, correction(known, note="我来改"))
    nobodys = answer_to(phone, correction(known | {"number": 10**9}, note="我来改"))
    for told in (theirs, nobodys):
        told.pop("client_uuid")
    assert theirs == nobodys
    assert theirs["result"] == "invalid"


def test_nor_does_keeping_it_tell_them_apart(browse, sun, wang, log):
    token = browse(sun).post("/visits/offline/take/").json()["token"]
    visit = log(wang)
    known = {"number": visit.pk, "version": "x" * 32}
    two = [known, known | {"number": 10**9}]
    sent = [sealed(correction(one, note="我来改"), keep=True) for one in two]
    answer = send_with(token, sent)
    assert results(answer) == ["handover"] * 2
    assert set(SyncItem.objects.values_list("unit_path", flat=True)) == {""}


def test_a_stranger_lays_nothing_into_a_tray(browse, logged, donghu):
    reader = make_assignment("reader", donghu, ["view_visit"]).user
    told = answer_to(browse(reader), correction(logged, note="药够吃"))
    assert told["result"] == "invalid"
    assert SyncItem.objects.count() == 1


def test_nor_where_a_phone_asks_to_keep_it(browse, sun, logged, donghu):
    token = browse(sun).post("/visits/offline/take/").json()["token"]
    reader = make_assignment("reader", donghu, ["view_visit"]).user
    PhoneLease.objects.update(user=reader)
    sent = sealed(correction(logged, note="药够吃"), keep=True)
    assert results(send_with(token, [sent])) == ["invalid"]
    assert SyncItem.objects.count() == 1


def test_whose_post_has_moved_waits_for_the_unit_of_the_visit(phone, logged, sun, xihu):
    Assignment.objects.filter(user=sun).update(org_unit=xihu)
    answer = answer_to(phone, correction(logged, note="药够吃"))
    assert (answer["result"], "不归登记人" in answer["message"]) == ("handover", True)
    item = HandedIn.objects.get()
    assert item.unit_path == Visit.objects.get().get_scope_path()


def test_the_day_is_that_of_the_writing(phone, logged):
    """Written down on the day of the visit and handed in on the next one: in time."""
    Visit.objects.update(created_at=days_ago(1))
    late = correction(logged, note="隔天才想起")
    in_time = correction(logged, at=days_ago(1), note="当天就改了")
    in_time["written_at"] = days_ago(1, 23).isoformat()
    assert results(send(phone, [late])) == ["handover"]
    assert "过了登记当天" in HandedIn.objects.get().why
    assert results(send(phone, [in_time])) == ["created"]
    assert Visit.objects.get().note == "当天就改了"


def test_what_was_agreed_on_may_have_gone_by_now(phone, wang):
    logged = hand_in(phone, item_of(wang, at=days_ago(3)))
    Visit.objects.update(created_at=days_ago(3))
    item = correction(logged, at=days_ago(3), follow_up_on=day(-1))
    item["written_at"] = days_ago(3, 23).isoformat()
    assert answer_to(phone, item)["result"] == "created"
    assert Visit.objects.get().follow_up_on.isoformat() == day(-1)


def test_a_supervisor_corrects_his_own_on_any_day(browse, director, wang):
    visitor = browse(director)
    logged = hand_in(visitor, item_of(wang, at=days_ago(0, 0)))
    Visit.objects.update(created_at=days_ago(3))
    assert answer_to(visitor, correction(logged, note="后来"))["result"] == "created"


def test_what_follows_the_lease_waits_for_a_person(browse, sun, logged):
    token = browse(sun).post("/visits/offline/take/").json()["token"]
    early = correction(logged, note="药够吃")
    early["written_at"] = (timezone.now() - timedelta(hours=3)).isoformat()
    assert results(send_with(token, [sealed(early)])) == ["handover"]
    assert "早于离线授权" in HandedIn.objects.get().why


def test_a_time_nobody_can_tell_waits_for_a_person(phone, logged):
    at = timezone.now() + timedelta(hours=5)
    item = correction(logged, at=at, visited_at=at.isoformat())
    assert results(send(phone, [item])) == ["handover"]


def test_a_correction_of_nothing_can_only_be_left_out(browse, director, donghu):
    told = {"number": 10**9, "note": "写", "reason": "漏"}
    item = SyncItem.objects.create(
        client_uuid=uuid4(),
        kind="visit-correction",
        digest="0" * 64,
        body=json.dumps(told),
        occurred_at=days_ago(0, 0),
        moment=days_ago(0, 0),
        received_at=timezone.now(),
        by=director,
        result="handover",
        status="waiting",
        unit_path=donghu.path,
    )
    item = HandedIn.objects.get(pk=item.pk)
    visitor = browse(director)
    assert steps(visitor, item) == {"leave_out"}
    assert decide(visitor, item, "leave_out").status_code == 302


def test_nobody_reads_a_visit_by_naming_it_in_another_text(
    phone, logged, sun, director, browse, xihu
):
    """A text lies in the tray of the first one; what it names may be elsewhere."""
    theirs = make_resident(xihu, name="欧阳远")
    note = {"note": "家里的秘密话", "logged_by": sun}
    elsewhere = make_visit(xihu, resident=theirs, **note)
    first = correction(logged, note="药够吃")
    assert answer_to(phone, first)["result"] == "created"
    named = {"number": elsewhere.pk, "version": "x"}
    number = {"client_uuid": first["client_uuid"]}
    other = correction(named, method="phone", more=number)
    assert answer_to(phone, other)["result"] == "conflict"
    item = HandedIn.objects.get()
    page = browse(director).get(item.get_absolute_url())
    lines = page.context["sections"][0]["context"]["lines"]
    told = {one["label"]: one["value"] for one in lines}
    assert (told["方式"], told["记一句"], told["情况"]) == ("电话", "—", "—")
    for word in ("家里的秘密话", "欧阳远"):
        assert word not in page.content.decode()
    # Of somebody else's there is not even that.
    Visit.objects.filter(pk=elsewhere.pk).update(logged_by=director)
    page = browse(director).get(item.get_absolute_url()).content.decode()
    assert "没有找到这次走访" in page
    listed = browse(director).get(reverse("visits:handedin-list")).content.decode()
    assert "查无此对象" in listed


ODD = (
    "{}",
    '{"number": "\\ud83d", "reason": "\\ud83d", "note": ["x"]}',
    '{"number": [1], "reason": {"x": 1}, "members": "x"}',
    '{"number": NUMBER, "reason": "\\ud83d", "note": "\\ud83d", "outcome": 7}',
    '{"number": 1e400, "reason": 5, "visited_at": "0001-01-01T00:00:00+00:00"}',
    '{"number": NUMBER, "reason": "", "members": [[1]], "follow_up_on": "x"}',
)


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_no_text_whatsoever_keeps_the_others_from_being_seen(
    body, browse, sun, director, logged, donghu
):
    token = browse(sun).post("/visits/offline/take/").json()["token"]
    text = body.replace("NUMBER", str(logged["number"]))
    more = {"kind": "visit-correction", "base_version": "x"}
    item = sealed(item_of(body=text, **more), keep=True)
    assert results(send_with(token, [item])) == ["handover"]
    HandedIn.objects.update(unit_path=donghu.path)
    item, visitor = HandedIn.objects.get(), browse(director)
    assert len(visitor.get(reverse("visits:handedin-list")).context["rows"]) == 1
    assert visitor.get(f"/api/v1/visits/trays/{item.pk}/").status_code == 200
    assert visitor.get(item.get_absolute_url()).status_code == 200
    assert "take_sent" not in steps(visitor, item)
    assert visitor.get("/desk/").status_code == 200
    assert browse(sun).get("/desk/").status_code == 200


def test_many_corrections_do_not_cost_many_reads(
    phone, donghu_grid, django_assert_max_num_queries
):
    people = [make_resident(donghu_grid) for _number in range(6)]
    answer = send(phone, [item_of(one, at=days_ago(0, 0)) for one in people])
    known = answer.json()["items"]
    # What is stored already is read for all of them at once.
    same = [correction(one, outcome="normal") for one in known]
    with django_assert_max_num_queries(60):
        assert set(results(send(phone, same))) == {"created"}
