"""From the dry run to the last row: what was shown is written, whole and once."""

import pytest

from communities.models import Resident, RosterImport
from communities.roster import files
from communities.roster.actions import commit_import, move, order_commit
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, committed, handed_in, worked_on
from toolkit.models import AuditEvent

State = RosterImport.State
ZHANG = person("张三", id_number=card(1), phone="13800010001", lane="凤山巷", door="12")
WIFE = person("李梅", id_number=card(2, is_male=False), relation="配偶")
SON = person("张小明", id_number=card(3, "20150601"), relation="子")
FAMILY = (ZHANG, WIFE, SON)


@pytest.fixture(autouse=True)
def grid(donghu_grid):
    return donghu_grid


def people() -> list[str]:
    return sorted(Resident.objects.values_list("name", flat=True))


def test_a_change_after_the_check_is_shown_before_anything_is_written(lin, donghu):
    found = checked(roster(*FAMILY), donghu, lin)
    committed(roster(WIFE | {"relation": "户主", "number": "0007"}), donghu, lin)
    order_commit(roster=found, by=lin, leave_conflicts=False)
    found = worked_on(found)
    assert found.state == State.CHECKED
    assert "数据有变化" in found.message
    assert (found.count("create"), found.count("update")) == (2, 1)
    assert people() == ["李梅"]
    order_commit(roster=found, by=lin, leave_conflicts=False)
    assert worked_on(found).state == State.COMMITTED


def test_a_file_changed_on_disk_is_not_written(lin, donghu):
    found = checked(roster(*FAMILY), donghu, lin)
    files.path_of(found).write_bytes(roster(ZHANG))
    order_commit(roster=found, by=lin, leave_conflicts=False)
    assert worked_on(found).state == State.REFUSED
    assert people() == []


def test_whoever_has_lost_his_post_meanwhile_writes_nothing(lin, donghu):
    found = checked(roster(*FAMILY), donghu, lin)
    order_commit(roster=found, by=lin, leave_conflicts=False)
    lin.assignments.all().delete()
    assert worked_on(found).state == State.REFUSED
    assert people() == []


def test_a_commit_is_ordered_once(lin, donghu):
    found = checked(roster(*FAMILY), donghu, lin)
    other = RosterImport.objects.get(pk=found.pk)
    assert order_commit(roster=found, by=lin, leave_conflicts=False)
    assert not order_commit(roster=other, by=lin, leave_conflicts=False)


def test_a_commit_that_runs_twice_writes_once(lin, donghu):
    done = committed(roster(*FAMILY), donghu, lin)
    again = commit_import(RosterImport.objects.get(pk=done.pk))
    assert again.state == State.COMMITTED
    assert Resident.objects.count() == 3
    assert AuditEvent.objects.filter(verb="imported").count() == 1


def test_the_file_goes_when_it_is_written(lin, donghu):
    found = handed_in(roster(*FAMILY), donghu, lin)
    path = files.path_of(found)
    assert path.stat().st_mode & 0o777 == 0o600
    found = worked_on(found)
    assert path.is_file()
    order_commit(roster=found, by=lin, leave_conflicts=False)
    worked_on(found)
    assert not path.exists()


def test_a_commit_is_one_event_of_the_audit_trail(lin, donghu):
    done = committed(roster(*FAMILY), donghu, lin)
    event = AuditEvent.objects.get(verb="imported")
    assert (event.actor, event.count, event.purpose) == (lin, 3, "入户核查")
    assert (event.subject_id, event.batch) == (done.pk, f"roster:{done.pk}")


def test_a_message_of_any_length_is_kept(lin, donghu):
    found = handed_in(roster(ZHANG), donghu, lin)
    assert move(found, State.CHECKING, State.REFUSED, message="长" * 900)
    found.refresh_from_db()
    assert len(found.message) == 300
