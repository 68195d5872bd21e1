"""For bad weather or a festival people are seen once more, beside their rhythm."""

from datetime import datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from communities.models import Resident
from tests.factories import (
    make_extra_round,
    make_household,
    make_resident,
    make_visit_duty,
    make_visit_rule,
)
from tests.visits.conftest import DAY, TODAY, TOMORROW, YESTERDAY, days_ago
from tests.visits.test_handover_pages import names_on
from toolkit.due_list import items_for
from toolkit.history import history_of
from toolkit.metrics import metrics, totals
from toolkit.periods import Period
from visits.actions import correct_visit, follow_rounds, gather_people
from visits.day import count_due
from visits.duties import keep_rounds
from visits.models import ExtraRound, ExtraVisit, VisitDuty
from visits.workflows import ExtraRoundWorkflow

DAY_LIST = reverse("visits:today")
LATER = TODAY + 20 * DAY


@pytest.fixture
def later_duty(wang, weekly, donghu_grid):
    """Wang's next visit is not owed for weeks."""
    return make_visit_duty(donghu_grid, resident=wang, rule=weekly, next_due_on=LATER)


@pytest.fixture
def typhoon(later_duty, weekly, donghu):
    extra = make_extra_round(donghu, rules=[weekly])
    gather_people(extra)
    return extra


def noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


def outcome_of(extra):
    return extra.people.get().outcome


def test_it_is_said_whom_the_end_of_a_round_lets_go(typhoon, browse, lin):
    page = browse(lin).get(typhoon.get_absolute_url()).content.decode()
    assert "结束后不能恢复，没见到的 1 人不再催。" in page
    typhoon.people.update(dropped_on=TODAY)
    page = browse(lin).get(typhoon.get_absolute_url()).content.decode()
    assert "没见到的 0 人" in page


def test_whoever_has_a_duty_under_the_rules_is_concerned(
    weekly, monthly, donghu, donghu_grid, xihu
):
    ours = make_visit_duty(donghu_grid, rule=weekly)
    make_visit_duty(donghu_grid, rule=monthly)
    make_visit_duty(xihu, rule=weekly)
    make_visit_duty(donghu_grid, rule=weekly, until=TODAY)
    extra = make_extra_round(donghu, rules=[weekly])
    assert gather_people(extra) == 1
    assert gather_people(extra) == 0
    assert extra.people.get().resident == ours.resident


def test_who_falls_under_two_rules_is_owed_one_visit(
    weekly, monthly, wang, donghu, donghu_grid
):
    for rule in (weekly, monthly):
        make_visit_duty(donghu_grid, rule=rule, resident=wang)
    extra = make_extra_round(donghu, rules=[weekly, monthly])
    gather_people(extra)
    assert extra.people.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtraVisit.objects.create(round=extra, resident=wang, org_unit=donghu_grid)


def test_an_effective_visit_pays_it_and_a_try_in_vain_does_not(typhoon, wang, log):
    log(wang, "nobody_home", visited_at=timezone.now())
    assert outcome_of(typhoon) == "还没见到"
    visit = log(wang)
    assert (outcome_of(typhoon), typhoon.people.get().met_by) == ("已见", visit)


def test_a_visit_to_the_household_pays_it_for_who_was_met(
    typhoon, wang, donghu_grid, log
):
    wang.household = make_household(donghu_grid)
    wang.save()
    log(wang.household, members=[wang])
    assert outcome_of(typhoon) == "已见"


def test_the_rhythm_of_the_rules_is_as_it_was(typhoon, later_duty):
    before = VisitDuty.objects.values().get()
    ExtraRoundWorkflow.apply(typhoon, "close-round")
    assert VisitDuty.objects.values().get() == before
    assert before["next_due_on"] == LATER


def test_a_visit_before_the_round_does_not_pay_it(typhoon, wang, log):
    log(wang, visited_at=days_ago(1))
    assert outcome_of(typhoon) == "还没见到"


