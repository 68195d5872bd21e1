"""What holds for every ledger of every app. A new ledger is tested on arrival."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_assignment,
    make_household,
    make_organisation,
    make_resident,
    make_visit_duty,
    make_visit_rule,
)
from tests.visits.parcels import body_of, item_of, results, send
from toolkit.audit import events_of
from toolkit.history import history_of
from toolkit.metrics import metrics, totals
from toolkit.periods import Period
from visits.declared import SUBJECT_KINDS, ledgers
from visits.models import LedgerEntry, Visit

NEW = reverse("visits:visit-new")
every_ledger = pytest.mark.parametrize("ledger", ledgers.values(), ids=list(ledgers))
asking = [one for one in ledgers.values() if any(q.is_required for q in one.asks)]
every_asking = pytest.mark.parametrize("ledger", asking, ids=lambda one: one.slug)
# What the visits of part 2 are to be entered into.
WANTED = {
    "services.condolence",
    "services.elderly_visit",
    "services.low_income_visit",
    "services.volunteering",
    "safety.dispute_clue",
    "safety.hazard",
    "governance.suggestion",
}
TYPED = {"amount": "200.50", "quantity": "3", "minutes": "40"}
MADE = {"amount": Decimal("200.50"), "quantity": 3, "minutes": 40}


@pytest.fixture
def subject_of(donghu_grid):
    """Return somebody whom a ledger is about: over eighty, on every list."""

    def make(ledger):
        made = {
            "resident": lambda: make_resident(donghu_grid, birth_on="1940-05-06"),
            "household": lambda: make_household(donghu_grid),
            "organisation": lambda: make_organisation(donghu_grid),
        }
        subject = made[ledger.fits[0]]()
        subject.refresh_from_db()
        return subject

    return make


def told(ledger) -> dict[str, str]:
    """Return an answer to each question, as a page or a phone sends it."""
    return {
        one.column: one.choices[0][0]
        if one.choices
        else TYPED.get(one.column, "一句话")
        for one in ledger.asks
    }


def kept(ledger) -> dict:
    return {column: MADE.get(column, value) for column, value in told(ledger).items()}


def prefix_of(ledger) -> str:
    return f"ledger-{ledger.slug.replace('.', '-')}"


def form_of(ledger, answers: dict) -> dict:
    """Return what a browser sends when the ledger was tapped and answered."""
    sent = {"client_uuid": str(uuid4()), "method": "door", "when": "now"}
    sent |= {"outcome": "normal", "next": "rule", "ledgers": [ledger.slug]}
    return sent | {f"{prefix_of(ledger)}-{n}": value for n, value in answers.items()}


def address_of(subject) -> str:
    return f"{NEW}?{subject._meta.model_name}={subject.pk}"


def this_month() -> Period:
    return Period.month_of(timezone.localdate())


def test_the_ledgers_of_field_work_are_there():
    assert set(ledgers) >= WANTED


@every_ledger
def test_says_what_it_is_about(ledger):
    assert str(ledger.about).endswith("。")
    assert ledger.fits
    assert set(ledger.fits) <= set(SUBJECT_KINDS)
    columns = [one.column for one in ledger.asks]
    assert len(columns) == len(set(columns))
    assert set(columns) <= {field.name for field in LedgerEntry._meta.fields}
    for asked in ledger.asks:
        assert not asked.first or asked.first in dict(asked.choices)


@every_ledger
def test_is_offered_to_whom_it_fits_and_asks_what_it_asks(
    ledger, subject_of, browse, lin
):
    subject = subject_of(ledger)
    page = browse(lin).get(address_of(subject)).content.decode()
    assert f'value="{ledger.slug}"' in page
    for asked in ledger.asks:
        assert f'name="{prefix_of(ledger)}-{asked.column}"' in page
    # A browser would send nothing while something out of sight is demanded.
    own = page.partition('name="ledgers"')[2].partition("</fieldset>")[0]
    assert " required" not in own


@every_ledger
def test_is_written_with_the_visit_and_told_everywhere(
    ledger, subject_of, browse, lin, mei
):
    subject = subject_of(ledger)
    sent = form_of(ledger, told(ledger))
    receipt = browse(lin).post(address_of(subject), sent, follow=True).content.decode()
    entry, visit = LedgerEntry.objects.get(), Visit.objects.get()
    assert (entry.visit, entry.ledger, entry.org_unit) == (
        visit,
        ledger.slug,
        visit.org_unit,
    )
    answers = {name: getattr(entry, name) for name in kept(ledger)}
    assert answers == kept(ledger)
    assert "已记入 1 本台账" in receipt
    for page in (receipt, browse(mei).get(visit.get_absolute_url()).content.decode()):
        assert entry.get_absolute_url() in page
        assert str(ledger.label) in page
    listed = browse(mei).get(
        reverse("visits:ledgerentry-list"), {"ledger": ledger.slug}
    )
    assert [row.pk for row in listed.context["rows"]] == [entry.pk]
    assert history_of(entry).get().label == "记入台账"
    assert events_of(entry).filter(verb="entered").count() == 1


@every_ledger
def test_is_counted_once_and_added_up(ledger, subject_of, browse, lin):
    subject = subject_of(ledger)
    browse(lin).post(address_of(subject), form_of(ledger, told(ledger)))
    own = [one for one in metrics.values() if one.slug.startswith(ledger.slug)]
    found = totals(own, lambda rows: rows.in_scope_of(lin), this_month())
    assert found.pop(ledger.slug) == 1
    answers = kept(ledger)
    if "minutes" in answers:
        answers["minutes"] *= answers.get("quantity", 1)
    sums = {
        f"{ledger.slug}_{name}": answers[name]
        for name in ("amount", "minutes")
        if name in answers
    }
    assert found == sums


@every_ledger
def test_a_phone_hands_it_in_as_the_page_does(ledger, subject_of, browse, lin):
    subject = subject_of(ledger)
    answers = [{"ledger": ledger.slug, "fields": told(ledger)}]
    item = item_of(body=body_of(subject, ledgers=answers))
    assert results(send(browse(lin), [item])) == ["created"]
    assert results(send(browse(lin), [item])) == ["duplicate"]
    entry = LedgerEntry.objects.get()
    assert {name: getattr(entry, name) for name in kept(ledger)} == kept(ledger)
    assert history_of(entry).get().by == lin


@every_asking
def test_a_tapped_one_without_its_answers_is_refused_beside_them(
    ledger, subject_of, browse, lin
):
    subject = subject_of(ledger)
    empty = {asked.column: "" for asked in ledger.asks}
    answer = browse(lin).post(address_of(subject), form_of(ledger, empty))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Visit.objects.exists()
    for asked in ledger.asks:
        if asked.is_required:
            assert f'id="id_{prefix_of(ledger)}-{asked.column}_error"' in page
    body = body_of(subject, ledgers=[{"ledger": ledger.slug, "fields": empty}])
    assert results(send(browse(lin), [item_of(body=body)])) == ["invalid"]
    assert not Visit.objects.exists()


@every_asking
def test_one_that_was_not_tapped_is_ignored_whatever_it_says(
    ledger, subject_of, browse, lin
):
    sent = form_of(ledger, {"amount": "lots", "text": "3" * 500}) | {"ledgers": []}
    assert browse(lin).post(address_of(subject_of(ledger)), sent).status_code == 302
    assert not LedgerEntry.objects.exists()


@every_ledger
def test_is_chosen_first_for_the_people_of_its_rules(
    ledger, subject_of, browse, lin, street, donghu_grid
):
    subject = subject_of(ledger)
    chosen = browse(lin).get(address_of(subject)).context["form"].book.initial
    assert chosen == {"ledgers": []}
    for slug in ledger.rules:
        rule = make_visit_rule(street, slug=slug)
        make_visit_duty(donghu_grid, resident=subject, rule=rule)
        chosen = browse(lin).get(address_of(subject)).context["form"].book.initial
        assert ledger.slug in chosen["ledgers"]


@every_ledger
def test_is_not_offered_elsewhere(ledger, browse, chen, subject_of):
    assert browse(chen).get(address_of(subject_of(ledger))).status_code == 404


@every_ledger
def test_its_figures_stand_on_the_home_of_its_pillar(ledger, browse, street):
    one = metrics[ledger.slug]
    sees = make_assignment("sees", street, permissions=["view_ledgerentry"]).user
    page = browse(sees).get(reverse(f"{ledger.pillar}:home"))
    labels = [figure["label"] for figure in page.context["figures"]]
    assert one.label in labels
    blind = make_assignment("blind", street, permissions=["view_visit"]).user
    assert one.label not in [
        figure["label"]
        for figure in browse(blind)
        .get(reverse(f"{ledger.pillar}:home"))
        .context["figures"]
    ]
