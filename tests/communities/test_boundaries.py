"""A unit that ends: its grids end with it, and whoever still lives there is told of."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import Assignment
from accounts.roles import load_roles
from communities.actions.boundaries import record_successions
from communities.models import BoundaryChange, OrgUnit
from tests.demo.pages import form_on
from tests.factories import (
    make_boundary_change,
    make_household,
    make_org_unit,
    make_resident,
    make_user,
)
from toolkit.history import history_of

CREATE = reverse("communities:orgunit-create")
CHANGE = reverse("communities:boundarychange-create")
DAY = date(2026, 6, 1)


@pytest.fixture
def hold(browse):
    """Return a function that signs in a person with a role of the street's own file."""

    def in_role(slug, unit):
        load_roles()
        role = Group.objects.get(profile__slug=slug)
        user = make_user(f"in-{slug}")
        Assignment.objects.create(user=user, role=role, org_unit=unit)
        return browse(user)

    return in_role


PRECISE = {"valid_from_precision": "day", "valid_to_precision": "day"}


def unit_sent(parent, level="grid", code="002", **more):
    sent = {"level": level, "parent": parent.pk, "name": "新单元"}
    sent |= {"rule_profile": "community", **PRECISE}
    stem = parent.code if level == "grid" else parent.code[:9]
    return sent | {"code": f"{stem}{code}"} | more


def merger_sent(street, *pairs, **more):
    sent = {"org_unit": street.pk, "kind": "merge", "decided_on": DAY.isoformat()}
    sent |= {"precision": "day", "ends_predecessors": "on"}
    sent |= {"successions-TOTAL_FORMS": 4, "successions-INITIAL_FORMS": 0}
    for number, (old, new) in enumerate(pairs):
        sent[f"successions-{number}-predecessor"] = old.pk
        sent[f"successions-{number}-successor"] = new.pk
    return sent | more


def ends(unit):
    unit.refresh_from_db()
    return unit.valid_to


def test_an_officer_of_the_street_enters_a_community(street, hold):
    officer = hold("governance-staff", street)
    assert officer.post(CREATE, unit_sent(street, "community")).status_code == 302
    community = OrgUnit.objects.get(name="新单元")
    url = reverse("communities:unitprofile-create")
    answer = officer.post(url, {"org_unit": community.pk, "address": "凤山巷1号"})
    assert answer.status_code == 302


def test_a_director_enters_a_grid_of_his_community_alone(street, donghu, xihu, hold):
    director = hold("director", donghu)
    assert director.post(CREATE, unit_sent(donghu)).status_code == 302
    assert director.post(CREATE, unit_sent(xihu)).status_code == 422
    assert director.post(CREATE, unit_sent(street, "community")).status_code == 422
    assert OrgUnit.objects.get(name="新单元").parent == donghu
    offered = director.get(CREATE).context["form"].fields["level"].choices
    assert [value for value, _label in offered] == ["grid"]


def test_the_grids_end_with_their_community(street, donghu, donghu_grid, xihu, hold):
    old = make_org_unit("grid", parent=donghu, valid_to=date(2020, 1, 1))
    hold("governance-staff", street).post(CHANGE, merger_sent(street, (donghu, xihu)))
    assert ends(donghu) == ends(donghu_grid) == DAY
    assert ends(old) == date(2020, 1, 1)
    assert history_of(donghu_grid).first().label == "区划调整"


def test_a_decision_does_not_end_a_street_before_its_communities(
    street, donghu, xihu, hold
):
    officer = hold("governance-staff", street)
    sent = merger_sent(street, (street, donghu))
    answer = officer.post(CHANGE, sent)
    assert answer.status_code == 422
    assert "街道下面还有社区、村没有撤销" in answer.content.decode()
    assert ends(street) is None
    assert not BoundaryChange.objects.exists()


def test_a_street_ends_with_its_communities_by_one_decision(street, donghu, xihu):
    other = make_org_unit("street", "330381003000", name="安阳街道")
    home = make_org_unit("community", "330381003001", parent=other)
    change = make_boundary_change(street, decided_on=DAY)
    for old, new in ((street, other), (donghu, home), (xihu, home)):
        change.successions.create(predecessor=old, successor=new)
    record_successions(change=change, ends_predecessors=True)
    assert ends(street) == ends(donghu) == ends(xihu) == DAY


@pytest.mark.parametrize("day", ["", "2026-09-01"])
def test_a_unit_does_not_go_on_after_the_one_above(day, street, donghu, hold):
    OrgUnit.objects.filter(pk=donghu.pk).update(valid_to=date(2026, 1, 1))
    OrgUnit.objects.filter(pk=street.pk).update(valid_to=date(2026, 1, 1))
    url = reverse("communities:orgunit-update", args=[donghu.pk])
    sent = {"name": donghu.name, "rule_profile": "community", **PRECISE}
    officer = hold("governance-staff", street)
    answer = officer.post(url, sent | {"valid_to": day})
    assert answer.status_code == 422
    assert "上级单位已于2026年1月1日撤销" in answer.content.decode()
    assert ends(donghu) == date(2026, 1, 1)


def test_grids_left_open_by_an_earlier_decision_end_on_its_day(
    street, donghu, donghu_grid, xihu, hold
):
    OrgUnit.objects.filter(pk=donghu.pk).update(valid_to=date(2025, 3, 1))
    hold("governance-staff", street).post(CHANGE, merger_sent(street, (donghu, xihu)))
    assert ends(donghu) == ends(donghu_grid) == date(2025, 3, 1)


