"""A permission says what, an assignment says where."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.models import Lane, OrgUnit
from communities.scoping import Scope, shortest
from tests.factories import make_assignment, make_lane, make_org_unit

TODAY = timezone.localdate


def test_an_assignment_reaches_down_the_tree(lin, donghu, donghu_grid):
    lane = make_lane(donghu_grid)
    assert lane in Lane.objects.in_scope_of(lin)
    assert lin.has_perm("communities.change_lane", lane)


def test_an_assignment_does_not_reach_sideways(chen, donghu):
    lane = make_lane(donghu)
    assert lane not in Lane.objects.in_scope_of(chen)
    assert not chen.has_perm("communities.change_lane", lane)


def test_grid_1_does_not_see_grid_10(donghu):
    first = make_org_unit("grid", "33038100290101", parent=donghu)
    tenth = make_org_unit("grid", "330381002901010", parent=donghu)
    keeper = make_assignment("keeper", first).user
    assert make_lane(tenth) not in Lane.objects.in_scope_of(keeper)


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [(-9, None, True), (-9, -1, False), (1, None, False), (-9, 0, True), (0, 0, True)],
)
def test_an_assignment_counts_within_its_dates(lin, donghu, starts, ends, counts):
    lane, day = make_lane(donghu), timedelta(days=1)
    lin.assignments.update(
        starts_on=TODAY() + starts * day,
        ends_on=None if ends is None else TODAY() + ends * day,
    )
    assert (lane in Lane.objects.in_scope_of(lin)) is counts


def test_an_inactive_user_sees_nothing(lin, donghu):
    make_lane(donghu)
    lin.is_active = False
    assert not Lane.objects.in_scope_of(lin).exists()


def test_looking_at_the_street_is_not_writing_there(lin, street, donghu, xihu):
    make_assignment("looking", street, permissions=["view_lane"], user=lin)
    theirs = make_lane(xihu)
    assert theirs in Lane.objects.in_scope_of(lin, "view")
    assert theirs not in Lane.objects.in_scope_of(lin, "change")


def test_posts_in_several_communities_reach_each_of_them_and_no_other(
    lin, street, donghu, xihu
):
    make_assignment("of another post", xihu, user=lin)
    third, fourth = (make_org_unit(parent=street) for _number in range(2))
    same_post = lin.assignments.get(org_unit=donghu).role
    lin.assignments.create(role=same_post, org_unit=third)
    own = {make_lane(unit) for unit in (donghu, xihu, third)}
    make_lane(fourth)
    assert set(Lane.objects.in_scope_of(lin)) == own


def test_paths_below_another_are_dropped():
    assert shortest(["a/b/", "a/", "a/b/c/", "d/"]) == ("a/", "d/")


def test_an_empty_scope_covers_nothing():
    assert not Scope().covers("330381002000/")


def test_scopes_of_units_that_follow_each_other_at_one_path_are_two():
    """A grid is asked for by its key, and questions are kept by their scope."""
    path = "330381002000/330381002001/330381002001001/"
    assert Scope((path,), keys={path: 1}) != Scope((path,), keys={path: 2})
    assert Scope((path,), keys={path: 1}) == Scope((path,), keys={path: 1})


def test_units_are_valid_from_their_first_to_before_their_last_day(street):
    unit = make_org_unit(
        parent=street, valid_from=date(2003, 12, 1), valid_to=date(2019, 1, 1)
    )
    days = [date(2003, 11, 30), date(2003, 12, 1), date(2018, 12, 31), date(2019, 1, 1)]
    valid = [unit in OrgUnit.objects.valid_on(day) for day in days]
    assert valid == [False, True, True, False]


def test_a_grid_knows_its_community(donghu, donghu_grid, street):
    assert donghu_grid.community == donghu
    assert donghu.community == donghu
    assert street.community is None
    assert donghu_grid.street == street


def test_rows_of_a_grid_are_asked_for_by_its_key(donghu, donghu_grid):
    keeper = make_assignment("keeper", donghu_grid).user
    lane = make_lane(donghu_grid)
    make_lane(donghu)
    for rows in (Lane.objects.in_scope_of(keeper), Lane.objects.within(donghu_grid)):
        assert list(rows) == [lane]
        # The path is compared with that of every row before it in the list.
        assert "LIKE" not in str(rows.query)


def test_nothing_lies_below_a_grid(donghu_grid):
    with pytest.raises(ValueError, match="below a grid"):
        make_org_unit("grid", f"{donghu_grid.code}1", parent=donghu_grid)
