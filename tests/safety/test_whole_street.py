"""An emergency for which no unit was chosen: all that lies below is set to work."""

import pytest
from django.utils import timezone

from safety.models import Emergency, RollCall, RollCallEvent
from tests.factories import (
    make_assignment,
    make_emergency,
    make_org_unit,
    make_resident,
    make_roll_call,
)
from tests.safety.conftest import BORN, open_emergency
from tests.safety.test_roll_pages import ROLL, read, sent, url

CALLING = ["view_emergency", "view_rollcall", "change_rollcall", "add_rollcall"]


@pytest.fixture
def storm(street, wang, li, xihu):
    """Opened by the street, no unit ticked."""
    make_resident(xihu, name="西湖阿公", living="here", birth_on=BORN)
    return open_emergency(make_emergency(street, title="台风“海燕”"))


@pytest.fixture
def people(donghu, donghu_grid, xihu):
    """Who calls below the street, each with the number of people he calls."""
    return [
        (make_assignment("worker", donghu, CALLING).user, 2),
        (make_assignment("director", donghu, [*CALLING, "export_rollcall"]).user, 2),
        (make_assignment("keeper", donghu_grid, CALLING).user, 2),
        (make_assignment("neighbour", xihu, CALLING).user, 1),
    ]


def test_everybody_below_is_shown_and_called_to_it(storm, people, browse):
    for user, count in people:
        visitor = browse(user)
        assert f"共 {count} 人" in read(visitor.get(storm.get_absolute_url()))
        assert "台风“海燕”" in read(visitor.get("/desk/"))
        for address in (ROLL, f"{ROLL}?emergency={storm.pk}"):
            page = read(visitor.get(address))
            assert "台风“海燕”" in page
            assert "现在没有应急响应" not in page


def test_a_button_leads_back_to_the_roll(storm, people, browse, wang):
    keeper = people[2][0]
    line = RollCall.objects.get(resident=wang)
    answer = browse(keeper).post(url(line, "tell"), sent("called"), follow=True)
    assert "已通知" in read(answer)
    assert RollCallEvent.objects.get().by == keeper


def test_it_is_seen_after_its_end_and_not_before_its_opening(storm, people, street):
    make_emergency(street, title="备用")
    Emergency.objects.filter(pk=storm.pk).update(
        status="closed", closed_at=timezone.now()
    )
    for user, _count in people:
        assert list(Emergency.objects.in_scope_of(user)) == [storm]
        assert not Emergency.objects.in_scope_of(user, "change").exists()


def test_what_another_unit_has_opened_is_not_seen(people, xihu, street):
    make_emergency(xihu, status="open")
    elsewhere = make_org_unit("street", "330381003000", name="安阳街道")
    make_emergency(elsewhere, status="open")
    other = make_assignment("other", elsewhere, CALLING).user
    whole = make_emergency(street, status="open")
    assert whole not in Emergency.objects.in_scope_of(other)
    worker = people[0][0]
    assert list(Emergency.objects.in_scope_of(worker)) == [whole]


def test_whoever_has_somebody_on_the_roll_sees_the_emergency(
    people, street, donghu, xihu
):
    """However the line got there: the chosen units are others."""
    storm = make_emergency(street, units=[donghu], status="open")
    neighbour = people[3][0]
    assert storm not in Emergency.objects.in_scope_of(neighbour)
    make_roll_call(xihu, emergency=storm)
    for user in [one for one, _count in people]:
        lines = RollCall.objects.in_scope_of(user)
        named = Emergency.objects.filter(pk__in=lines.values("emergency"))
        assert set(named) <= set(Emergency.objects.in_scope_of(user))
    assert storm in Emergency.objects.in_scope_of(neighbour)
    for codename in ("view_emergency", "view_rollcall"):
        reader = make_assignment(codename, xihu, [codename]).user
        assert storm not in Emergency.objects.in_scope_of(reader)


def test_several_units_give_one_row(street, donghu, donghu_grid, xihu, people):
    storm = make_emergency(street, units=[donghu, donghu_grid, xihu], status="open")
    make_roll_call(donghu_grid, emergency=storm)
    make_roll_call(donghu_grid, emergency=storm)
    assert list(Emergency.objects.in_scope_of(people[0][0])) == [storm]