def test_a_unit_on_two_lines_ends_once(street, donghu, xihu, hold):
    other = make_org_unit("community", "330381002903", parent=street, name="南湖社区")
    pairs = (donghu, xihu), (donghu, other)
    hold("governance-staff", street).post(CHANGE, merger_sent(street, *pairs))
    assert history_of(donghu).count() == 1


def test_an_end_entered_by_hand_ends_the_grids_too(street, donghu, donghu_grid, hold):
    url = reverse("communities:orgunit-update", args=[donghu.pk])
    sent = {"name": donghu.name, "rule_profile": "community", **PRECISE}
    hold("governance-staff", street).post(url, sent | {"valid_to": DAY.isoformat()})
    assert ends(donghu) == ends(donghu_grid) == DAY


@pytest.mark.parametrize("whose", ["unit", "grid"])
def test_nothing_ends_before_it_begins(whose, street, donghu, donghu_grid, xihu, hold):
    late = {"unit": donghu, "grid": donghu_grid}[whose]
    OrgUnit.objects.filter(pk=late.pk).update(valid_from=date(2026, 7, 1))
    sent = merger_sent(street, (donghu, xihu))
    answer = hold("governance-staff", street).post(CHANGE, sent)
    assert answer.status_code == 422
    assert f"{late.full_name}的撤销日期要晚于设立日期" in answer.content.decode()
    assert not BoundaryChange.objects.exists()
    assert ends(donghu) is None


def test_the_page_says_who_still_lives_in_a_unit_that_ended(
    street, donghu, donghu_grid, xihu, hold
):
    home = make_household(donghu_grid)
    make_resident(donghu_grid, household=home)
    make_resident(donghu)
    make_resident(donghu, ended_on=DAY, ended_by="died")
    make_resident(xihu)
    officer = hold("governance-staff", street)
    answer = officer.post(CHANGE, merger_sent(street, (donghu, xihu)), follow=True)
    for page in (answer, officer.get(donghu.get_absolute_url())):
        text = page.content.decode()
        assert "东湖社区已撤销，还有 1 户、2 人登记在这里" in text
        assert "迁移住址" in text
        assert f"/communities/households/?unit={donghu.code}" in text
    assert "还有" not in officer.get(xihu.get_absolute_url()).content.decode()


def test_a_unit_that_is_empty_says_nothing(street, donghu, xihu, hold):
    officer = hold("governance-staff", street)
    answer = officer.post(CHANGE, merger_sent(street, (donghu, xihu)), follow=True)
    assert "登记在这里" not in answer.content.decode()


def test_who_was_left_behind_is_moved_to_the_new_unit(street, donghu, xihu, hold):
    OrgUnit.objects.filter(pk=donghu.pk).update(valid_to=DAY)
    home = make_household(donghu)
    person = make_resident(donghu, household=home)
    url = reverse("communities:household-step", args=[home.pk, "move"])
    clerk = hold("service-staff", street)
    sent = {"org_unit": xihu.pk, "place": "凤山巷12号", "happened_on": "2026-06-02"}
    seen = clerk.post(url, sent).context["change"].fingerprint
    clerk.post(url, sent | {"stage": "confirm", "seen": seen})
    person.refresh_from_db()
    assert person.org_unit == xihu
    assert "登记在这里" not in clerk.get(donghu.get_absolute_url()).content.decode()


def test_a_line_added_later_is_a_change_of_the_decision(street, donghu, xihu, hold):
    visitor = hold("governance-staff", street)
    visitor.post(CHANGE, merger_sent(street, (donghu, xihu), ends_predecessors=""))
    change = BoundaryChange.objects.get()
    url = reverse("communities:boundarychange-update", args=[change.pk])
    sent = form_on(visitor.get(url))
    heir = make_org_unit("community", "330381002903", parent=street)
    sent |= {"successions-1-predecessor": donghu.pk, "successions-1-successor": heir.pk}
    visitor.post(url, sent)
    assert change.successions.count() == 2


def lines_on(page) -> tuple[int, int]:
    """Return how many lines of the form stand open, and how many wait."""
    lines = page.context["form"].successions
    return len(lines.open_lines), len(lines.spare_lines)


def test_one_empty_line_stands_open_behind_what_was_filled_in(
    street, donghu, xihu, hold
):
    officer = hold("governance-staff", street)
    page = officer.get(CHANGE)
    assert lines_on(page) == (1, 3)
    assert "<summary>再加几行</summary>" in page.content.decode()
    sent = merger_sent(street, (donghu, xihu), decided_on="")
    sent["successions-3-predecessor_name"] = "老城居民区"
    assert lines_on(officer.post(CHANGE, sent)) == (3, 1)
    officer.post(CHANGE, merger_sent(street, (donghu, xihu)))
    url = reverse(
        "communities:boundarychange-update", args=[BoundaryChange.objects.get().pk]
    )
    assert lines_on(officer.get(url)) == (2, 3)


@pytest.mark.parametrize(
    ("precision", "title"),
    [
        ("year", "2003年玉海街道合并"),
        ("month", "2003年12月玉海街道合并"),
        ("day", "2003年12月1日玉海街道合并"),
    ],
)
def test_a_decision_is_called_by_its_day_as_far_as_it_is_known(
    precision, title, street, hold
):
    known = {"decided_on": date(2003, 12, 1), "precision": precision}
    change = make_boundary_change(street, kind="merge", **known)
    page = hold("governance-staff", street).get(change.get_absolute_url())
    assert f"<h1>{title}</h1>" in page.content.decode()
