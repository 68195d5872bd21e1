"""One visit in several ledgers: entered with it or later, struck out, never twice."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from safety.ledgers import HAZARD
from services.ledgers import CONDOLENCE, ELDERLY, VOLUNTEERS
from tests.factories import (
    make_assignment,
    make_ledger_entry,
    make_organisation,
    make_resident,
    make_team,
    make_visit,
)
from tests.visits.conftest import TODAY, days_ago
from toolkit.history import history_of
from toolkit.metrics import metrics, totals
from toolkit.periods import Period
from visits.actions import correct_visit, enter_later, log_visit, strike_entry
from visits.actions.entries import Answer, Told, enter
from visits.declared import ledgers
from visits.forms import LogForm
from visits.models import LedgerEntry, Visit

NEW = reverse("visits:visit-new")
LIST = reverse("visits:ledgerentry-list")
GIFT = Answer(
    CONDOLENCE,
    {
        "category": "illness",
        "amount": Decimal("200.00"),
        "text": "",
        "receipt": "本人签收",
    },
)
SEEN = Answer(HAZARD, {"category": "gas", "text": "软管老化"})
CARE = Answer(ELDERLY, {})


@pytest.fixture
def keeper(donghu_grid):
    """Logs visits in grid 1 and may not change those of others."""
    can = ["add_visit", "view_visit", "view_ledgerentry", "view_resident"]
    return make_assignment("keeper", donghu_grid, permissions=can).user


def sent(*slugs, **answers):
    """Return what a browser sends: the ledgers that were tapped, and all fields."""
    told = {"client_uuid": str(uuid4()), "method": "door", "when": "now"}
    told |= {"outcome": "normal", "next": "rule", "ledgers": list(slugs)}
    return told | answers


def gift(**changed):
    answers = {"category": "illness", "amount": "200", "receipt": "本人签收"} | changed
    return {
        f"ledger-services-condolence-{name}": text for name, text in answers.items()
    }


def form_of(subject):
    return f"{NEW}?{subject._meta.model_name}={subject.pk}"


def strike_url(entry):
    return reverse("visits:ledgerentry-strike", args=[entry.pk])


def enter_url(visit):
    return reverse("visits:visit-enter", args=[visit.pk])


def count_of(slug) -> dict:
    own = [one for one in metrics.values() if one.slug.startswith(slug)]
    return totals(own, lambda rows: rows, Period.month_of(TODAY))


def test_visit_and_entries_are_one_transaction(wang, lin):
    twice = [GIFT, GIFT]
    with pytest.raises(ValidationError, match="选了不止一次"):
        log_visit(
            subject=wang, outcome="normal", by=lin, client_uuid=uuid4(), entries=twice
        )
    assert not Visit.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_the_same_form_sent_twice_is_entered_once(wang, lin, browse):
    form = sent("services.condolence", **gift())
    for _again in range(2):
        assert browse(lin).post(form_of(wang), form).status_code == 302
    assert LedgerEntry.objects.count() == 1


def test_no_visit_stands_twice_in_a_ledger(log, wang, lin):
    visit = log(wang, entries=[GIFT])
    with pytest.raises(IntegrityError), transaction.atomic():
        enter([Told(visit, [GIFT])], lin)


def test_an_amount_is_not_negative(donghu_grid):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_ledger_entry(donghu_grid, amount=-1)


def test_a_struck_entry_names_who_and_why(donghu_grid, lin):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_ledger_entry(donghu_grid, struck_on=TODAY, struck_by=lin)


def test_an_entry_bears_unit_and_day_of_its_visit(log, wang, lin):
    visit = log(wang, visited_at=days_ago(3), entries=[GIFT, CARE])
    for entry in visit.ledger_entries.all():
        assert entry.org_unit == visit.org_unit
        assert entry.happened_on == TODAY - timedelta(days=3)
        assert entry.entered_by == lin


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"amount": ""}, "慰问金和慰问品至少填一项。"),
        ({"amount": "-5"}, "不能小于 0.01。"),
        ({"amount": "0"}, "不能小于 0.01。"),
        ({"amount": "20.005"}, "金额最多两位小数。"),
        ({"amount": "两百"}, "请填数字。"),
        ({"amount": "9" * 30}, "不能大于 100000"),
        ({"amount": "NaN"}, "请填数字。"),
        ({"amount": "1e9999"}, "不能大于 100000"),
        ({"category": ""}, "请选一项。"),
        ({"category": "bribe"}, "请选一项。"),
        ({"receipt": ""}, "请填写。"),
        ({"receipt": "\u200b"}, "请填写。"),
        ({"receipt": "13800138000"}, "请删掉"),
        ({"text": "330381194001010018"}, "请删掉"),
        ({"text": "米" * 61}, "最多写60个字。"),
    ],
)
def test_what_cannot_be_entered_is_refused_beside_its_field(
    answers, sentence, wang, lin, browse
):
    form = sent("services.condolence", **gift(**answers))
    answer = browse(lin).post(form_of(wang), form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "有 1 处需要补填或更正：" in page
    assert not Visit.objects.exists()


def test_what_is_missing_of_visit_and_ledger_is_told_at_once(wang, lin, browse):
    form = sent("safety.hazard", when="other")
    page = browse(lin).post(form_of(wang), form).content.decode()
    assert "有 3 处需要补填或更正：" in page
    assert '<a href="#id_ledger-safety-hazard-text">隐患描述</a>' in page
    assert '<a href="#id_ledger-safety-hazard-category_0">隐患类别</a>' in page


def test_a_refused_form_keeps_what_was_typed_for_a_ledger(wang, lin, browse):
    form = sent("services.condolence", when="other", **gift(text="大米一袋"))
    page = browse(lin).post(form_of(wang), form).content.decode()
    assert 'value="大米一袋"' in page
    assert 'value="200"' in page


def test_a_ledger_that_does_not_fit_is_neither_offered_nor_taken(
    donghu_grid, lin, browse
):
    shop, young = make_organisation(donghu_grid), make_resident(donghu_grid)
    young.birth_on = TODAY - timedelta(days=365 * 30)
    young.save()
    for subject, slug in ((shop, CONDOLENCE.slug), (young, ELDERLY.slug)):
        assert slug not in browse(lin).get(form_of(subject)).content.decode()
        answer = browse(lin).post(form_of(subject), sent(slug, **gift()))
        assert answer.status_code == 422
    with pytest.raises(ValidationError, match="不适用于这个走访对象"):
        log_visit(
            subject=shop,
            outcome="normal",
            by=lin,
            client_uuid=uuid4(),
            entries=[GIFT],
        )
    assert not Visit.objects.exists()


def test_who_was_born_when_nobody_knows_may_be_old(donghu_grid):
    assert ELDERLY.is_about(make_resident(donghu_grid, birth_on=None))


def test_a_form_about_nobody_yet_offers_every_ledger():
    offered = LogForm(subject=None).book.offered
    assert [one.slug for one in offered] == list(ledgers)


def test_where_nobody_was_met_only_what_was_seen_is_entered(wang, lin, browse):
    form = sent(
        "services.condolence",
        "safety.hazard",
        outcome="nobody_home",
        **{"ledger-safety-hazard-category": "gas"},
        **{"ledger-safety-hazard-text": "门口有煤气味"},
    )
    assert browse(lin).post(form_of(wang), form).status_code == 302
    assert LedgerEntry.objects.get().ledger == "safety.hazard"


def test_nobody_is_given_anything_who_was_not_met(wang, lin):
    with pytest.raises(ValidationError, match="没有见到人的走访不能记入"):
        log_visit(
            subject=wang,
            outcome="refused",
            by=lin,
            client_uuid=uuid4(),
            entries=[GIFT],
        )


def test_a_struck_entry_stays_readable_and_counts_no_longer(log, wang, lin, browse):
    visit = log(wang, entries=[GIFT, CARE])
    entry = visit.ledger_entries.get(ledger=CONDOLENCE.slug)
    assert count_of(CONDOLENCE.slug) == {
        "services.condolence": 1,
        "services.condolence_amount": 200,
    }
    answer = browse(lin).post(strike_url(entry), {"note": "金额写错"}, follow=True)
    page = answer.content.decode()
    assert "已作废" in page
    assert "金额写错" in page
    assert "慰问金 200.00 元" in page
    assert set(count_of(CONDOLENCE.slug).values()) == {0}
    rows = browse(lin).get(LIST).context["rows"]
    assert [row.ledger for row in rows] == [ELDERLY.slug]
    struck = browse(lin).get(LIST, {"state": "struck"}).context["rows"]
    assert [row.pk for row in struck] == [entry.pk]
    assert [line.label for line in history_of(entry)] == ["作废", "记入台账"]
    receipt = browse(lin).get(reverse("visits:visit-receipt", args=[visit.pk]))
    assert "已记入 1 本台账" in receipt.content.decode()


def test_a_strike_wants_a_reason_and_happens_once(log, wang, lin, browse):
    entry = log(wang, entries=[GIFT]).ledger_entries.get()
    assert browse(lin).post(strike_url(entry), {"note": " "}).status_code == 422
    strike_entry(entry=entry, reason="重复", by=lin)
    again = browse(lin).post(strike_url(entry), {"note": "再来"})
    assert again.status_code == 422
    assert "已经作废" in again.content.decode()
    entry.refresh_from_db()
    assert entry.strike_reason == "重复"


def test_whoever_may_correct_the_visit_strikes_and_enters(
    log, wang, lin, keeper, browse
):
    visit = log(wang, by=keeper, entries=[GIFT])
    entry = visit.ledger_entries.get()
    pages = strike_url(entry), enter_url(visit)
    assert [browse(keeper).get(url).status_code for url in pages] == [200, 200]
    Visit.objects.update(created_at=days_ago(1))
    assert [browse(keeper).get(url).status_code for url in pages] == [403, 403]
    assert [browse(lin).get(url).status_code for url in pages] == [200, 200]
    assert (
        "作废</a>" not in browse(keeper).get(entry.get_absolute_url()).content.decode()
    )


def test_entries_elsewhere_are_not_found(xihu, lin, browse):
    entry = make_ledger_entry(xihu)
    pages = strike_url(entry), enter_url(entry.visit)
    for url in pages:
        assert browse(lin).get(url).status_code == 404
        assert browse(lin).post(url, {"note": "试"}).status_code == 404
    entry.refresh_from_db()
    assert entry.struck_on is None


def test_a_wrong_amount_is_struck_and_entered_anew(log, wang, lin, browse):
    visit = log(wang, entries=[GIFT])
    strike_entry(entry=visit.ledger_entries.get(), reason="金额写错", by=lin)
    form = {"ledgers": [CONDOLENCE.slug]} | gift(amount="300")
    answer = browse(lin).post(enter_url(visit), form, follow=True)
    assert "已记入 1 本台账。" in answer.content.decode()
    assert visit.ledger_entries.standing().get().amount == 300
    assert visit.ledger_entries.count() == 2
    assert count_of(CONDOLENCE.slug)["services.condolence_amount"] == 300


def test_later_entries_ask_for_a_ledger_and_its_answers(log, wang, lin, browse):
    visit = log(wang, entries=[CARE])
    offered = browse(lin).get(enter_url(visit)).content.decode()
    assert CONDOLENCE.slug in offered
    assert ELDERLY.slug not in offered
    for form, sentence in (
        ({}, "请至少选一本台账。"),
        ({"ledgers": [CONDOLENCE.slug]}, "请填写。"),
        ({"ledgers": [ELDERLY.slug]}, "请选一项。"),
    ):
        answer = browse(lin).post(enter_url(visit), form)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    with pytest.raises(ValidationError, match="已经记入“老年人探访”台账"):
        enter_later(visit=visit, answers=[CARE], by=lin)
    assert LedgerEntry.objects.count() == 1


def test_a_correction_to_nobody_met_strikes_what_takes_a_meeting(log, wang, lin):
    visit = log(wang, entries=[GIFT, SEEN])
    values = {"outcome": "nobody_home"}
    correct_visit(visit=visit, values=values, reason="点错了", by=lin, changes=[])
    assert [one.ledger for one in visit.ledger_entries.standing()] == [HAZARD.slug]
    struck = visit.ledger_entries.get(ledger=CONDOLENCE.slug)
    assert (struck.strike_reason, struck.struck_by) == ("点错了", lin)
    assert history_of(struck).first().note == "点错了"


def test_a_correction_of_the_day_takes_the_entries_along(log, wang, lin):
    visit = log(wang, entries=[GIFT])
    values = {"visited_at": days_ago(5)}
    correct_visit(visit=visit, values=values, reason="补记", by=lin, changes=[])
    assert visit.ledger_entries.get().happened_on == TODAY - timedelta(days=5)


def test_minutes_of_volunteers_count_for_each_of_them(log, wang):
    hours = Answer(VOLUNTEERS, {"quantity": 3, "minutes": 40})
    log(wang, entries=[hours])
    assert count_of(VOLUNTEERS.slug)["services.volunteering_minutes"] == 120


def test_the_list_adds_up_what_was_asked_for(log, wang, lin, browse):
    log(wang, entries=[GIFT])
    log(wang, entries=[GIFT, Answer(VOLUNTEERS, {"quantity": 3, "minutes": 40})])
    asked = browse(lin).get(LIST, {"happened_from": str(TODAY)})
    assert asked.context["count_text"] == "符合条件 3 条，合计 400.00 元，合计 120 分钟"
    ours = browse(lin).get(LIST, {"ledger": "safety.hazard"})
    assert ours.context["count_text"] == "符合条件 0 条"
    assert browse(lin).get(LIST).context["count_text"] == "共 3 条"


def test_a_ledger_may_keep_records_of_its_own(log, wang, lin, donghu, browse):
    team = make_team(donghu)

    def write(*, visit, answers, by):
        assert (visit.resident, answers, by) == (wang, GIFT.told, lin)
        return team

    visit = log(wang)
    own = replace(CONDOLENCE, write=write)
    [entry] = enter([Told(visit, [Answer(own, GIFT.told)])], lin)
    entry.refresh_from_db()
    assert entry.record == team
    assert entry.address_of_record == team.get_absolute_url()
    page = browse(lin).get(entry.get_absolute_url()).content.decode()
    assert team.get_absolute_url() in page


def test_an_entry_of_a_ledger_that_is_gone_can_still_be_read(donghu_grid, lin, browse):
    entry = make_ledger_entry(donghu_grid, ledger="former.ledger", text="旧事")
    assert browse(lin).get(entry.get_absolute_url()).status_code == 200
    receipt = reverse("visits:visit-receipt", args=[entry.visit_id])
    assert browse(lin).get(receipt).status_code == 200
    assert browse(lin).get(LIST).status_code == 200


def test_a_visit_without_ledgers_says_nothing_of_them(donghu_grid, lin, browse):
    visit = make_visit(donghu_grid)
    receipt = reverse("visits:visit-receipt", args=[visit.pk])
    assert "本台账" not in browse(lin).get(receipt).content.decode()


def test_words_of_an_entry_stay_out_of_history_and_trail(log, wang):
    entry = log(wang, entries=[SEEN]).ledger_entries.get()
    line = history_of(entry).get()
    assert "软管" not in str(line.changes) + line.note


def test_entries_are_of_the_day_on_which_somebody_went(log, wang):
    log(wang, visited_at=days_ago(70), entries=[GIFT])
    then = Period.month_of(TODAY - timedelta(days=70))
    rows = metrics[CONDOLENCE.slug].rows
    assert rows(then).count() == 1
    assert rows(Period.month_of(TODAY)).count() == 0
