"""What is out of scope tells nothing, neither by its place nor by a kept figure."""

from communities.finding import find_households, find_residents, index_resident
from communities.rolls import rolls_of
from tests.factories import make_assignment, make_org_unit, make_resident
from tests.factories.communities import make_family


def test_a_stranger_is_no_place_in_the_results(donghu_grid, xihu, chen):
    stranger, ours = make_resident(donghu_grid, name="沈三"), make_resident(xihu)
    ours.name = "沈平"
    index_resident(stranger)
    index_resident(ours)

    assert find_residents(chen, "沈").rows
    assert not find_residents(chen, "沈", after=stranger.pk).rows


def test_a_home_elsewhere_is_no_place_in_the_results(donghu_grid, xihu, chen):
    elsewhere = make_family(donghu_grid, number="036001")
    ours = make_family(xihu, number="036001")

    assert [home.pk for home in find_households(chen, "036001").rows] == [ours.pk]
    assert not find_households(chen, "036001", after=elsewhere.pk).rows


def test_the_figures_of_two_keepers_are_kept_apart(donghu, street):
    grids = [
        make_org_unit("grid", f"330381002901{n:03d}", parent=donghu, name=f"{n}网格")
        for n in range(1, 8)
    ]
    few, many = (make_assignment(name, grids[0]).user for name in ("few", "many"))
    for user, last in ((few, 6), (many, 7)):
        for grid in grids[1:last]:
            make_assignment(user.username, grid, user=user)
    make_resident(grids[6])

    assert rolls_of(few).people == 0
    assert rolls_of(many).people == 1