def test_a_visit_of_this_morning_counts_for_a_round_of_noon(
    later_duty, weekly, donghu, wang, log
):
    log(wang)
    extra = make_extra_round(donghu, rules=[weekly])
    gather_people(extra)
    assert outcome_of(extra) == "已见"


def test_a_correction_takes_the_visit_back_and_gives_it_again(typhoon, wang, log, lin):
    visit = log(wang)
    told = {"reason": "记错了", "by": lin, "changes": []}
    correct_visit(visit=visit, values={"outcome": "refused"}, **told)
    assert outcome_of(typhoon) == "还没见到"
    correct_visit(visit=visit, values={"outcome": "normal"}, **told)
    assert outcome_of(typhoon) == "已见"


def test_it_stands_in_the_day_with_its_occasion(typhoon, wang, lin, browse):
    page = browse(lin).get(DAY_LIST)
    assert page.context["due_homes"] == 1
    (lane,) = page.context["lanes"]
    door = lane["houses"][0]["doors"][0]
    day = f"{typhoon.last_day.month}月{typhoon.last_day.day}日前"
    assert (door["reason"], day in str(door["clock"])) == ("台风加访", True)
    assert "台风加访" in browse(lin).get(reverse("visits:sheet")).content.decode()
    assert count_due(lin) == 1


def test_who_is_due_by_a_rule_too_stands_in_the_day_once(
    typhoon, later_duty, lin, browse
):
    VisitDuty.objects.update(next_due_on=TODAY)
    page = browse(lin).get(DAY_LIST)
    assert len(names_on(page)) == page.context["due_homes"] == count_due(lin) == 1


def test_a_try_in_vain_leaves_the_day_until_tomorrow(typhoon, wang, lin, log, browse):
    log(wang, "nobody_home", visited_at=timezone.now())
    assert names_on(browse(lin).get(DAY_LIST)) == set()
    assert len(browse(lin).get(DAY_LIST).context["missed"]) == 1


@pytest.mark.parametrize(
    "days",
    [
        {"begins_on": TOMORROW},
        {"begins_on": TODAY - 3 * DAY, "last_day": YESTERDAY},
    ],
)
def test_outside_of_its_days_nothing_is_owed(days, typhoon, lin, browse):
    ExtraRound.objects.update(**days)
    assert names_on(browse(lin).get(DAY_LIST)) == set()
    assert not ExtraVisit.objects.owed(TODAY).exists()


def test_closing_lets_what_is_open_fall_and_keeps_what_was_seen(
    typhoon, wang, lin, log, browse, donghu_grid, weekly
):
    other = make_visit_duty(donghu_grid, rule=weekly, next_due_on=LATER).resident
    gather_people(typhoon)
    log(wang)
    ExtraRoundWorkflow.apply(typhoon, "close-round", by=lin)
    found = {one.resident: one.outcome for one in ExtraVisit.objects.all()}
    assert found == {wang: "已见", other: "未见到"}
    assert names_on(browse(lin).get(DAY_LIST)) == set()


def test_the_clock_closes_what_is_over(typhoon):
    keep_rounds(noon(typhoon.last_day))
    assert ExtraRound.objects.get().status == "open"
    keep_rounds(noon(typhoon.last_day + DAY))
    assert ExtraRound.objects.get().status == "closed"
    assert keep_rounds(noon(typhoon.last_day + DAY)) == 0


def test_a_visit_handed_in_after_the_end_still_counts_for_its_day(
    typhoon, wang, lin, log
):
    ExtraRound.objects.update(begins_on=TODAY - 2 * DAY, last_day=YESTERDAY)
    typhoon.refresh_from_db()
    ExtraRoundWorkflow.apply(typhoon, "close-round")
    log(wang, visited_at=days_ago(1))
    assert outcome_of(typhoon) == "已见"


