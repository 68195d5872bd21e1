"""Visits are corrected, never deleted; the duties follow."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import make_assignment
from tests.visits.conftest import TODAY, days_ago
from toolkit.audit import readers_of
from toolkit.history import history_of
from visits.actions import correct_visit
from visits.models import DueVisit, Visit

LOGS = ["add_visit", "view_visit"]


@pytest.fixture
def keeper(donghu_grid):
    """Logs visits in grid 1 and may not change those of others."""
    return make_assignment("keeper", donghu_grid, permissions=LOGS).user


def correct(visit, by, **values):
    return correct_visit(visit=visit, values=values, reason="记错了", by=by, changes=[])


def sent(visit, **changed):
    values = {
        "method": visit.method,
        "visited_at": f"{visit.visited_at.astimezone():%Y-%m-%dT%H:%M}",
        "outcome": visit.outcome,
        "note": visit.note,
        "follow_up_on": "",
        "reason": "点错了",
    }
    return values | changed


def url_of(visit):
    return reverse("visits:visit-correct", args=[visit.pk])


def test_undoing_a_meeting_makes_the_visit_owed_again(log, wang, duty, lin):
    visit = log(wang)
    correct(visit, lin, outcome="nobody_home")
    duty.refresh_from_db()
    assert duty.last_visited_on is None
    assert duty.next_due_on == TODAY - timedelta(days=1)
    assert DueVisit.objects.open().get(duty=duty).due_on == duty.next_due_on


def test_what_became_unnecessary_falls_away_and_stays_in_the_table(
    log, wang, duty, lin
):
    correct(log(wang), lin, outcome="refused")
    assert DueVisit.objects.filter(duty=duty, dropped_on=TODAY).count() == 1
    assert DueVisit.objects.filter(duty=duty).count() == 2


def test_turning_a_miss_into_a_meeting_moves_the_duty(log, wang, duty, lin):
    correct(log(wang, "nobody_home"), lin, outcome="normal")
    duty.refresh_from_db()
    assert (duty.misses, duty.retry_on) == (0, None)
    assert duty.next_due_on == TODAY + timedelta(days=7)


def test_another_day_moves_the_next_visit(log, wang, duty, lin):
    correct(log(wang), lin, visited_at=days_ago(3))
    duty.refresh_from_db()
    assert duty.next_due_on == TODAY + timedelta(days=4)


def test_later_visits_are_told_again_after_a_correction(log, wang, duty, lin):
    first = log(wang, visited_at=days_ago(8))
    log(wang)
    correct(first, lin, outcome="nobody_home")
    met = DueVisit.objects.get(duty=duty, met_on__isnull=False)
    assert (met.due_on, met.met_on) == (TODAY - timedelta(days=1), TODAY)


def test_undoing_a_meeting_reopens_the_appointment_it_kept(log, wang, lin):
    first = log(wang, "needs_help", visited_at=days_ago(1))
    correct(log(wang), lin, outcome="nobody_home")
    first.refresh_from_db()
    assert first.followed_up_on is None


def test_a_correction_after_the_duty_ended_keeps_it_ended(log, wang, duty, lin):
    visit = log(wang, visited_at=days_ago(1))
    type(duty).objects.filter(pk=duty.pk).update(until=TODAY)
    DueVisit.objects.open().filter(duty=duty).update(dropped_on=TODAY)
    correct(visit, lin, outcome="nobody_home")
    assert not DueVisit.objects.open().filter(duty=duty).exists()
    assert not DueVisit.objects.filter(duty=duty, met_on__isnull=False).exists()


def test_its_author_corrects_a_visit_on_the_same_day(log, wang, keeper, browse):
    visit = log(wang, by=keeper)
    response = browse(keeper).post(url_of(visit), sent(visit, outcome="changed"))
    assert response.status_code == 302
    visit.refresh_from_db()
    assert visit.outcome == "changed"
    line = history_of(visit).first()
    assert (line.label, line.note) == ("更正", "点错了")


def test_its_author_does_not_correct_it_on_the_next_day(log, wang, keeper, browse):
    visit = log(wang, by=keeper)
    Visit.objects.update(created_at=days_ago(1))
    assert browse(keeper).get(url_of(visit)).status_code == 403


def test_somebody_else_without_the_right_does_not_correct_it(log, wang, keeper, browse):
    assert browse(keeper).get(url_of(log(wang))).status_code == 403


def test_a_supervisor_corrects_an_old_visit(log, wang, lin, mei, browse):
    visit = log(wang)
    Visit.objects.update(created_at=days_ago(30))
    response = browse(mei).post(url_of(visit), sent(visit, outcome="refused"))
    assert response.status_code == 302
    visit.refresh_from_db()
    assert (visit.outcome, visit.logged_by) == ("refused", lin)


def test_a_correction_wants_a_reason_and_a_change(log, wang, lin, browse):
    visit = log(wang)
    no_reason = browse(lin).post(url_of(visit), sent(visit, reason=""))
    no_change = browse(lin).post(url_of(visit), sent(visit))
    assert (no_reason.status_code, no_change.status_code) == (422, 422)
    assert "没有改动，请修改后再提交。" in no_change.content.decode()


def test_a_correction_into_the_future_is_refused(log, wang, lin, browse):
    visit = log(wang)
    future = f"{TODAY + timedelta(days=2)}T10:00"
    response = browse(lin).post(url_of(visit), sent(visit, visited_at=future))
    assert response.status_code == 422
    assert "不能晚于现在" in response.content.decode()


def test_a_visit_of_another_community_cannot_be_corrected(log, wang, chen, browse):
    assert browse(chen).get(url_of(log(wang))).status_code == 404


def test_the_history_of_a_correction_holds_no_words_of_the_note(log, wang, lin, browse):
    visit = log(wang, note="女儿在家")
    browse(lin).post(url_of(visit), sent(visit, note="儿子在家"))
    changes = history_of(visit).first().changes
    assert [change["field"] for change in changes] == ["note"]
    assert "在家" not in str(changes)


@pytest.mark.parametrize(
    "edge", ["0001-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"]
)
def test_the_edge_of_the_calendar_is_no_correction(edge, log, wang, browse, lin):
    visit = log(wang)
    told = browse(lin).post(url_of(visit), sent(visit, visited_at=edge))
    assert told.status_code == 422
    assert Visit.objects.get().visited_at == visit.visited_at


def test_a_correction_of_something_else_than_was_seen_is_refused(
    log, wang, lin, mei, browse
):
    visit = log(wang, "needs_help")
    page = browse(lin).get(url_of(visit))
    correct(visit, mei, outcome="refused")
    stale = sent(visit, note="已联系女儿", seen=page.context["seen"])
    response = browse(lin).post(url_of(visit), stale)
    assert response.status_code == 422
    assert "这次没有写入" in response.content.decode()
    visit.refresh_from_db()
    assert (visit.outcome, visit.note) == ("refused", "")


def test_who_opens_a_correction_has_read_the_visit(log, wang, mei, browse):
    visit = log(wang)
    browse(mei).get(url_of(visit))
    assert [event.actor for event in readers_of(visit)] == [mei]


def test_a_correction_of_what_was_seen_is_written(log, wang, lin, browse):
    visit = log(wang)
    page = browse(lin).get(url_of(visit))
    again = sent(visit, outcome="changed", seen=page.context["seen"])
    assert browse(lin).post(url_of(visit), again).status_code == 302


@pytest.mark.parametrize("days", [3, 2])
def test_a_visit_does_not_move_behind_its_own_appointment(days, log, wang, lin, browse):
    visit = log(wang, visited_at=days_ago(9))
    Visit.objects.update(follow_up_on=TODAY - timedelta(days=3))
    agreed = f"{TODAY - timedelta(days=3)}"
    day = f"{TODAY - timedelta(days=days)}T10:00"
    late = sent(visit, visited_at=day, follow_up_on=agreed)
    answer = browse(lin).post(url_of(visit), late)
    assert answer.status_code == 422
    assert "约定再访的日子要在走访之后" in answer.content.decode()
    visit.refresh_from_db()
    assert visit.visited_at == days_ago(9)


def test_a_visit_moves_before_an_appointment_that_has_passed(log, wang, lin):
    visit = log(wang, visited_at=days_ago(9))
    Visit.objects.update(follow_up_on=TODAY - timedelta(days=3))
    assert correct(visit, lin, visited_at=days_ago(4)).visited_at == days_ago(4)
