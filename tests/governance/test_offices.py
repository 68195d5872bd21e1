"""How an office ends early, and how it is handed over: recall, resignation, pack."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.models import Recall, TermTransfer
from governance.workflows import (
    RecallWorkflow,
    ResignationWorkflow,
    TermTransferWorkflow,
)
from tests.factories.elections import (
    TODAY,
    make_committee_member,
    make_recall,
    make_resignation,
    make_transfer,
    make_transfer_item,
)

DAY = timedelta(days=1)


def refusal_of(workflow, case, step, by=None, note="") -> str:
    with pytest.raises(ValidationError) as refused:
        workflow.apply(case, step, by=by, note=note)
    return refused.value.messages[0]


@pytest.mark.parametrize(("callers", "is_enough"), [(19, False), (20, True)])
def test_a_tenth_of_the_voters_calls_for_a_recall(donghu, mei, callers, is_enough):
    recall = make_recall(donghu, callers=callers, callers_of=200)
    if is_enough:
        assert RecallWorkflow.apply(recall, "accept", by=mei).status == "accepted"
        return
    refusal = refusal_of(RecallWorkflow, recall, "accept", by=mei)
    assert "第二十条第一款" in refusal
    dismissed = RecallWorkflow.apply(recall, "dismiss", by=mei, note="人数不足")
    assert dismissed.status == "dismissed"


def test_a_demand_of_enough_people_is_not_turned_down(donghu, mei):
    assert "已达到" in refusal_of(
        RecallWorkflow, make_recall(donghu), "dismiss", by=mei, note="不办"
    )


def test_nobody_is_recalled_unheard(donghu, mei):
    recall = make_recall(donghu, status="accepted")
    assert "状态下不能" in refusal_of(RecallWorkflow, recall, "pass-recall", by=mei)
    assert "申辩意见" in refusal_of(RecallWorkflow, recall, "hear", by=mei)
    assert (
        RecallWorkflow.apply(recall, "hear", by=mei, note="放弃申辩").status == "heard"
    )


def make_voted(unit, by, **ballots):
    votes = {"entitled": 200, "returned": 101, "in_favour": 51} | ballots
    return make_recall(unit, status="heard", voted_on=TODAY, typed_by=by, **votes)


@pytest.mark.parametrize(
    ("returned", "in_favour", "passes"),
    [(101, 51, True), (101, 50, False), (100, 100, False), (102, 51, False)],
)
def test_a_recall_passes_with_more_than_half_of_both(
    donghu, mei, lin, returned, in_favour, passes
):
    recall = make_voted(donghu, lin, returned=returned, in_favour=in_favour)
    good, bad = ("pass", "fail") if passes else ("fail", "pass")
    refusal = refusal_of(RecallWorkflow, recall, f"{bad}-recall", by=mei)
    assert "第二十条第二款" in refusal
    assert refusal_of(RecallWorkflow, recall, f"{bad}-recall") == refusal
    RecallWorkflow.apply(recall, f"{good}-recall", by=mei)
    recall.member.refresh_from_db()
    assert (recall.member.left_on == TODAY) is passes


def test_whoever_counted_does_not_confirm(donghu, mei):
    recall = make_voted(donghu, mei)
    assert "第二人" in refusal_of(RecallWorkflow, recall, "pass-recall", by=mei)


def test_the_vote_is_typed_after_the_hearing(browse, mei, donghu):
    recall = make_recall(donghu, status="heard")
    url = reverse("governance:recall-update", args=[recall.pk])
    data = {"voted_on": TODAY, "entitled": 200, "returned": 120, "in_favour": 90}
    assert browse(mei).post(url, data | {"returned": 201}).status_code == 422
    assert browse(mei).post(url, data).status_code == 302
    assert Recall.objects.get().typed_by == mei


@pytest.mark.parametrize(
    "words", [{"called_by": "households"}, {"mode": "representatives"}]
)
def test_in_a_village_all_voters_recall(browse, mei, donghu, words):
    donghu.rule_profile = "village"
    donghu.save()
    data = {"member": make_committee_member(donghu).pk, "proposed_on": TODAY}
    data |= {"reason": "不履职", "called_by": "voters", "mode": "voters"}
    data |= {"callers": 40, "callers_of": 200} | words
    answer = browse(mei).post(reverse("governance:recall-create"), data)
    assert answer.status_code == 422
    assert "第十九条" in answer.content.decode()


def test_a_resignation_ends_the_office_when_a_meeting_agrees(donghu, mei):
    case = make_resignation(donghu)
    ResignationWorkflow.apply(case, "agree", by=mei, note="12月1日居民代表会议")
    case.member.refresh_from_db()
    assert (case.member.left_on, case.member.leave_reason) == (TODAY, "辞职")


def test_a_hand_over_waits_until_all_is_counted_and_named(donghu, mei):
    transfer = make_transfer(donghu)
    make_transfer_item(donghu, transfer=transfer)
    refusal = refusal_of(TermTransferWorkflow, transfer, "sign-giver", by=mei)
    assert "公章" in refusal
    assert "第二十五条" in refusal
    transfer.items.update(checked_on=TODAY)
    assert "监交人" in refusal_of(TermTransferWorkflow, transfer, "sign-giver", by=mei)


def test_giver_taker_and_witness_sign(donghu, mei):
    names = {"giver": "林海", "taker": "陈梅", "witness": "王平"}
    transfer = make_transfer(donghu, **names)
    for step in ("sign-giver", "sign-taker", "sign-witness"):
        transfer = TermTransferWorkflow.apply(transfer, step, by=mei)
    assert TermTransfer.objects.get().done_on == TODAY
    assert TermTransfer.objects.in_time().exists()


def test_a_signed_list_stays_as_it_is(browse, mei, donghu):
    transfer = make_transfer(donghu, status="given")
    item = make_transfer_item(donghu, transfer=transfer)
    url = reverse("governance:transferitem-update", args=[item.pk])
    assert browse(mei).get(url).status_code == 400


@pytest.mark.parametrize(("days", "is_late"), [(10, False), (11, True)])
def test_a_hand_over_is_late_after_ten_days(browse, mei, donghu, days, is_late):
    began = TODAY - days * DAY
    transfer = make_transfer(donghu, began_on=began, due_on=began + 10 * DAY)
    page = browse(mei).get(transfer.get_absolute_url()).content.decode()
    assert ("超期 1 天" in page) is is_late
    assert "第二十五条" in page


def test_the_pack_holds_all_that_is_handed_over(browse, mei, chen, donghu):
    transfer = make_transfer(donghu, giver="林海")
    make_transfer_item(donghu, transfer=transfer, amount="1枚")
    url = reverse("governance:transfer-pack", args=[transfer.pk])
    answer = browse(mei).get(url)
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        text = "".join(
            book.read(name).decode()
            for name in book.namelist()
            if name.startswith("xl/worksheets/")
        )
    for words in ("公章", "1枚", "林海"):
        assert words in text
    assert browse(chen).get(url).status_code == 404