def test_the_round_follows_who_comes_moves_and_dies(
    typhoon, wang, weekly, donghu_grid, second_grid
):
    newcomer = make_visit_duty(donghu_grid, rule=weekly, next_due_on=LATER).resident
    wang.org_unit = second_grid
    wang.save()
    assert follow_rounds(TODAY) == 2
    assert typhoon.people.get(resident=wang).org_unit == second_grid
    gone = Resident.objects.filter(pk=newcomer.pk)
    gone.update(ended_on=TODAY, ended_by="died")
    assert follow_rounds(TODAY) == 1
    assert follow_rounds(TODAY) == 0
    assert typhoon.people.get(resident=newcomer).outcome == "已取消"


def test_opening_a_round_in_the_browser(later_duty, weekly, donghu, lin, browse):
    visitor = browse(lin)
    sent = {"occasion": "cold", "title": "寒潮加访", "org_unit": donghu.pk}
    sent |= {"rules": [weekly.pk], "begins_on": str(TODAY), "last_day": str(TOMORROW)}
    url = reverse("visits:extraround-create")
    assert visitor.post(url, sent | {"begins_on": str(YESTERDAY)}).status_code == 422
    assert visitor.post(url, sent | {"last_day": str(YESTERDAY)}).status_code == 422
    too_long = {"last_day": str(TODAY + 31 * DAY)}
    assert visitor.post(url, sent | too_long).status_code == 422
    page = visitor.post(url, sent, follow=True).content.decode()
    assert "已发起，应见 1 人，已见 0 人。" in page
    assert "已保存" not in page
    assert history_of(ExtraRound.objects.get()).get().label == "发起加访"
    assert ExtraRound.objects.get().opened_by == lin


def test_the_number_leads_to_its_list(typhoon, lin, wang, browse, donghu_grid):
    page = browse(lin).get(typhoon.get_absolute_url())
    (line,) = page.context["sections"][0]["context"]["lines"]
    assert (line["people"], line["met"], line["left"]) == ("1", "0", 1)
    rows = browse(lin).get(f"{line['url']}&state=not-met").context["rows"]
    assert [row.resident for row in rows] == [wang]


def test_the_board_the_desk_and_the_person_tell_of_it(typhoon, wang, lin, browse):
    visitor = browse(lin)
    for url in (reverse("visits:overdue"), wang.get_absolute_url()):
        assert typhoon.title in visitor.get(url).content.decode(), url
    assert typhoon.title in [one.title for one in items_for(lin, timezone.now())]


def test_who_works_elsewhere_is_told_nothing(typhoon, chen):
    assert items_for(chen, timezone.now()) == []
    assert count_due(chen) == 0


def test_reports_count_who_was_to_be_seen_and_who_was(
    typhoon, wang, log, donghu, donghu_grid, weekly
):
    make_visit_duty(donghu_grid, rule=weekly, next_due_on=LATER)
    gather_people(typhoon)
    log(wang)
    month = Period.month_of(typhoon.last_day)
    asked = [metrics["visits.extra"], metrics["visits.extra_met"]]
    found = totals(asked, lambda rows: rows.within(donghu), month)
    assert found == {"visits.extra": 2, "visits.extra_met": 1}


def test_who_has_no_duty_is_not_concerned(typhoon, donghu_grid):
    make_resident(donghu_grid)
    assert follow_rounds(TODAY) == 0


def test_a_rule_of_another_round_changes_nothing(typhoon, donghu, donghu_grid):
    other = make_visit_rule(donghu)
    make_visit_duty(donghu_grid, rule=other, next_due_on=LATER)
    assert follow_rounds(TODAY) == 0


def test_a_visit_of_an_earlier_round_does_not_pay_the_next_one(
    typhoon, weekly, donghu, wang, log
):
    days = {"begins_on": TOMORROW, "last_day": TOMORROW + DAY}
    following = make_extra_round(donghu, rules=[weekly], **days)
    gather_people(following)
    log(wang)
    assert (outcome_of(typhoon), outcome_of(following)) == ("已见", "还没见到")


