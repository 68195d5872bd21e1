"""Ledgers in what a phone hands in: asked as the page asks, all or nothing."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_resident
from tests.visits.parcels import body_of, item_of, results, send
from visits.actions import strike_entry
from visits.actions.entries import Answer
from visits.declared import ledgers
from visits.models import LedgerEntry, Visit

SEEN = {"ledger": "safety.hazard", "fields": {"category": "gas", "text": "软管老化"}}
CARE = {"ledger": "services.elderly_visit"}


@pytest.fixture
def phone(browse, lin):
    return browse(lin)


def item(subject, *ledgers, **more):
    return item_of(body=body_of(subject, ledgers=list(ledgers), **more))


def test_visits_with_several_ledgers_are_written_in_one_go(phone, wang, donghu_grid):
    others = [make_resident(donghu_grid) for _one in range(3)]
    items = [item(one, SEEN) for one in others] + [item(wang, SEEN, CARE), item(wang)]
    assert results(send(phone, items)) == ["created"] * 5
    assert Visit.objects.count() == 5
    assert LedgerEntry.objects.count() == 5
    assert LedgerEntry.objects.filter(visit__resident=wang).count() == 2


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([{"ledger": "no.such"}], "没有这本台账"),
        ([{"ledger": "safety.hazard"}], "隐患描述：请填写。"),
        ([SEEN, SEEN], "选了不止一次"),
        ([SEEN | {"fields": {"category": "gas", "text": "13800138000"}}], "请删掉"),
        ([SEEN | {"fields": {"category": "gas", "text": ["x"]}}], ""),
        ([SEEN | {"fields": {"category": "gas", "text": "x\x00"}}], ""),
        ([SEEN | {"fields": [1]}], ""),
        ([{"fields": {}}], ""),
        (["safety.hazard"], ""),
        ("safety.hazard", ""),
        (None, ""),
        ([CARE] * 31, ""),
    ],
)
def test_what_cannot_be_entered_is_told_and_the_rest_is_taken(
    told, sentence, phone, wang, donghu_grid
):
    wrong = item_of(body=body_of(wang, ledgers=told))
    answer = send(phone, [wrong, item(make_resident(donghu_grid), SEEN)])
    assert results(answer) == ["invalid", "created"]
    reasons = json.dumps(answer.json()["items"][0]["errors"], ensure_ascii=False)
    assert "ledgers" in reasons
    assert sentence in reasons
    assert LedgerEntry.objects.count() == Visit.objects.count() == 1


def test_who_was_not_met_was_given_nothing(phone, wang):
    gift = {"ledger": "services.condolence", "fields": {}}
    gift["fields"] = {"category": "illness", "amount": "200", "receipt": "本人"}
    answer = send(phone, [item(wang, gift, outcome="nobody_home")])
    assert results(answer) == ["invalid"]
    assert results(send(phone, [item(wang, SEEN, outcome="nobody_home")])) == [
        "created"
    ]


def test_a_number_whose_visit_stands_in_other_ledgers_waits_for_a_person(
    phone, wang, log, lin
):
    told = item(wang, SEEN)
    log(wang, client_uuid=told["client_uuid"])
    assert results(send(phone, [told])) == ["conflict"]
    assert not LedgerEntry.objects.exists()


def test_a_number_whose_ledger_tells_otherwise_waits_for_a_person(
    phone, wang, log, lin
):
    other = Answer(ledgers["safety.hazard"], {"category": "gas", "text": "灶具漏气"})
    told = item(wang, SEEN)
    log(wang, client_uuid=told["client_uuid"], entries=[other])
    assert results(send(phone, [told])) == ["conflict"]
    same = item(wang, SEEN)
    said = Answer(ledgers["safety.hazard"], SEEN["fields"])
    log(wang, client_uuid=same["client_uuid"], entries=[said])
    assert results(send(phone, [same])) == ["created"]
    assert LedgerEntry.objects.count() == 2


def test_an_entry_that_was_struck_since_is_no_other_text(phone, wang, lin):
    told = item(wang, SEEN)
    assert results(send(phone, [told])) == ["created"]
    strike_entry(entry=LedgerEntry.objects.get(), reason="写错", by=lin)
    assert results(send(phone, [told])) == ["duplicate"]
    assert LedgerEntry.objects.count() == 1


def queries_of(phone, items) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert set(results(send(phone, items))) == {"created"}
    return len(asked)


def test_ledgers_cost_nothing_where_there_are_none_and_little_where_there_are(
    phone, donghu_grid
):
    people = [make_resident(donghu_grid) for _one in range(30)]
    send(phone, [item(people[0], SEEN)])
    bare = queries_of(phone, [item_of(one) for one in people[:3]])
    assert queries_of(phone, [item_of(one) for one in people[3:13]]) == bare
    some = queries_of(phone, [item(one, SEEN) for one in people[13:16]])
    assert queries_of(phone, [item(one, SEEN) for one in people[16:26]]) == some
    assert some - bare <= 3
