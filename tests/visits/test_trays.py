"""What waits for a person: who sees it, what a decision writes, and that once."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Assignment
from communities.models import OrgUnit
from tests.factories import (
    make_assignment,
    make_handed_in,
    make_household,
    make_org_unit,
    make_relocation,
    make_resident,
    make_visit,
)
from tests.visits.conftest import days_ago
from tests.visits.parcels import body_of, item_of, results, sealed, send, send_with
from toolkit.history import history_of
from toolkit.metrics import metrics
from toolkit.models import AuditEvent, SyncItem
from toolkit.periods import Period
from visits.actions.corrections import correct_visit
from visits.models import HandedIn, Visit
from visits.workflows import HandedInWorkflow

MANY = 500
DECIDING = ["view_syncitem", "change_syncitem", "view_visit", "add_visit"]


@pytest.fixture
def phone(browse, donghu):
    """The phone of Sun, who logs visits in Donghu."""
    return browse(make_assignment("sun", donghu, ["add_visit"]).user)


@pytest.fixture
def director(donghu):
    return make_assignment("director", donghu, [*DECIDING, "change_visit"]).user


@pytest.fixture
def conflict(phone, wang):
    """Return a function that hands in two texts under a number; returns the second."""

    def make(subject=wang, at=None, first=None, write=int, **other):
        at = at or days_ago(0, 0)
        one = item_of(at=at, body=body_of(wang, **first or {}))
        key = json.dumps(write(subject.pk))
        body = body_of(subject, **other).replace(f'"id": {subject.pk}', f'"id": {key}')
        two = item_of(at=at, body=body, client_uuid=one["client_uuid"])
        assert results(send(phone, [one])) == ["created"]
        assert results(send(phone, [two])) == ["conflict"]
        return HandedIn.objects.get()

    return make


@pytest.fixture
def handover(phone, xihu, donghu_grid):
    """Return a function that hands in a visit to somebody who lives in Xihu by now."""
    grid = make_org_unit("grid", "330381002902001", parent=xihu, name="01网格")
    person = make_resident(grid, name="陈阿公")
    make_relocation(grid, resident=person, from_unit=donghu_grid)

    def make(at=None, **told):
        item = item_of(at=at or days_ago(0, 0), body=body_of(person, **told))
        assert results(send(phone, [item])) == ["handover"]
        return HandedIn.objects.get()

    return make


def decide(visitor, item, step, note=""):
    page = visitor.get(item.get_absolute_url())
    assert page.status_code == 200
    url = reverse("visits:handedin-transition", args=[item.pk, step])
    return visitor.post(url, {"note": note, "seen": page.context["seen"]})


def steps(visitor, item):
    page = visitor.get(item.get_absolute_url())
    return {step["name"] for step in page.context["transitions"]}


def fresh(item):
    return HandedIn.objects.get(pk=item.pk)


def test_what_is_taken_over_is_settled_and_what_is_not_waits(conflict, wang):
    item = conflict(outcome="needs_help")
    assert item.status == "waiting"
    assert item.status_since == item.received_at
    assert SyncItem.objects.get(result="created").status == "settled"


@pytest.mark.parametrize(
    ("result", "status"), [("conflict", "settled"), ("created", "waiting")]
)
def test_no_item_is_without_an_owner_of_its_decision(result, status, donghu):
    with pytest.raises(IntegrityError):
        make_handed_in(donghu, result=result, status=status)


def test_many_other_texts_under_known_numbers_overwrite_nothing(phone, donghu_grid):
    people = [make_resident(donghu_grid) for _number in range(5)]
    items = [item_of(people[n % 5], at=days_ago(0, 0)) for n in range(MANY)]
    assert set(results(send(phone, items))) == {"created"}
    before = list(Visit.objects.order_by("pk").values())
    others = [
        item_of(
            at=days_ago(0, 0),
            body=body_of(people[n % 5], "needs_help", note=f"第{n}份"),
            client_uuid=one["client_uuid"],
        )
        for n, one in enumerate(items)
    ]
    assert results(send(phone, others)) == ["conflict"] * MANY
    assert results(send(phone, others)) == ["conflict"] * MANY
    assert list(Visit.objects.order_by("pk").values()) == before
    assert HandedIn.objects.waiting().count() == MANY
    kept = {str(one.client_uuid): one.body for one in HandedIn.objects.all()}
    assert kept == {one["client_uuid"]: one["body"] for one in others}


def test_the_page_tells_field_by_field_what_differs(conflict, director, browse):
    item = conflict(outcome="needs_help", note="药快没了")
    page = browse(director).get(item.get_absolute_url())
    [compared] = page.context["sections"]
    lines = {one["label"]: one for one in compared["context"]["lines"]}
    differing = {label for label, one in lines.items() if one["differs"]}
    assert differing == {"情况", "记一句", "约定再访"}
    assert (lines["情况"]["stored"], lines["情况"]["value"]) == ("正常", "需要帮助")
    assert lines["走访对象"]["value"] == lines["走访对象"]["stored"] == "王阿婆"
    assert page.content.decode().count("不同</span>") == 3


def test_what_differs_is_read_first_and_stands_out_on_both_sides(
    conflict, director, browse
):
    item, visitor = conflict(outcome="needs_help", note="药快没了"), browse(director)
    page = visitor.get(item.get_absolute_url())
    [compared] = page.context["sections"]
    told = [one["differs"] for one in compared["context"]["lines"]]
    assert told == [True] * 3 + [False] * (len(told) - 3)
    shown = page.content.decode()
    assert "<b>正常</b>" in shown
    assert "<b>需要帮助</b>" in shown
    assert "几项再定" in shown
    decide(visitor, item, "keep_stored", "问过")
    assert "几项再定" not in visitor.get(item.get_absolute_url()).content.decode()


def test_what_is_decided_leads_to_the_next_that_waits(
    conflict, director, browse, donghu_grid
):
    item, visitor = conflict(outcome="needs_help"), browse(director)
    others = [make_handed_in(donghu_grid) for _number in range(2)]

    def next_of(page):
        return [(one["label"], one["url"]) for one in page.context["actions"]]

    assert next_of(visitor.get(item.get_absolute_url())) == []
    decide(visitor, item, "keep_stored", "问过")
    page = visitor.get(item.get_absolute_url())
    assert next_of(page) == [("还有2条，看下一条", others[0].get_absolute_url())]
    for one in others:
        decide(visitor, one, "leave_out", "不算")
    assert next_of(visitor.get(item.get_absolute_url())) == []


def test_a_known_reason_is_told_in_the_language_of_who_reads_it(
    browse, lin, donghu_grid
):
    reason = "登记时间早于离线授权，等所在社区核对。"
    item = make_handed_in(donghu_grid, reason=reason)
    bare = make_handed_in(donghu_grid)
    visitor, english = browse(lin), {"Accept-Language": "en"}
    assert reason in visitor.get(item.get_absolute_url()).content.decode()
    page = visitor.get(item.get_absolute_url(), headers=english).content.decode()
    assert reason not in page
    assert "Logged before the offline lease began" in page
    page = visitor.get(bare.get_absolute_url(), headers=english).content.decode()
    assert "Project-Id-Version" not in page


def test_opening_it_stands_in_the_trail(conflict, director, browse):
    item = conflict(outcome="needs_help")
    browse(director).get(item.get_absolute_url())
    event = AuditEvent.objects.get(verb="read", subject_type="visits.handedin")
    assert (event.subject_id, event.actor) == (item.pk, director)
    assert event.subject_path == item.unit_path
    beside = AuditEvent.objects.get(verb="read", subject_type="visits.visit")
    assert beside.subject_id == item.stored.pk


def test_the_stored_one_is_kept_with_a_reason(conflict, director, browse):
    item, visitor = conflict(outcome="needs_help"), browse(director)
    assert decide(visitor, item, "keep_stored").status_code == 422
    assert fresh(item).status == "waiting"
    assert decide(visitor, item, "keep_stored", "问过本人").status_code == 302
    assert fresh(item).status == "set_aside"
    assert fresh(item).body == item.body
    assert Visit.objects.get().outcome == "normal"
    [line] = history_of(item)
    assert (line.by, line.note, line.after) == (director, "问过本人", "set_aside")


def test_the_sent_one_corrects_the_stored_one_whose_history_keeps_the_old(
    conflict, director, browse, duty
):
    before = {"note": "门口说了两句"}
    sent = {"outcome": "needs_help", "note": "药快没了", "method": "phone"}
    item = conflict(first=before, **sent)
    assert (
        decide(browse(director), item, "take_sent", "以后写的为准").status_code == 302
    )
    visit = Visit.objects.get()
    assert (visit.outcome, visit.note, visit.method) == (
        "needs_help",
        "药快没了",
        "phone",
    )
    assert visit.logged_by.username == "sun"
    assert fresh(item).status == "taken"
    line = history_of(visit).first()
    assert (line.verb, line.by) == ("corrected", director)
    assert "以后写的为准" in line.note
    told = {one["field"]: (one.get("old"), one.get("new")) for one in line.changes}
    page = browse(director).get(item.get_absolute_url())
    lines = page.context["sections"][0]["context"]["lines"]
    kept = {one["label"]: one["stored"] for one in lines if one["differs"]}
    assert kept == {"方式": "上门", "情况": "正常", "记一句": "门口说了两句"}
    assert told == {
        "method": ("上门", "电话"),
        "outcome": ("正常", "需要帮助"),
        "note": (None, None),
    }
    duty.refresh_from_db()
    assert duty.next_due_at is not None


HAZARD = {"ledger": "safety.hazard", "fields": {"category": "gas", "text": "管老化"}}
GIFT = {
    "ledger": "services.condolence",
    "fields": {"category": "illness", "amount": "100", "receipt": "本人"},
}
WORSE = HAZARD | {"fields": {"category": "gas", "text": "阳台管老化"}}


def ledger_line(visitor, item):
    page = visitor.get(item.get_absolute_url())
    lines = page.context["sections"][0]["context"]["lines"]
    [line] = [one for one in lines if one["label"] == "台账"]
    return line


def entered(visit):
    rows = visit.ledger_entries.standing().order_by("ledger")
    return [(one.ledger, one.answers) for one in rows]


def test_what_only_a_phone_told_for_ledgers_is_seen_and_entered(
    conflict, director, browse
):
    item, visitor = conflict(ledgers=[HAZARD, GIFT]), browse(director)
    line = ledger_line(visitor, item)
    assert line["differs"]
    assert line["value"] == (
        "安全隐患：燃气，隐患描述 管老化；慰问：生病住院，慰问金 100.00 元，签收 本人"
    )
    assert decide(visitor, item, "take_sent", "台账漏了").status_code == 302
    visit = Visit.objects.get()
    assert [slug for slug, _told in entered(visit)] == [
        "safety.hazard",
        "services.condolence",
    ]
    [change] = history_of(visit).first().changes
    assert (change["label"], change.get("new")) == ("台账", None)
    assert ledger_line(visitor, item)["stored"] == "—"


def test_what_stands_in_a_ledger_already_is_not_doubled(conflict, director, browse):
    first = {"ledgers": [HAZARD, GIFT]}
    item = conflict(first=first, note="后来想起", ledgers=[HAZARD, GIFT])
    assert not ledger_line(browse(director), item)["differs"]
    assert decide(browse(director), item, "take_sent", "补一句").status_code == 302
    assert Visit.objects.get().ledger_entries.count() == 2


def test_another_answer_takes_the_place_of_the_stored_one(conflict, director, browse):
    item = conflict(first={"ledgers": [HAZARD, GIFT]}, ledgers=[WORSE])
    assert decide(browse(director), item, "take_sent", "写清楚了").status_code == 302
    visit = Visit.objects.get()
    # Money that the later text does not name was given all the same.
    assert [told for _slug, told in entered(visit)] == [
        "燃气，隐患描述 阳台管老化",
        "生病住院，慰问金 100.00 元，签收 本人",
    ]
    [struck] = visit.ledger_entries.exclude(struck_on=None)
    assert struck.text == "管老化"
    assert "写清楚了" in struck.strike_reason


def test_a_text_that_only_lacks_a_ledger_corrects_nothing_and_says_so(
    conflict, director, browse
):
    item, visitor = conflict(first={"ledgers": [HAZARD]}), browse(director)
    assert ledger_line(visitor, item)["differs"]
    assert steps(visitor, item) == {"keep_stored", "count_both"}
    page = visitor.get(item.get_absolute_url()).content.decode()
    assert "只是少记了台账" in page


def test_an_appointment_may_have_come_meanwhile(conflict, director, browse):
    day = timezone.localdate() - timedelta(days=1)
    item = conflict(at=days_ago(5), follow_up_on=day.isoformat())
    assert decide(browse(director), item, "take_sent", "约好的").status_code == 302
    assert Visit.objects.get().follow_up_on == day


def test_a_day_that_the_rule_sets_is_no_difference(conflict, director, browse):
    item = conflict(first={"outcome": "needs_help"}, outcome="changed")
    # The rule counts from when a visit is written down, which was yesterday.
    day = timezone.localdate() - timedelta(days=1)
    Visit.objects.update(follow_up_on=day)
    assert decide(browse(director), item, "take_sent", "后来好些").status_code == 302
    visit = Visit.objects.get()
    assert (visit.outcome, visit.follow_up_on) == ("changed", day)


def test_two_visits_are_two_and_count_everywhere(conflict, director, browse, duty):
    item = conflict(outcome="needs_help", note="药快没了")
    assert decide(browse(director), item, "count_both").status_code == 302
    first, second = Visit.objects.order_by("pk")
    assert (first.outcome, second.outcome) == ("normal", "needs_help")
    assert second.client_uuid == item.uid
    assert second.logged_by == first.logged_by == item.by
    assert second.visited_at == item.moment
    [line] = history_of(second)
    assert (line.verb, line.by) == ("created", director)
    assert fresh(item).became == second
    page = browse(director).get(item.get_absolute_url())
    compared, became = page.context["sections"]
    assert compared["template"] == "visits/_comparison.html"
    assert linked(became) == {
        f"第{second.pk}号（手机上的）": second.get_absolute_url(),
        f"第{first.pk}号（先登记的）": first.get_absolute_url(),
    }
    duty.refresh_from_db()
    assert duty.next_due_at is not None


def test_a_visit_to_another_person_corrects_none_but_may_be_one_of_its_own(
    conflict, director, browse, wang
):
    li = make_resident(wang.org_unit, name="李大爷")
    item, visitor = conflict(subject=li, note="药快没了"), browse(director)
    assert steps(visitor, item) == {"keep_stored", "count_both"}
    assert decide(visitor, item, "take_sent", "换人").status_code == 422
    assert decide(visitor, item, "count_both").status_code == 302
    assert Visit.objects.get(resident=li).logged_by == item.by


def test_what_somebody_else_wrote_corrects_nothing(director, browse, wang, log, donghu):
    visit = log(wang)
    number = {"client_uuid": str(visit.client_uuid)}
    other = make_assignment("other", donghu, ["add_visit"]).user
    sent = item_of(body=body_of(wang, note="另一个人"), **number)
    assert results(send(browse(other), [sent])) == ["conflict"]
    item = HandedIn.objects.get()
    assert steps(browse(director), item) == {"keep_stored", "count_both"}


def test_a_handover_is_stored_where_the_person_lives_today(handover, browse, chen):
    item, visitor = handover(note="搬家后第一次见"), browse(chen)
    assert steps(visitor, item) == {"store", "leave_out"}
    assert decide(visitor, item, "store").status_code == 302
    visit = Visit.objects.get()
    assert visit.org_unit.path == item.unit_path
    assert (visit.logged_by, visit.visited_at) == (item.by, item.moment)
    assert visit.client_uuid == item.client_uuid
    assert fresh(item).became == visit
    page = visitor.get(item.get_absolute_url())
    sent, became = page.context["sections"]
    # The visit that it has become is not compared with itself.
    assert (sent["title"], sent["template"]) == ("手机上登记的", "visits/_facts.html")
    assert linked(became) == {f"第{visit.pk}号（手机上的）": visit.get_absolute_url()}


def linked(section):
    return {one["label"]: one["url"] for one in section["context"]["lines"]}


def test_a_handover_may_be_left_out_with_a_reason(handover, browse, chen):
    item = handover()
    assert decide(browse(chen), item, "leave_out").status_code == 422
    assert decide(browse(chen), item, "leave_out", "已另行登记").status_code == 302
    assert not Visit.objects.exists()
    assert fresh(item).status == "set_aside"


def test_nothing_is_counted_before_it_is_decided(handover, browse, chen, street):
    item = handover(at=days_ago(0, 0))
    counted = metrics["visits.visits"]
    month = Period.month_of(timezone.localdate())

    def total():
        return counted.rows(month).within(street).count()

    assert total() == 0
    decide(browse(chen), item, "store")
    assert total() == 1


def test_what_a_rule_refuses_stays_with_its_sentence(handover, browse, chen):
    item, visitor = handover(), browse(chen)
    person = item.subject
    person.ended_on, person.ended_by = timezone.localdate() - timedelta(days=9), "died"
    person.save()
    page = visitor.get(item.get_absolute_url())
    assert "走访对象在这之前已经注销" in page.content.decode()
    assert steps(visitor, item) == {"leave_out"}
    assert decide(visitor, item, "store").status_code == 422
    assert fresh(item).status == "waiting"
    assert not Visit.objects.exists()
    # Once the mistake on the rolls is put right, it can be stored.
    person.ended_on, person.ended_by = None, ""
    person.save()
    assert decide(visitor, item, "store").status_code == 302


@pytest.mark.parametrize(
    "body", ["{}", '{"subject": {"kind": "resident", "id": 1e9}}', '{"a": [1]}']
)
def test_what_cannot_be_read_as_a_visit_is_shown_as_it_was_sent(
    body, phone, wang, director, browse
):
    one = item_of(wang, at=days_ago(0, 0))
    other = item_of(body=body, client_uuid=one["client_uuid"])
    send(phone, [one])
    assert results(send(phone, [other])) == ["conflict"]
    item, visitor = HandedIn.objects.get(), browse(director)
    page = visitor.get(item.get_absolute_url()).content.decode()
    assert "读不成一次走访" in page
    assert steps(visitor, item) == {"keep_stored"}
    assert "查无此对象" in visitor.get(reverse("visits:handedin-list")).content.decode()


NONSENSE = (
    "null",
    "[]",
    '"resident"',
    '{"kind": ["x"], "id": 1}',
    '{"kind": {"x": 1}, "id": 1}',
    '{"kind": null, "id": 1}',
    '{"kind": "resident"}',
    '{"kind": "resident", "id": [1]}',
    '{"kind": "resident", "id": {"x": 1}}',
    '{"kind": "resident", "id": NaN}',
    '{"kind": "resident", "id": 1e999}',
    '{"kind": "resident", "id": true}',
    '{"kind": "resident", "id": "\\ud83d"}',
    '{"kind": "resident", "id": ' + "9" * 4000 + "}",
    '{"kind": "\\ud83d\\u0000", "id": 1}',
    '{"kind": "resident", "id": ' + "[" * 300 + "]" * 300 + "}",
)
ODD = (
    '{"method": ["door"], "outcome": {"x": 1}, "members": "x", "ledgers": 7}',
    '{"note": ["\\ud83d"], "follow_up_on": [], "ledgers": [[["x"]]]}',
    '{"outcome": "\\ud83d", "ledgers": [{"ledger": ["x"], "fields": {"\\ud83d": 1}}]}',
    '{"ledgers": [{"ledger": "no.such", "fields": {"text": [1]}}, null]}',
)


@pytest.mark.parametrize(
    "body", [*(f'{{"subject": {one}}}' for one in NONSENSE), *ODD], ids=range(20)
)
def test_no_text_whatsoever_keeps_the_others_from_being_seen(
    body, phone, browse, donghu, mei
):
    rights = [*DECIDING, "export_syncitem", "view_orgunit"]
    token = phone.post("/visits/offline/take/").json()["token"]
    item = sealed(item_of(body=body), keep=True)
    assert results(send_with(token, [item])) == ["handover"]
    visitor = browse(make_assignment("head", donghu, rights).user)
    item = HandedIn.objects.get()
    make_handed_in(donghu)
    HandedIn.objects.update(unit_path=donghu.path)
    assert len(visitor.get(reverse("visits:handedin-list")).context["rows"]) == 2
    for address in ("", f"{item.pk}/"):
        answer = visitor.get(f"/api/v1/visits/trays/{address}")
        assert answer.status_code == 200, answer.content
    page = visitor.get(item.get_absolute_url())
    assert page.status_code == 200
    assert steps(visitor, item) == {"leave_out"}
    assert visitor.get("/desk/").status_code == 200
    asked = {"purpose": "contact", "format": "csv"}
    export = visitor.post(reverse("visits:handedin-export"), asked)
    assert export.getvalue().count(b"\n") == 3
    assert decide(visitor, item, "leave_out", "读不懂").status_code == 302
    assert browse(item.by).get("/desk/").status_code == 200


def test_a_text_too_deep_to_be_read_again_is_shown_as_it_was_sent(browse, lin, donghu):
    deep = '{"a": ' + "[" * 9000 + "]" * 9000 + "}"
    item = make_handed_in(donghu, body=deep)
    page = browse(lin).get(item.get_absolute_url()).content.decode()
    assert "读不成一次走访" in page


def test_another_community_finds_nothing(conflict, browse, chen, director):
    item = conflict(outcome="needs_help")
    visitor = browse(chen)
    assert visitor.get(item.get_absolute_url()).status_code == 404
    url = reverse("visits:handedin-transition", args=[item.pk, "keep_stored"])
    assert visitor.post(url, {"note": "不该看见"}).status_code == 404
    assert visitor.get(reverse("visits:handedin-list")).context["rows"] == []
    assert browse(director).get(item.get_absolute_url()).status_code == 200


def test_who_may_look_may_not_decide(conflict, browse, donghu):
    item = conflict(outcome="needs_help")
    reader = make_assignment("reader", donghu, ["view_syncitem", "view_visit"]).user
    visitor = browse(reader)
    assert steps(visitor, item) == set()
    url = reverse("visits:handedin-transition", args=[item.pk, "keep_stored"])
    assert visitor.post(url, {"note": "想改"}).status_code == 403


def test_of_no_known_unit_it_lies_with_the_street(browse, mei, lin, donghu, wang):
    item = make_handed_in(donghu, subject=wang, unit_path="")
    assert browse(mei).get(item.get_absolute_url()).status_code == 200
    assert browse(lin).get(item.get_absolute_url()).status_code == 404
    assert decide(browse(mei), item, "store").status_code == 302


@pytest.mark.parametrize("write", [int, str, float, " {} ".format, "+0{}".format])
def test_a_name_elsewhere_stays_hidden_from_who_sees_the_item(
    write, conflict, browse, director, xihu, mei
):
    stranger = make_resident(xihu, name="欧阳远")
    item, visitor = conflict(subject=stranger, write=write), browse(director)
    listed = reverse("visits:handedin-list")
    for page in (visitor.get(item.get_absolute_url()), visitor.get(listed)):
        assert "欧阳远" not in page.content.decode()
    assert steps(visitor, item) == {"keep_stored"}
    assert "欧阳远" in browse(mei).get(item.get_absolute_url()).content.decode()


def test_members_of_a_home_elsewhere_stay_hidden(conflict, browse, director, xihu):
    home = make_household(xihu)
    person = make_resident(xihu, name="欧阳远", household=home)
    item = conflict(subject=home, members=[person.pk])
    page = browse(director).get(item.get_absolute_url()).content.decode()
    assert "欧阳远" not in page
    assert home.address not in page


def test_a_decision_is_of_what_was_seen(conflict, browse, director, mei):
    item, visitor = conflict(outcome="needs_help"), browse(director)
    seen = visitor.get(item.get_absolute_url()).context["seen"]
    Visit.objects.update(note="别人刚改过")
    url = reverse("visits:handedin-transition", args=[item.pk, "take_sent"])
    answer = visitor.post(url, {"note": "以手机为准", "seen": seen})
    assert answer.status_code == 422
    assert "没有写入" in answer.content.decode()
    assert Visit.objects.get().outcome == "normal"
    assert fresh(item).status == "waiting"


def test_the_second_to_press_is_told_so(conflict, director, lin):
    item = conflict(outcome="needs_help")
    HandedInWorkflow.apply(item, "count_both", by=director)
    with pytest.raises(ValidationError, match="不能"):
        HandedInWorkflow.apply(item, "take_sent", by=lin, note="我也看了")
    assert Visit.objects.count() == 2


def test_a_failed_decision_leaves_nothing_behind(conflict, director):
    item = conflict(outcome="needs_help")
    make_visit(item.subject.org_unit, client_uuid=item.uid)
    with pytest.raises(ValidationError, match="已有人登记"):
        HandedInWorkflow.apply(item, "count_both", by=director)
    assert fresh(item).status == "waiting"
    assert not history_of(item).exists()


def test_the_menu_and_the_desk_say_how_many_wait(conflict, browse, director, chen):
    conflict(outcome="needs_help")
    desk = browse(director).get("/desk/").content.decode()
    assert "1 条待核对" in desk
    assert "离线登记核对" in desk
    assert "条待核对" not in browse(chen).get("/desk/").content.decode()


def test_whoever_sent_it_reads_what_became_of_it(conflict, browse, director):
    item = conflict(outcome="needs_help")
    sender = item.by
    Permission.objects.get(codename="view_visit").group_set.set(
        [one.role for one in sender.assignments.all()]
    )
    desk = browse(sender).get("/desk/").content.decode()
    assert "我的离线登记" in desk
    assert "<b>王阿婆</b>　待核对" in desk
    HandedInWorkflow.apply(item, "keep_stored", by=director, note="问过本人")
    desk = browse(sender).get("/desk/").content.decode()
    assert "<b>王阿婆</b>　未采用" in desk
    assert "问过本人" in desk
    assert "我的离线登记" not in browse(director).get("/desk/").content.decode()


def test_whoever_sent_what_belongs_elsewhere_reads_where_it_went(handover, browse):
    item = handover()
    desk = browse(item.by).get("/desk/").content.decode()
    assert "登记时走访对象已不归登记人负责。已转所在社区。" in desk


def test_the_list_shows_what_waits_and_on_demand_what_is_decided(
    handover, browse, chen
):
    item, visitor = handover(), browse(chen)
    url = reverse("visits:handedin-list")

    def found(**asked):
        return [row.pk for row in visitor.get(url, asked).context["rows"]]

    assert found() == found(result="handover") == [item.pk]
    assert found(state="taken") == found(result="conflict") == []
    decide(visitor, item, "store")
    assert found() == found(state="set_aside") == []
    assert found(state="taken") == found(state="decided") == [item.pk]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"clock_error": 3 * 86400}, "手机的时间慢了 3 天"),
        ({"clock_error": -7200}, "手机的时间快了 2 小时"),
        ({"is_uncertain": True}, "走访时间存疑"),
    ],
)
def test_a_wrong_clock_is_told_in_a_sentence(facts, words, browse, lin, donghu_grid):
    item = make_handed_in(donghu_grid, **facts)
    assert words in browse(lin).get(item.get_absolute_url()).content.decode()


def test_a_household_is_compared_by_who_was_met(phone, director, browse, donghu_grid):
    home = make_household(donghu_grid)
    one, two = (make_resident(donghu_grid, household=home) for _number in range(2))
    first = item_of(at=days_ago(0, 0), body=body_of(home, members=[one.pk]))
    both = body_of(home, members=[one.pk, two.pk])
    other = item_of(at=days_ago(0, 0), body=both, client_uuid=first["client_uuid"])
    assert results(send(phone, [first])) == ["created"]
    assert results(send(phone, [other])) == ["conflict"]
    item = HandedIn.objects.get()
    assert decide(browse(director), item, "take_sent", "两个都见到").status_code == 302
    visit = Visit.objects.get()
    assert set(visit.met_members.all()) == {one, two}
    [change] = history_of(visit).first().changes
    assert change["new"] == f"{one}、{two}"


def test_a_unit_that_lost_its_supervisor_is_still_seen_from_the_street(
    handover, browse, chen, mei
):
    item = handover()
    Assignment.objects.filter(user=chen).delete()
    assert browse(mei).get(item.get_absolute_url()).status_code == 200
    assert OrgUnit.objects.filter(path=item.unit_path).exists()


def chips_of(visitor, visit):
    page = visitor.get(visit.get_absolute_url())
    return [chip["text"] for chip in page.context["chips"]]


def test_a_visit_of_an_uncertain_time_says_so_until_that_is_put_right(
    phone, wang, browse, director, lin
):
    now = timezone.now()
    # Written down in the future of the phone: it has been set back since.
    items = [item_of(wang, at=now + timedelta(hours=5)), item_of(wang, at=now)]
    assert results(send(phone, items, sent_at=now)) == ["created", "created"]
    uncertain, sure = (
        Visit.objects.get(client_uuid=one["client_uuid"]) for one in items
    )
    assert chips_of(browse(director), uncertain) == ["时间存疑"]
    assert chips_of(browse(director), sure) == []
    receipt = reverse("visits:visit-receipt", args=[uncertain.pk])
    assert "时间存疑" in browse(lin).get(receipt).content.decode()
    correct_visit(
        visit=uncertain,
        values={"visited_at": now - timedelta(hours=1)},
        changes=[],
        reason="问过",
        by=director,
    )
    assert chips_of(browse(director), uncertain) == []


def test_of_two_visits_under_a_number_the_uncertain_one_says_so(
    conflict, director, browse, donghu_grid
):
    item = conflict(outcome="needs_help")
    HandedIn.objects.update(is_uncertain=True, moment=days_ago(1))
    HandedInWorkflow.apply(item, "count_both", by=director)
    first, second = Visit.objects.order_by("pk")
    assert chips_of(browse(director), second) == ["时间存疑"]
    assert chips_of(browse(director), first) == []
