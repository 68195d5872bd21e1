"""Ledgers that go without saying: a phone does not know why somebody is visited."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import (
    make_assignment,
    make_household,
    make_org_unit,
    make_relocation,
    make_resident,
    make_visit_duty,
    make_visit_rule,
)
from tests.visits.parcels import body_of, item_of, results, send
from toolkit.history import history_of
from toolkit.models import SyncItem
from visits.actions import strike_entry
from visits.forms import LogForm
from visits.models import HandedIn, LedgerEntry, Visit
from visits.views.logging import open_duties
from visits.workflows import HandedInWorkflow

ELDERLY, LOW = "services.elderly_visit", "services.low_income_visit"
SEEN = {"ledger": "safety.hazard", "fields": {"category": "gas", "text": "软管老化"}}


@pytest.fixture
def alone(street):
    return make_visit_rule(street, slug="alone-80")


@pytest.fixture
def poor(street):
    return make_visit_rule(street, slug="low-income")


@pytest.fixture
def old(donghu_grid, alone):
    """Somebody of 83 who is visited because he lives alone."""
    person = make_resident(donghu_grid, birth_on=date(1940, 1, 1))
    make_visit_duty(donghu_grid, resident=person, rule=alone)
    return person


@pytest.fixture
def phone(browse, lin):
    return browse(lin)


def item(subject, **more):
    return item_of(body=body_of(subject, **more))


def entered() -> list[str]:
    return list(LedgerEntry.objects.order_by("pk").values_list("ledger", flat=True))


def test_stands_in_the_ledger_that_the_page_would_have_ticked(phone, old, lin):
    told = item(old)
    answer = send(phone, [told])
    assert results(answer) == ["created"]
    assert answer.json()["items"][0]["entered_in"] == ["老年人探访"]
    entry = LedgerEntry.objects.get()
    form = LogForm(initial={}, subject=old, duties=open_duties(old))
    assert [entry.ledger] == form.book.initial["ledgers"] == [ELDERLY]
    assert (entry.visit, entry.entered_by) == (Visit.objects.get(), lin)
    assert history_of(entry).get().verb == "entered"
    page = phone.get(f"/visits/visits/{entry.visit_id}/receipt/").content.decode()
    assert "已记入 1 本台账" in page


def test_twice_is_once_and_the_same_receipt(phone, old):
    told = item(old)
    first, second = (send(phone, [told]).json()["items"][0] for _once in range(2))
    assert (first.pop("result"), second.pop("result")) == ("created", "duplicate")
    assert first == second
    assert entered() == [ELDERLY]


def test_a_text_whose_item_is_known_no_more_is_not_another_one(phone, old):
    told = item(old, ledgers=[SEEN])
    send(phone, [told])
    SyncItem.objects.all().delete()
    assert results(send(phone, [told])) == ["created"]
    assert sorted(entered()) == ["safety.hazard", ELDERLY]
    SyncItem.objects.all().delete()
    refused = item(old, ledgers=[SEEN], with_suggested=False)
    refused["client_uuid"] = told["client_uuid"]
    assert results(send(phone, [refused])) == ["conflict"]


def test_who_wants_none_gets_none(phone, old):
    answer = send(phone, [item(old, with_suggested=False)])
    assert results(answer) == ["created"]
    assert "entered_in" not in answer.json()["items"][0]
    assert entered() == []


@pytest.mark.parametrize("outcome", ["nobody_home", "refused"])
def test_nobody_was_met(outcome, phone, old):
    assert results(send(phone, [item(old, outcome=outcome)])) == ["created"]
    assert entered() == []


def test_what_was_told_besides_is_not_told_twice(phone, old):
    told = item(old, ledgers=[{"ledger": ELDERLY}, SEEN])
    assert results(send(phone, [told])) == ["created"]
    assert sorted(entered()) == ["safety.hazard", ELDERLY]


def test_what_only_the_visitor_knows_is_not_made_up(phone, donghu_grid, poor, alone):
    person = make_resident(donghu_grid, birth_on=date(1940, 1, 1))
    for rule in (poor, alone):
        make_visit_duty(donghu_grid, resident=person, rule=rule)
    form = LogForm(initial={}, subject=person, duties=open_duties(person))
    assert form.book.initial["ledgers"] == [ELDERLY, LOW]
    assert results(send(phone, [item(person)])) == ["created"]
    assert entered() == [ELDERLY]


@pytest.mark.parametrize("is_home", [False, True])
def test_a_duty_that_has_ended_says_nothing_any_more(
    is_home, phone, donghu_grid, alone
):
    home = make_household(donghu_grid)
    person = make_resident(donghu_grid, household=home, birth_on=date(1940, 1, 1))
    ended = {"until": timezone.localdate(), "end_reason": "子女接走"}
    make_visit_duty(donghu_grid, resident=person, rule=alone, **ended)
    assert results(send(phone, [item(home if is_home else person)])) == ["created"]
    assert entered() == []


def test_a_household_of_somebody_old(phone, donghu_grid, alone):
    home = make_household(donghu_grid)
    person = make_resident(donghu_grid, household=home, birth_on=date(1940, 1, 1))
    make_visit_duty(donghu_grid, resident=person, rule=alone)
    assert results(send(phone, [item(home)])) == ["created"]
    assert entered() == [ELDERLY]


def test_nobody_is_told_of_whom_he_may_not_visit(phone, browse, chen, old):
    answer = send(browse(chen), [item(old)])
    assert results(answer) == ["invalid"]
    assert "entered_in" not in answer.json()["items"][0]
    assert entered() == []


def test_another_person_is_not_told_where_it_stands(phone, browse, chen, old):
    told = item(old)
    send(phone, [told])
    again = send(browse(chen), [told]).json()["items"][0]
    assert "entered_in" not in again


def test_an_entry_that_was_struck_out_is_not_written_again(phone, old, lin):
    told = item(old)
    send(phone, [told])
    strike_entry(entry=LedgerEntry.objects.get(), reason="写错", by=lin)
    answer = send(phone, [told])
    assert results(answer) == ["duplicate"]
    assert "entered_in" not in answer.json()["items"][0]
    assert entered() == [ELDERLY]


def test_costs_the_same_for_many(phone, donghu_grid, alone):
    people = [
        make_resident(donghu_grid, birth_on=date(1940, 1, 1)) for _one in range(14)
    ]
    for person in people:
        make_visit_duty(donghu_grid, resident=person, rule=alone)

    def queries_of(some) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert set(results(send(phone, map_items(some)))) == {"created"}
        return len(asked)

    queries_of(people[:1])
    assert queries_of(people[1:4]) == queries_of(people[4:])
    assert entered() == [ELDERLY] * 14


def map_items(people) -> list[dict]:
    return [item(one) for one in people]


@pytest.mark.parametrize("wrong", ["yes please", [], 7, None])
def test_a_wrong_wish_is_refused(wrong, phone, old):
    answer = send(phone, [item(old, with_suggested=wrong)])
    assert results(answer) == ["invalid"]
    assert "with_suggested" in json.dumps(answer.json())
    assert entered() == []


def test_what_a_person_lets_in_is_entered_too(phone, browse, donghu_grid, xihu, alone):
    grid = make_org_unit("grid", "330381002902001", parent=xihu)
    person = make_resident(grid, birth_on=date(1940, 1, 1))
    make_relocation(grid, resident=person, from_unit=donghu_grid)
    make_visit_duty(grid, resident=person, rule=alone)
    assert results(send(phone, [item(person)])) == ["handover"]
    rights = ["view_syncitem", "change_syncitem", "view_visit", "add_visit"]
    director = make_assignment("xihu-director", xihu, rights).user
    HandedInWorkflow.apply(HandedIn.objects.get(), "store", by=director)
    assert entered() == [ELDERLY]


@pytest.fixture
def moved(donghu_grid, xihu, alone):
    """Somebody of 83, visited because he lives alone, who moved to Xihu."""
    grid = make_org_unit("grid", "330381002902001", parent=xihu)
    person = make_resident(grid, birth_on=date(1940, 1, 1))
    make_relocation(grid, resident=person, from_unit=donghu_grid)
    make_visit_duty(grid, resident=person, rule=alone)
    return person


def director_of(unit):
    rights = ["view_syncitem", "change_syncitem", "view_visit", "add_visit"]
    return make_assignment("director", unit, rights).user


def test_before_it_is_let_in_its_page_names_what_will_be_entered(
    phone, browse, xihu, moved
):
    assert results(send(phone, [item(moved, ledgers=[SEEN])])) == ["handover"]
    kept, director = HandedIn.objects.get(), director_of(xihu)
    page = browse(director).get(kept.get_absolute_url())
    [said] = [one for one in page.context["sections"] if "记入的台账" in one["title"]]
    facts = {str(one["label"]): one["value"] for one in said["context"]["facts"]}
    assert facts == {
        "安全隐患": "燃气，隐患描述 软管老化",
        "老年人探访": "按走访任务自动记入",
    }
    HandedInWorkflow.apply(kept, "store", by=director)
    assert {entry.name for entry in LedgerEntry.objects.all()} == set(facts)
    after = browse(director).get(kept.get_absolute_url()).content.decode()
    assert "记入的台账" not in after


@pytest.mark.parametrize(
    "told", [{"with_suggested": False}, {"outcome": "nobody_home"}]
)
def test_where_nothing_will_be_entered_nothing_is_named(
    told, phone, browse, xihu, moved
):
    send(phone, [item(moved, **told)])
    page = browse(director_of(xihu)).get(HandedIn.objects.get().get_absolute_url())
    assert "登记为走访" in page.content.decode()
    assert "记入的台账" not in page.content.decode()


def test_who_may_not_let_it_in_is_not_told_why_somebody_is_visited(
    phone, browse, xihu, moved
):
    send(phone, [item(moved)])
    reader = make_assignment("reader", xihu, ["view_syncitem", "view_visit"]).user
    page = browse(reader).get(HandedIn.objects.get().get_absolute_url())
    assert "老年人探访" not in page.content.decode()


def test_a_second_visit_is_entered_besides_and_its_page_says_so(
    phone, browse, old, donghu
):
    told = item(old)
    other = item(old, note="第二次去的。") | {"client_uuid": told["client_uuid"]}
    assert results(send(phone, [told, other])) == ["created", "conflict"]
    kept, director = HandedIn.objects.get(), director_of(donghu)
    page = browse(director).get(kept.get_absolute_url()).content.decode()
    assert "选“两份都算”后另外记入的台账" in page
    HandedInWorkflow.apply(kept, "count_both", by=director)
    assert entered() == [ELDERLY] * 2


def test_the_schema_tells_of_both(browse, lin):
    schema = browse(lin).get("/api/v1/schema/?format=json").json()
    parts = schema["components"]["schemas"]
    told = parts["SyncVisit"]["properties"]["with_suggested"]
    assert "tick first" in told["description"]
    assert "entered_in" in parts["Answer"]["properties"]