def test_who_is_put_back_on_the_rolls_is_owed_the_visit_again(typhoon, wang):
    Resident.objects.filter(pk=wang.pk).update(ended_on=TODAY, ended_by="moved_out")
    assert follow_rounds(TODAY) == 1
    Resident.objects.filter(pk=wang.pk).update(ended_on=None, ended_by="")
    assert follow_rounds(TODAY) == 1
    assert follow_rounds(TODAY) == 0
    assert outcome_of(typhoon) == "还没见到"


def test_a_visit_before_the_end_counts_however_late_it_comes(typhoon, wang, lin, log):
    ends = Resident.objects.filter(pk=wang.pk)
    ends.update(ended_on=TODAY, ended_by="died")
    follow_rounds(TODAY)
    assert outcome_of(typhoon) == "已取消"
    visit = log(wang)
    assert (outcome_of(typhoon), typhoon.people.get().met_by) == ("已见", visit)
    told = {"reason": "记错了", "by": lin, "changes": []}
    correct_visit(visit=visit, values={"outcome": "refused"}, **told)
    assert outcome_of(typhoon) == "已取消"


def test_who_dies_after_a_round_was_not_met_in_it(typhoon, wang, log):
    days = {"begins_on": TODAY - 3 * DAY, "last_day": YESTERDAY}
    ExtraRound.objects.update(status="closed", **days)
    Resident.objects.filter(pk=wang.pk).update(ended_on=TODAY, ended_by="died")
    log(wang, "nobody_home", visited_at=days_ago(1))
    typhoon.refresh_from_db()
    assert outcome_of(typhoon) == "未见到"


def test_form_and_receipt_name_the_round_for_which_one_comes(
    typhoon, wang, lin, log, browse
):
    day = f"{typhoon.last_day.month}月{typhoon.last_day.day}日前"
    url = f"{reverse('visits:visit-new')}?resident={wang.pk}"
    found = browse(lin).get(url).context["duties"]
    assert [(one["name"], one["pace"]) for one in found[1:]] == [
        ("台风加访", "要见到本人")
    ]
    assert found[1]["due"] == day
    in_vain, met, later = log(wang, "nobody_home"), log(wang), log(wang)

    def told(visit):
        page = browse(lin).get(reverse("visits:visit-receipt", args=[visit.pk]))
        return [(one["name"], one["pace"]) for one in page.context["entries"][1:]]

    assert told(met) == [("台风加访", "已见到")]
    assert told(in_vain) == told(later) == []
    assert len(browse(lin).get(url).context["duties"]) == 1


def test_the_receipt_of_a_try_in_vain_says_until_when(typhoon, wang, lin, log, browse):
    visit = log(wang, "nobody_home", visited_at=timezone.now())
    page = browse(lin).get(reverse("visits:visit-receipt", args=[visit.pk]))
    line = page.context["entries"][-1]
    assert (line["name"], line["pace"]) == ("台风加访", "这次没见到")
    assert "要见到本人" in line["words"]


def test_the_form_of_a_household_names_whom_a_round_waits_for(
    typhoon, wang, donghu_grid, lin, browse
):
    wang.household = make_household(donghu_grid)
    wang.save()
    url = f"{reverse('visits:visit-new')}?household={wang.household.pk}"
    found = browse(lin).get(url).context["duties"]
    assert ("王阿婆", "台风加访") in [(one["whom"], one["name"]) for one in found]


def test_the_day_is_named_where_the_clock_tells_another(
    typhoon, later_duty, lin, browse
):
    VisitDuty.objects.update(next_due_on=TODAY)
    day = typhoon.last_day
    page = browse(lin).get(DAY_LIST).content.decode()
    assert f"台风加访，{day.month}月{day.day}日前" in page


def test_the_round_leads_to_whom_it_waits_for(typhoon, wang, lin, log, browse):
    page = browse(lin).get(typhoon.get_absolute_url()).content.decode()
    assert "看没见到的 1 人" in page
    log(wang)
    assert (
        "看没见到的" not in browse(lin).get(typhoon.get_absolute_url()).content.decode()
    )
