"""A caseload changes hands only by the word of the one who receives it."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Assignment
from tests.factories import (
    make_caseload,
    make_extra_round,
    make_hand_over,
    make_resident,
    make_visit,
    make_visit_duty,
)
from tests.visits.conftest import DAY, TODAY, TOMORROW, YESTERDAY, days_ago
from tests.visits.test_caseloads import who
from toolkit.history import history_of
from visits.actions import gather_people, log_visit
from visits.guards import why_not_giver, why_not_offer
from visits.models import Caseload, HandOver, HandOverStatus
from visits.responsibility import units_to_hand_over
from visits.workflows import HandOverWorkflow


@pytest.fixture
def offer(wu, xia, donghu_grid):
    """Wu, whose grid it is, has offered it to Xia."""
    make_caseload(donghu_grid, worker=wu, since=TODAY - 30 * DAY)

    def call(**fields):
        parties = {"from_worker": wu, "to_worker": xia, "proposed_by": wu}
        row = make_hand_over(donghu_grid, **parties | fields)
        return HandOverWorkflow.apply(row, "offer", by=fields.get("proposed_by", wu))

    return call


def accept(row, by):
    HandOverWorkflow.apply(row, "accept", by=by)
    row.refresh_from_db()
    return row


def substitution(**fields):
    return {"kind": "substitute", "last_day": TODAY + 3 * DAY} | fields


def test_an_offer_changes_nothing_until_it_is_accepted(offer, donghu_grid, wu, xia):
    row = offer()
    assert who(donghu_grid, TODAY) == wu
    accept(row, xia)
    assert who(donghu_grid, YESTERDAY) == wu
    assert who(donghu_grid, TODAY) == xia
    assert row.begins_on == TODAY
    assert Caseload.objects.get(worker=xia).hand_over == row


@pytest.mark.parametrize("name", ["wu", "dai", "lin"])
def test_nobody_accepts_in_the_place_of_the_receiver(name, offer, request):
    row = offer()
    with pytest.raises(ValidationError, match="本人"):
        accept(row, request.getfixturevalue(name))
    assert HandOver.objects.get().status == HandOverStatus.OFFERED


def test_who_works_elsewhere_is_refused(offer, chen):
    with pytest.raises(PermissionDenied):
        accept(offer(), chen)


def test_the_director_offers_what_somebody_left_behind(
    offer, dai, wu, xia, donghu_grid
):
    wu.is_active = False
    wu.save()
    accept(offer(proposed_by=dai), xia)
    assert who(donghu_grid, TODAY) == xia


def test_the_director_may_receive_himself_what_he_has_offered(offer, dai, donghu_grid):
    accept(offer(proposed_by=dai, to_worker=dai), dai)
    assert who(donghu_grid, TODAY) == dai


def test_a_colleague_offers_nothing_in_the_name_of_another(donghu_grid, wu, xia):
    make_caseload(donghu_grid, worker=wu)
    row = make_hand_over(donghu_grid, from_worker=wu, to_worker=xia, proposed_by=wu)
    with pytest.raises(ValidationError, match="移交人"):
        HandOverWorkflow.apply(row, "offer", by=xia)


def test_what_is_declined_comes_back_with_the_reason(offer, wu, xia, donghu_grid):
    row = offer()
    with pytest.raises(ValidationError, match="意见"):
        HandOverWorkflow.apply(row, "decline", by=xia)
    HandOverWorkflow.apply(row, "decline", by=xia, note="下周我也休假")
    assert history_of(row).first().note == "下周我也休假"
    assert who(donghu_grid, TODAY) == wu
    row = HandOverWorkflow.apply(row, "revise", by=wu)
    assert row.is_draft


def test_what_is_recalled_cannot_be_accepted(offer, wu, xia):
    row = offer()
    HandOverWorkflow.apply(row, "recall", by=wu)
    with pytest.raises(ValidationError):
        accept(row, xia)


def test_a_substitute_stands_in_and_the_grid_comes_back(offer, donghu_grid, wu, xia):
    accept(offer(**substitution()), xia)
    days = [who(donghu_grid, TODAY + n * DAY) for n in (0, 3, 4)]
    assert days == [xia, xia, wu]


def test_accepted_late_it_begins_on_the_day_of_the_acceptance(offer, donghu_grid, xia):
    row = offer()
    HandOver.objects.filter(pk=row.pk).update(takes_effect_on=TODAY - 5 * DAY)
    assert accept(row, xia).begins_on == TODAY
    assert who(donghu_grid, YESTERDAY) != xia


def test_accepted_early_it_begins_on_its_day(offer, donghu_grid, wu, xia):
    accept(offer(takes_effect_on=TODAY + 2 * DAY), xia)
    days = [who(donghu_grid, TODAY + n * DAY) for n in (0, 1, 2)]
    assert days == [wu, wu, xia]


def test_a_substitution_that_is_over_is_not_accepted(offer, xia):
    row = offer(**substitution(last_day=TODAY))
    dates = {"takes_effect_on": TODAY - 3 * DAY, "last_day": YESTERDAY}
    HandOver.objects.filter(pk=row.pk).update(**dates)
    with pytest.raises(ValidationError, match="已经过了"):
        accept(row, xia)


def test_what_has_changed_hands_since_is_not_accepted(offer, donghu_grid, xia, lin):
    row = offer(takes_effect_on=TOMORROW)
    make_caseload(donghu_grid, worker=lin, since=TODAY)
    with pytest.raises(ValidationError, match="已经换了"):
        accept(row, xia)


def test_a_grid_given_to_two_is_taken_by_one(offer, donghu_grid, dai, xia):
    first, second = offer(), offer(to_worker=dai)
    accept(first, xia)
    with pytest.raises(ValidationError):
        accept(second, dai)
    assert Caseload.objects.filter(since=TODAY).count() == 1


def test_the_receiver_must_be_able_to_go_there(offer, xia, xihu):
    Assignment.objects.filter(user=xia).update(org_unit=xihu)
    with pytest.raises(ValidationError, match="打不开|没有走访的岗位"):
        offer()


def test_whose_assignment_has_ended_cannot_accept_any_more(offer, xia, donghu):
    row = offer(takes_effect_on=TODAY + 9 * DAY)
    Assignment.objects.filter(user=xia).update(ends_on=TOMORROW)
    with pytest.raises(ValidationError, match="没有走访的岗位"):
        accept(row, xia)


def test_a_substitute_must_be_there_on_the_last_day_too(offer, xia):
    row = offer(**substitution())
    Assignment.objects.filter(user=xia).update(ends_on=TOMORROW)
    with pytest.raises(ValidationError, match="没有走访的岗位"):
        accept(row, xia)


@pytest.mark.parametrize("name", ["wu", "xia", "dai"])
def test_a_substitution_may_end_early(name, request, offer, donghu_grid, wu, xia):
    row = accept(offer(**substitution()), xia)
    HandOverWorkflow.apply(row, "end-early", by=request.getfixturevalue(name))
    assert [who(donghu_grid, TODAY + n * DAY) for n in (0, 1)] == [xia, wu]


def test_a_substitution_that_has_not_begun_never_does(offer, donghu_grid, wu, xia):
    begins = {"takes_effect_on": TOMORROW + DAY}
    row = accept(offer(**substitution(**begins)), xia)
    HandOverWorkflow.apply(row, "end-early", by=wu)
    assert [who(donghu_grid, TODAY + n * DAY) for n in (0, 2, 3)] == [wu, wu, wu]
    accept(offer(**substitution(**begins)), xia)
    assert who(donghu_grid, TODAY + 2 * DAY) == xia


def test_what_was_handed_over_for_good_is_not_ended(offer, xia):
    row = accept(offer(), xia)
    with pytest.raises(ValidationError, match="长期移交"):
        HandOverWorkflow.apply(row, "end-early", by=xia)


@pytest.fixture
def open_things(donghu_grid, second_grid, weekly):
    """A late visit, an alarm and an appointment; and one that is not due."""
    late = make_visit_duty(donghu_grid, rule=weekly, next_due_on=YESTERDAY)
    alarm = make_visit_duty(
        donghu_grid, rule=weekly, next_due_on=TODAY + 9 * DAY, misses=3
    )
    alarm.last_miss, alarm.last_missed_at = "nobody_home", days_ago(1)
    alarm.save()
    make_visit_duty(donghu_grid, rule=weekly, next_due_on=TODAY + 9 * DAY)
    make_visit_duty(second_grid, rule=weekly, next_due_on=YESTERDAY)
    agreed = make_visit(donghu_grid, follow_up_on=TOMORROW)
    return late, alarm, agreed


def test_the_acceptance_keeps_what_was_open_then(offer, xia, open_things):
    late, alarm, agreed = open_things
    row = accept(offer(), xia)
    found = {(one.kind, one.duty, one.visit) for one in row.matters.all()}
    assert found == {
        ("late", late, None),
        ("alarm", alarm, None),
        ("appointment", None, agreed),
    }
    assert row.people == 3
    assert row.matter_words == "连续未见 1 项、超期 1 项、约好再去 1 项"


def test_what_was_kept_stays_when_the_visit_is_paid(offer, xia, open_things):
    late, _alarm, _agreed = open_things
    row = accept(offer(), xia)
    log_visit(subject=late.resident, outcome="normal", by=xia, client_uuid=uuid4())
    assert row.matters.filter(duty=late, kind="late", due_on=YESTERDAY).exists()


def test_who_lives_elsewhere_is_not_in_the_list(offer, xia, second_grid, weekly):
    resident = make_resident(second_grid)
    make_visit_duty(second_grid, rule=weekly, resident=resident, next_due_on=YESTERDAY)
    assert not accept(offer(), xia).matters.exists()


def test_a_substitute_gives_the_grid_to_nobody(donghu_grid, wu, xia):
    make_caseload(donghu_grid, worker=wu)
    dates = {"since": TODAY, "until": TOMORROW + DAY, "kind": "substitute"}
    make_caseload(donghu_grid, worker=xia, **dates)
    assert not units_to_hand_over(xia).exists()
    assert list(units_to_hand_over(wu)) == [donghu_grid]
    row = make_hand_over(donghu_grid, from_worker=wu, to_worker=xia, proposed_by=xia)
    with pytest.raises(ValidationError, match="移交人和社区负责人"):
        HandOverWorkflow.apply(row, "offer", by=xia)
    assert why_not_offer(row, xia)
    assert why_not_giver(row, wu) == ""


def test_time_promised_to_another_is_not_passed_over(offer, dai, wu, xia):
    tenth = TODAY + 10 * DAY
    accept(offer(takes_effect_on=tenth), xia)
    with pytest.raises(ValidationError, match=f"从.*{tenth.day}日起已定由人员xia负责"):
        offer(to_worker=dai)
    with pytest.raises(ValidationError, match="已定由人员xia负责"):
        offer(to_worker=dai, **substitution(last_day=tenth))
    until = accept(offer(to_worker=dai, **substitution(last_day=tenth - DAY)), dai)
    assert until.was_accepted


def test_what_was_promised_since_the_offer_is_not_passed_over(offer, dai, xia):
    first, second = offer(takes_effect_on=TODAY + 10 * DAY), offer(to_worker=dai)
    accept(first, xia)
    with pytest.raises(ValidationError, match="已定由人员xia负责"):
        accept(second, dai)


def test_a_round_that_is_running_is_open_until_the_person_was_seen(
    offer, xia, lin, weekly, donghu_grid, donghu, second_grid
):
    waiting, seen = (
        make_visit_duty(donghu_grid, rule=weekly, next_due_on=TODAY + 9 * DAY)
        for _number in range(2)
    )
    make_visit_duty(second_grid, rule=weekly, next_due_on=TODAY + 9 * DAY)
    extra = make_extra_round(donghu, rules=[weekly])
    gather_people(extra)
    form = {"outcome": "normal", "by": lin, "client_uuid": uuid4()}
    log_visit(subject=seen.resident, **form)
    row = accept(offer(), xia)
    (matter,) = row.matters.all()
    assert (matter.extra.resident, matter.kind) == (waiting.resident, "extra")
    assert matter.due_on == extra.last_day
    assert row.matter_words == "加访 1 项"


def test_a_draft_is_discarded_and_only_an_offer_recalled(donghu_grid, wu, xia):
    make_caseload(donghu_grid, worker=wu)
    row = make_hand_over(donghu_grid, from_worker=wu, to_worker=xia, proposed_by=wu)
    steps = [step.name for step in HandOverWorkflow.available(row, wu)]
    assert steps == ["offer", "discard"]
    assert not HandOverWorkflow.available(row, xia)
    row = HandOverWorkflow.apply(row, "discard", by=wu)
    assert row.get_status_display() == "已作废"
    assert not HandOverWorkflow.available(row, wu)
