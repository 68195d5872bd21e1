"""Split, merge, transfer, new head, move, close and undo: one transaction each."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.actions.households import (
    change_head,
    close_household,
    fill_relations,
    found_household,
    merge_households,
    move_household,
    split_household,
    transfer_member,
)
from communities.actions.undo import undo_step, undoable_step
from communities.addresses import Address
from communities.household_state import state_of
from communities.models import HEAD, Household, HouseholdEvent, HouseholdStep, Resident
from communities.previews import preview
from tests.factories import make_household, make_org_unit, make_resident
from tests.factories.communities import make_family
from toolkit.history import history_of

TODAY = timezone.localdate()
FATHER = ("林大山", HEAD, {"sex": "1"})
WIFE = ("陈阿娥", "12", {"sex": "2"})
SON = ("林国荣", "22", {"sex": "1"})
GRANNY = ("王老太", "52", {"sex": "2"})


@pytest.fixture
def family(donghu_grid):
    return make_family(donghu_grid, FATHER, WIFE, SON, GRANNY)


def member(name):
    return Resident.objects.get(name=name)


def relations(household):
    rows = household.members.registered().values_list("name", "relation")
    return dict(rows)


def split_off_the_son(family, **changed):
    values = {
        "members": [member("林国荣")],
        "head": member("林国荣"),
        "number": "N-1",
        "org_unit": family.org_unit,
        "address": Address("凤山巷12号", room="302"),
        "happened_on": TODAY,
    }
    return split_household(household=family, **values | changed)


@pytest.mark.parametrize("write", ["save", "update", "bulk_create"])
def test_the_database_knows_one_head_per_household(family, write):
    second = Resident(org_unit=family.org_unit, household=family, relation=HEAD)
    ways = {
        "save": second.save,
        "update": lambda: family.members.filter(relation="12").update(relation=HEAD),
        "bulk_create": lambda: Resident.objects.bulk_create([second]),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ways[write]()


def test_a_dead_head_makes_room_for_another(family):
    member("林大山")
    family.members.filter(relation=HEAD).update(ended_on=TODAY, ended_by="died")
    family.members.filter(relation="12").update(relation=HEAD)
    assert relations(family)["陈阿娥"] == HEAD


def test_a_split_founds_a_household_and_leaves_the_other(family):
    step = split_off_the_son(family)
    new = Household.objects.get(number="N-1")
    assert relations(new) == {"林国荣": HEAD}
    assert set(relations(family)) == {"林大山", "陈阿娥", "王老太"}
    assert new.address == "凤山巷12号302室"
    assert set(step.households.all()) == {family, new}


def test_a_split_with_the_head_needs_a_head_for_the_rest(family):
    father = member("林大山")
    with pytest.raises(ValidationError, match="选一位接任户主"):
        split_off_the_son(family, members=[father], head=father)
    assert not Household.objects.filter(number="N-1").exists()


def test_those_who_stay_are_related_to_their_new_head(family):
    father = member("林大山")
    split_off_the_son(
        family, members=[father], head=father, remaining_head=member("林国荣")
    )
    assert relations(family) == {"林国荣": HEAD, "陈阿娥": "00", "王老太": "62"}


def test_a_split_refuses_to_empty_a_household(family):
    everybody = list(family.members.all())
    with pytest.raises(ValidationError, match="有人留下"):
        split_off_the_son(family, members=everybody, head=everybody[0])


def test_a_number_in_use_is_refused_in_words(family):
    make_household(family.org_unit, number="N-1")
    with pytest.raises(ValidationError, match="户号“N-1”"):
        split_off_the_son(family)


def test_a_new_head_keeps_certain_relations_and_asks_for_the_rest(family):
    step = change_head(household=family, head=member("陈阿娥"), happened_on=TODAY)
    expected = {"陈阿娥": HEAD, "林大山": "11", "林国荣": "00", "王老太": "54"}
    assert relations(family) == expected
    assert step.likely == {member("林国荣").pk: "22"}


def test_the_answer_of_the_clerk_fills_what_is_not_certain(family):
    answers = {member("林国荣").pk: "27"}
    change_head(
        household=family,
        head=member("陈阿娥"),
        happened_on=TODAY,
        relations=answers,
    )
    assert relations(family)["林国荣"] == "27"


def test_a_merge_closes_one_household_and_keeps_the_other_head(family, donghu_grid):
    other = make_family(donghu_grid, ("林小妹", HEAD, {"sex": "2"}), ("小宝", "20"))
    merge_households(
        household=other, into=family, head_relation="77", happened_on=TODAY
    )
    other.refresh_from_db()
    assert other.closed_on == TODAY
    assert relations(family)["林小妹"] == "77"
    assert relations(family)["林大山"] == HEAD
    assert relations(other) == {}


def test_a_transfer_moves_the_unit_with_the_person(family, donghu):
    grid = make_org_unit("grid", "330381002901002", parent=donghu)
    other = make_family(grid)
    transfer_member(
        resident=member("王老太"), into=other, relation="52", happened_on=TODAY
    )
    assert member("王老太").household == other
    assert member("王老太").org_unit == grid


def test_a_transfer_brings_no_second_head(family, donghu_grid):
    other = make_family(donghu_grid)
    with pytest.raises(ValidationError, match="已有户主"):
        transfer_member(
            resident=member("王老太"), into=other, relation=HEAD, happened_on=TODAY
        )


def test_a_person_without_a_household_joins_one(family):
    newcomer = make_resident(family.org_unit, name="新来的")
    step = transfer_member(
        resident=newcomer, into=family, relation="99", happened_on=TODAY
    )
    assert step.kind == "join"
    assert relations(family)["新来的"] == "99"


def test_a_move_takes_everybody_along(family, xihu):
    move_household(
        household=family,
        org_unit=xihu,
        address=Address("菜巷2号"),
        happened_on=TODAY,
    )
    family.refresh_from_db()
    assert family.address == "菜巷2号"
    assert {m.org_unit for m in family.members.all()} == {xihu}


def test_a_household_with_members_does_not_close(family):
    with pytest.raises(ValidationError, match="还有4人在册"):
        close_household(household=family, happened_on=TODAY)
    family.refresh_from_db()
    assert family.closed_on is None


def test_unknown_relations_are_filled_in_later(family):
    family.members.filter(name="林国荣").update(relation="00")
    answers = {member("林国荣").pk: "22", member("陈阿娥").pk: "10"}
    fill_relations(household=family, relations=answers, happened_on=TODAY)
    assert relations(family)["林国荣"] == "22"
    assert relations(family)["陈阿娥"] == "12"


def steps_on(family, donghu_grid):
    """Yield every kind of step, ready to run on the family."""
    other = make_family(donghu_grid, ("林小妹", HEAD, {"sex": "2"}))
    day = {"happened_on": TODAY}
    granny, wife = member("王老太"), member("陈阿娥")
    yield lambda: split_off_the_son(family)
    yield lambda: change_head(household=family, head=wife, **day)
    yield lambda: transfer_member(resident=granny, into=other, relation="52", **day)
    yield lambda: merge_households(
        household=family, into=other, head_relation="71", **day
    )
    yield lambda: move_household(
        household=family, org_unit=donghu_grid, address=Address("菜巷9号"), **day
    )


@pytest.mark.parametrize("number", range(5))
def test_undo_puts_everything_back(number, family, donghu_grid):
    run = list(steps_on(family, donghu_grid))[number]
    step = run()
    homes = list(step.before["households"])
    undo_step(step_back=step, reason="点错了")
    restored = state_of(map(int, homes), map(int, step.before["members"]))
    assert restored == step.before


def test_undo_closes_the_household_that_was_founded(family):
    undo_step(step_back=split_off_the_son(family), reason="点错了")
    assert Household.objects.get(number="N-1").closed_on == TODAY


def test_only_the_last_step_can_be_undone(family):
    first = split_off_the_son(family)
    change_head(household=family, head=member("陈阿娥"), happened_on=TODAY)
    with pytest.raises(ValidationError, match="不能再撤销"):
        undo_step(step_back=first, reason="晚了")


def test_a_step_is_undone_once(family):
    step = split_off_the_son(family)
    undo_step(step_back=step, reason="点错了")
    with pytest.raises(ValidationError, match="已经撤销"):
        undo_step(step_back=step, reason="再点")


def test_undo_refuses_when_somebody_came_in_between(family):
    step = split_off_the_son(family)
    new = Household.objects.get(number="N-1")
    make_resident(new.org_unit, household=new, name="新生儿", relation="20")
    with pytest.raises(ValidationError, match="又有变化"):
        undo_step(step_back=step, reason="点错了")


def test_after_an_undo_the_step_before_can_be_undone(family):
    first = change_head(household=family, head=member("陈阿娥"), happened_on=TODAY)
    undo_step(step_back=split_off_the_son(family), reason="点错了")
    assert undoable_step(family) == first


def test_the_second_of_two_clerks_is_told(family):
    seen = preview(
        change_head, household=family, head=member("林国荣"), happened_on=TODAY
    )
    change_head(household=family, head=member("陈阿娥"), happened_on=TODAY)
    with pytest.raises(ValidationError, match="刚才有人改动"):
        change_head(
            household=family,
            head=member("林国荣"),
            happened_on=TODAY,
            expected=seen.fingerprint,
        )


def test_a_preview_writes_nothing_and_asks_what_is_uncertain(family):
    change = preview(
        change_head, household=family, head=member("陈阿娥"), happened_on=TODAY
    )
    assert [line.resident.name for line in change.questions] == ["林国荣"]
    assert relations(family)["林大山"] == HEAD
    assert not HouseholdStep.objects.exists()


def test_every_step_leaves_dated_lines_on_both_households(family):
    step = split_off_the_son(family, reason="成家")
    lines = HouseholdEvent.objects.filter(step=step)
    told = sorted((line.household_id == family.pk, line.kind) for line in lines)
    assert told == [(False, "join"), (False, "split"), (True, "leave")]
    assert {line.happened_on for line in lines} == {TODAY}


def test_the_history_of_a_member_tells_the_change_in_words(family):
    change_head(household=family, head=member("陈阿娥"), happened_on=TODAY)
    told = history_of(member("林大山")).first()
    assert told.label == "变更户主"
    assert told.changes[0]["old"] == "户主"
    assert told.changes[0]["new"] == "夫"


def test_a_household_is_founded_empty(donghu_grid):
    found_household(
        org_unit=donghu_grid,
        number="0036-0500",
        kind="family",
        address=Address("菜巷5号", staircase="2单元", room="后间"),
        happened_on=TODAY,
    )
    assert Household.objects.get().address == "菜巷5号2单元后间"
