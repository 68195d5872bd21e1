"""Imports that nobody writes: broken off, given up, expired, lost."""

import os
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Resident, RosterImport
from communities.roster import files
from communities.roster.actions import move, order_commit
from communities.roster.endings import (
    drop,
    expire_imports,
    release_given_up,
    wipe_strays,
)
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, handed_in, worked_on
from tests.factories import make_roster_import
from toolkit import jobs
from toolkit.duties import perform_all
from toolkit.models import Job

State = RosterImport.State
DATA = roster(person("张三", id_number=card(1)))
BROKEN = roster(person("张三", phone="138"))
WEEK = timedelta(days=7, minutes=1)


@pytest.fixture(autouse=True)
def grid(donghu_grid):
    return donghu_grid


@pytest.fixture
def no_disk(settings, tmp_path):
    """Take the folder of rosters away for a while: whoever opens a file there fails."""

    @contextmanager
    def away():
        there, settings.VAR_DIR = settings.VAR_DIR, tmp_path
        (tmp_path / "rosters").touch()
        yield
        settings.VAR_DIR = there

    return away


def state_of(found: RosterImport) -> str:
    return RosterImport.objects.get(pk=found.pk).state


def test_a_check_that_breaks_off_sends_the_file_back(lin, donghu, no_disk):
    found = handed_in(DATA, donghu, lin)
    with no_disk():
        found = worked_on(found)
    assert found.state == State.REFUSED
    assert "重新上传" in found.message
    assert found.job.state == Job.State.FAILED


def test_a_commit_that_breaks_off_can_be_ordered_again(lin, donghu, no_disk):
    found = checked(DATA, donghu, lin)
    order_commit(roster=found, by=lin, leave_conflicts=False)
    with no_disk():
        found = worked_on(found)
    assert found.state == State.CHECKED
    assert "没有写入任何数据" in found.message
    assert not Resident.objects.exists()
    assert order_commit(roster=found, by=lin, leave_conflicts=False)
    assert worked_on(found).state == State.COMMITTED
    assert Resident.objects.count() == 1


def test_an_import_whose_job_was_given_up_goes_back_to_its_clerk(lin, donghu):
    found = handed_in(DATA, donghu, lin)
    Job.objects.update(attempts=jobs.MAX_ATTEMPTS)
    perform_all(timezone.now())
    assert release_given_up(timezone.now()) == 1
    assert state_of(found) == State.REFUSED


def test_a_commit_that_was_given_up_waits_for_its_clerk(lin, donghu):
    found = checked(DATA, donghu, lin)
    order_commit(roster=found, by=lin, leave_conflicts=False)
    Job.objects.filter(pk=found.job_id).update(state=Job.State.FAILED)
    perform_all(timezone.now())
    assert state_of(found) == State.CHECKED


def test_an_import_at_work_is_left_alone(lin, donghu):
    found = handed_in(DATA, donghu, lin)
    assert release_given_up(timezone.now()) == 0
    assert state_of(found) == State.CHECKING


def test_a_command_that_was_broken_off_is_let_go_in_the_end(donghu):
    found = make_roster_import(donghu, state=State.CHECKING)
    assert release_given_up(timezone.now()) == 0
    assert release_given_up(timezone.now() + timedelta(hours=7)) == 1
    assert state_of(found) == State.REFUSED


@pytest.mark.parametrize(
    ("data", "before", "after"),
    [(DATA, State.CHECKED, State.EXPIRED), (BROKEN, State.REFUSED, State.REFUSED)],
)
def test_after_a_week_the_files_go(data, before, after, lin, donghu):
    found = checked(data, donghu, lin)
    assert found.state == before
    path = files.path_of(found)
    assert expire_imports(timezone.now()) == 0
    assert path.is_file()
    assert expire_imports(timezone.now() + WEEK) == 1
    assert not path.exists()
    assert not files.has_marked(found)
    assert state_of(found) == after
    assert expire_imports(timezone.now() + WEEK) == 0


def test_a_file_that_is_being_written_is_not_expired(lin, donghu):
    found = checked(DATA, donghu, lin)
    order_commit(roster=found, by=lin, leave_conflicts=False)
    assert expire_imports(timezone.now() + WEEK) == 0
    assert worked_on(found).state == State.COMMITTED


def test_an_expired_import_cannot_be_committed(lin, donghu):
    found = checked(DATA, donghu, lin)
    expire_imports(timezone.now() + WEEK)
    assert not order_commit(roster=found, by=lin, leave_conflicts=False)


def test_the_file_of_a_crash_after_the_commit_goes_too(lin, donghu):
    found = checked(DATA, donghu, lin)
    move(found, State.CHECKED, State.COMMITTED)
    assert expire_imports(timezone.now() + WEEK) == 1
    assert not files.folder().joinpath(found.stored_name).exists()


def test_a_file_that_no_import_knows_goes_after_a_week(lin, donghu, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    kept = handed_in(DATA, donghu, lin)
    stray, fresh = files.folder() / "stray.xlsx", files.folder() / "fresh.xlsx"
    for path in (stray, fresh):
        path.write_bytes(b"x")
    old = (timezone.now() - WEEK).timestamp()
    for path in (stray, files.path_of(kept)):
        os.utime(path, (old, old))
    assert wipe_strays(timezone.now()) == 1
    assert not stray.exists()
    assert fresh.exists()
    assert files.path_of(kept).exists()


def test_a_file_that_is_dropped_goes_at_once(lin, donghu):
    found = checked(DATA, donghu, lin)
    path = files.path_of(found)
    assert drop(roster=found, by=lin)
    assert not path.exists()
    assert state_of(found) == State.DROPPED
    assert RosterImport.objects.get().stored_name == ""
    assert not order_commit(roster=found, by=lin, leave_conflicts=False)


def test_a_file_that_is_being_written_is_not_dropped(lin, donghu):
    found = checked(DATA, donghu, lin)
    seen_before = RosterImport.objects.get()
    order_commit(roster=found, by=lin, leave_conflicts=False)
    assert not drop(roster=seen_before, by=lin)
    assert worked_on(found).state == State.COMMITTED
