"""A colleague saves something between the dry run and the commit of a roster."""

import base64

import pytest

from communities.actions.residents import save_resident
from communities.models import Household, Resident, RosterImport
from communities.roster.actions import order_commit
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, committed, worked_on

State = RosterImport.State
OTHER_KEY = base64.b64encode(b"c" * 32).decode()
ZHANG = person("张三", id_number=card(1), phone="13800010001", lane="凤山巷", door="12")
WIFE = person("李梅", id_number=card(2, is_male=False), relation="配偶")
NEW_PHONE = ZHANG | {"phone": "13800010002"}
NEW_DOOR = ZHANG | {"door": "14"}


@pytest.fixture(autouse=True)
def family(lin, donghu, donghu_grid):
    committed(roster(ZHANG, WIFE), donghu, lin)


def clerk_saves(name="张三", **fields):
    resident = Resident.objects.get(name=name)
    for field, value in fields.items():
        setattr(resident, field, value)
    save_resident(resident)


def ordered(found, by, leave_conflicts=False):
    assert order_commit(roster=found, by=by, leave_conflicts=leave_conflicts)
    return worked_on(found)


def was_held_back(found) -> bool:
    return found.state == State.CHECKED and "检查之后数据有变化" in found.message


def phone_of_zhang() -> str:
    return Resident.objects.get(name="张三").phone


def test_a_value_saved_since_the_check_is_not_overwritten_unseen(lin, donghu):
    found = checked(roster(NEW_PHONE), donghu, lin)
    clerk_saves(phone="13800010009")
    assert was_held_back(ordered(found, lin))
    assert phone_of_zhang() == "13800010009"
    assert ordered(found, lin).state == State.COMMITTED
    assert phone_of_zhang() == "13800010002"


def test_a_value_that_the_file_leaves_alone_holds_nothing_up(lin, donghu):
    found = checked(roster(NEW_PHONE), donghu, lin)
    clerk_saves(education="20")
    assert ordered(found, lin).state == State.COMMITTED


def test_a_door_changed_since_the_check_is_not_overwritten_unseen(lin, donghu):
    found = checked(roster(NEW_DOOR), donghu, lin)
    Household.objects.update(room="302", address="凤山巷12号302室")
    assert was_held_back(ordered(found, lin))
    assert Household.objects.get().room == "302"


def test_what_is_written_beside_conflicts_was_shown_as_well(lin, donghu):
    found = checked(roster(NEW_PHONE, WIFE, WIFE), donghu, lin)
    clerk_saves(phone="13800010009")
    assert was_held_back(ordered(found, lin, leave_conflicts=True))
    assert ordered(found, lin, leave_conflicts=True).state == State.COMMITTED
    assert phone_of_zhang() == "13800010002"


def test_a_row_in_conflict_that_changes_somebody_holds_nothing_up(lin, donghu):
    other_wife = WIFE | {"phone": "13800010003"}
    found = checked(roster(NEW_DOOR, other_wife, other_wife), donghu, lin)
    clerk_saves("李梅", phone="13800010004")
    assert ordered(found, lin, leave_conflicts=True).state == State.COMMITTED
    assert Resident.objects.get(name="李梅").phone == "13800010004"


def test_what_is_kept_of_a_check_needs_the_key(settings, lin, donghu):
    plain = roster(person("王五", number="0002"))
    first, again = checked(plain, donghu, lin), checked(plain, donghu, lin)
    settings.YUHAI_KEYS = settings.YUHAI_KEYS | {"blind": OTHER_KEY}
    other = checked(plain, donghu, lin)
    assert first.outcome == again.outcome
    assert other.state == State.CHECKED
    assert other.outcome != first.outcome
