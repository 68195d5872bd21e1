"""An appointment follows the person; it ends with the person's registration."""

from datetime import timedelta

import pytest
from django.urls import reverse

from communities.models import Organisation
from tests.factories import make_household, make_visit_duty
from tests.visits.conftest import TODAY, days_ago
from visits.actions import correct_visit
from visits.day import day_of
from visits.whom import whom_of

ADDRESS = "西湖路99号"


@pytest.fixture
def appointment(wang, log):
    """Wang is under no rule, needs help, and was to be seen again by today."""
    return log(wang, "needs_help", visited_at=days_ago(1, hour=9))


@pytest.fixture
def moved(appointment, wang, xihu):
    """Wang has moved from Donghu to Xihu since."""
    wang.household = make_household(xihu, address=ADDRESS)
    wang.org_unit = xihu
    wang.save()
    return wang


def waiting(user, unit=None):
    return [door.whom for door in day_of(user, unit).due]


def correct(visit, by, **values):
    return correct_visit(visit=visit, values=values, reason="记错", by=by, changes=[])


def test_nobody_waits_for_the_dead(appointment, wang, lin):
    wang.ended_on, wang.ended_by = TODAY, "died"
    wang.save()
    assert waiting(lin) == []


@pytest.mark.parametrize("model", ["household", "organisation"])
def test_nobody_waits_at_a_closed_door(model, log, lin, donghu_grid):
    subject = (
        make_household(donghu_grid)
        if model == "household"
        else Organisation.objects.create(org_unit=donghu_grid, name="南门小吃")
    )
    log(subject, "needs_help", visited_at=days_ago(1, hour=9))
    assert waiting(lin) == [whom_of(subject)]
    subject.closed_on = TODAY
    subject.save()
    assert waiting(lin) == []


def test_an_appointment_goes_where_the_person_went(moved, lin, chen, donghu, xihu, mei):
    assert waiting(lin) == []
    assert waiting(chen) == [whom_of(moved)]
    assert waiting(mei, donghu) == []
    assert waiting(mei, xihu) == [whom_of(moved)]


def test_the_old_visit_does_not_tell_the_new_address(appointment, moved, lin, browse):
    page = browse(lin).get(appointment.get_absolute_url()).content.decode()
    assert ADDRESS not in page
    assert "已不在走访时的社区或网格" in page
    assert f"resident={moved.pk}" not in page


def test_the_old_visit_tells_the_address_of_who_stayed(
    appointment, wang, donghu_grid, lin, browse
):
    wang.household = make_household(donghu_grid, address="凤山巷7号")
    wang.save()
    page = browse(lin).get(appointment.get_absolute_url()).content.decode()
    assert "凤山巷7号" in page
    assert f"resident={wang.pk}" in page


def test_an_old_receipt_does_not_tell_the_new_duties(
    appointment, moved, weekly, xihu, lin, browse
):
    make_visit_duty(xihu, resident=moved, rule=weekly)
    url = reverse("visits:visit-receipt", args=[appointment.pk])
    assert weekly.name not in browse(lin).get(url).content.decode()


def test_the_dead_are_not_offered_another_visit(appointment, wang, lin, browse):
    wang.ended_on, wang.ended_by = TODAY, "died"
    wang.save()
    page = browse(lin).get(appointment.get_absolute_url()).content.decode()
    assert f"resident={wang.pk}" not in page


def test_a_late_entry_about_the_dead_makes_no_appointment(wang, log):
    wang.ended_on, wang.ended_by = TODAY, "died"
    wang.save()
    assert log(wang, "needs_help", visited_at=days_ago(2)).follow_up_on is None


def test_an_appointment_that_was_taken_back_stays_away(appointment, lin):
    correct(appointment, lin, follow_up_on=None)
    appointment.refresh_from_db()
    assert appointment.follow_up_on is None
    correct(appointment, lin, note="女儿已经来了")
    appointment.refresh_from_db()
    assert appointment.follow_up_on is None


def test_a_correction_to_needs_help_makes_the_appointment(wang, log, lin):
    visit = log(wang, visited_at=days_ago(0, hour=0))
    correct(visit, lin, outcome="needs_help")
    visit.refresh_from_db()
    assert visit.follow_up_on == TODAY + timedelta(days=1)


def test_a_household_that_moved_away_is_a_mere_number(
    log, donghu_grid, xihu, lin, browse
):
    home = make_household(donghu_grid, number="000777")
    visit = log(home)
    home.org_unit, home.address = xihu, ADDRESS
    home.save()
    for url in (visit.get_absolute_url(), reverse("visits:visit-list")):
        page = browse(lin).get(url).content.decode()
        assert "户号000777" in page
        assert ADDRESS not in page
