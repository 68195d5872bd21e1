"""What the generic screens do differently here."""

from datetime import timedelta

import pytest
from django.urls import reverse

from communities.sections import offered
from tests.factories import (
    make_assignment,
    make_resident,
    make_visit,
    make_visit_duty,
    make_visit_rule,
)
from tests.visits.conftest import TODAY, days_ago
from visits.models import DueVisit, VisitDuty, VisitRule

ENROL = reverse("visits:visitduty-create")


def enrolment(person, rule, **changed):
    values = {
        "resident": person.pk,
        "rule": rule.pk,
        "since": TODAY.isoformat(),
        "reason": "刚出院",
    }
    return values | changed


def test_a_person_is_enrolled_with_a_reason(wang, weekly, lin, browse):
    response = browse(lin).post(ENROL, enrolment(wang, weekly))
    duty = VisitDuty.objects.get()
    assert response.url == duty.get_absolute_url()
    assert (duty.reason, duty.enrolled_by) == ("刚出院", lin)
    assert DueVisit.objects.open().get().duty == duty


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": ""},
        {"resident": "0"},
        {"resident": "x"},
        {"since": "2099-01-01"},
        {"since": "1990-01-01"},
    ],
)
def test_an_incomplete_enrolment_is_refused(changed, wang, weekly, lin, browse):
    response = browse(lin).post(ENROL, enrolment(wang, weekly, **changed))
    assert response.status_code == 422
    assert not VisitDuty.objects.exists()


def test_a_second_enrolment_under_one_rule_gets_a_sentence(
    wang, duty, weekly, lin, browse
):
    page = browse(lin).post(ENROL, enrolment(wang, weekly))
    assert page.status_code == 422
    assert "已在这项走访名单里" in page.content.decode()


def test_nobody_of_another_community_is_enrolled(wang, weekly, chen, browse):
    assert browse(chen).post(ENROL, enrolment(wang, weekly)).status_code == 422
    assert not VisitDuty.objects.exists()


def test_who_is_seen_is_not_enrolled_where_nobody_may(
    wang, weekly, donghu, xihu, browse
):
    """A keeper here who is a worker next door enrols nobody here."""
    user = make_assignment("both", xihu).user
    make_assignment("looks", donghu, permissions=["view_resident"], user=user)
    form = browse(user).get(f"{ENROL}?resident={wang.pk}")
    assert form.context["resident"] is None
    assert browse(user).post(ENROL, enrolment(wang, weekly)).status_code == 422
    assert not VisitDuty.objects.exists()


def test_a_duty_ends_with_a_reason_and_owes_nothing_more(duty, lin, browse):
    url = reverse("visits:visitduty-close", args=[duty.pk])
    browse(lin).post(url, {"note": "搬去女儿家"})
    duty.refresh_from_db()
    assert (duty.until, duty.end_reason) == (TODAY, "搬去女儿家")
    assert not DueVisit.objects.open().exists()


def test_a_duty_that_has_ended_is_not_ended_again(duty, lin, browse):
    url = reverse("visits:visitduty-close", args=[duty.pk])
    browse(lin).post(url, {"note": "搬走"})
    again = browse(lin).post(url, {"note": "再办"})
    assert again.status_code == 422
    assert "再办" in again.content.decode()
    duty.refresh_from_db()
    assert duty.end_reason == "搬走"


def test_ended_duties_are_listed_only_for_whoever_asks(donghu, lin, browse):
    ended = make_visit_duty(donghu, until=TODAY)
    url = reverse("visits:visitduty-list")
    assert ended not in browse(lin).get(url).context["rows"]
    assert ended in browse(lin).get(f"{url}?state=ended").context["rows"]


@pytest.mark.parametrize(
    ("state", "expected"), [("late", ["late"]), ("today", ["late", "due"])]
)
def test_duties_are_filtered_by_how_they_stand(state, expected, donghu, lin, browse):
    for name, days in (("late", -2), ("due", 0), ("later", 3)):
        person = make_resident(donghu, name=name)
        due = TODAY + timedelta(days=days)
        make_visit_duty(donghu, resident=person, next_due_on=due)
    url = reverse("visits:visitduty-list")
    rows = browse(lin).get(f"{url}?state={state}").context["rows"]
    assert [str(row) for row in rows] == expected


def test_a_worker_reads_the_rules_of_the_street_and_cannot_edit_them(
    weekly, donghu, browse
):
    held = ["view_visitrule", "change_visitrule"]
    user = make_assignment("worker", donghu, permissions=held).user
    visitor = browse(user)
    assert visitor.get(weekly.get_absolute_url()).status_code == 200
    assert (
        visitor.get(reverse("visits:visitrule-update", args=[weekly.pk])).status_code
        == 404
    )


def test_an_edited_rule_looks_for_its_people_again(weekly, mei, browse):
    VisitRule.objects.update(enrolled_on=TODAY)
    url = reverse("visits:visitrule-update", args=[weekly.pk])
    form = browse(mei).get(url).context["form"]
    values = {k: v for k, v in form.initial.items() if v not in (None, False)}
    browse(mei).post(url, values | {"interval": 2})
    weekly.refresh_from_db()
    assert (weekly.interval, weekly.enrolled_on) == (2, None)


def test_a_rule_for_everybody_alone_is_refused(weekly, mei, browse):
    url = reverse("visits:visitrule-update", args=[weekly.pk])
    form = browse(mei).get(url).context["form"]
    values = {k: v for k, v in form.initial.items() if v not in (None, False)}
    response = browse(mei).post(url, values | {"only_alone": "on"})
    assert response.status_code == 422


def test_visits_of_one_person_are_listed_by_number(donghu, lin, browse):
    ours, _other = make_visit(donghu), make_visit(donghu)
    url = f"{reverse('visits:visit-list')}?resident={ours.resident_id}"
    assert browse(lin).get(url).context["rows"] == [ours]


def test_the_page_of_a_person_shows_visits_chips_and_why_it_is_red(
    log, wang, duty, lin
):
    log(wang, "nobody_home", visited_at=days_ago(2))
    duty.refresh_from_db()
    [banner] = offered("resident", "banner", wang, lin)
    assert banner["title"] == "走访超期 1 天。"
    assert "80岁以上独居每周一次" in banner["text"]
    assert {"text": "80岁以上独居", "tone": ""} in offered(
        "resident", "chip", wang, lin
    )
    section = next(
        one
        for one in offered("resident", "section", wang, lin)
        if one["title"] == "走访"
    )
    assert section["context"]["visits"][0]["is_alarm"]


def test_a_stranger_is_told_nothing_about_a_person(log, wang, duty, chen):
    log(wang)
    for part in ("banner", "chip", "section", "action"):
        theirs = [
            one for one in offered("resident", part, wang, chen) if "走访" in str(one)
        ]
        assert theirs == [], part


def test_a_rule_of_another_community_is_not_for_our_people(wang, xihu, mei, browse):
    rule = make_visit_rule(xihu)
    page = browse(mei).post(ENROL, enrolment(wang, rule))
    assert page.status_code == 422
    assert "别的社区" in page.content.decode()


def test_the_newest_visit_heads_the_timeline(wang, log, lin, browse):
    for days, note in ((3, "三天前"), (1, "昨天"), (2, "前天")):
        log(wang, visited_at=days_ago(days), note=note)
    page = browse(lin).get(wang.get_absolute_url()).content.decode()
    assert page.index("昨天") < page.index("前天") < page.index("三天前")
