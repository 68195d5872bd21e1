"""What is done on the command line is told: the command, the user of the system."""

from datetime import date
from random import Random

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Trail, User
from communities.models import Resident
from reports.actions import reports_since
from tests.factories import make_resident, make_team
from toolkit import audit, console, demo
from toolkit.console import at_console, system_user
from toolkit.models import AuditEvent, HistoryEntry
from toolkit.privacy.rotation import Rotation


def told(verb: str = "ran") -> list[tuple]:
    """Return what the events of a kind say; none of them has an actor."""
    events = AuditEvent.objects.filter(verb=verb).order_by("pk")
    assert all(event.actor is None for event in events)
    return [(one.actor_name, one.purpose, one.batch, one.count) for one in events]


def by(command: str) -> str:
    return f"命令行 {command}（系统用户 {system_user()}）"


def test_load_reference_is_told_while_there_is_something_new(db):
    for _time in "12":
        call_command("load_reference", verbosity=0)
    [(name, purpose, _batch, count)] = told()
    assert (name, purpose) == (by("load_reference"), "manage.py load_reference")
    assert count > 100
    assert "roles" in audit.about(AuditEvent.objects.get())["conditions"]


def test_setting_the_portal_up_begins_no_reports(db):
    call_command("load_reference", verbosity=0)
    assert reports_since() is None


def test_reindex_search_is_told(donghu):
    make_resident(donghu)
    call_command("reindex_search")
    line = (by("reindex_search"), "manage.py reindex_search", "communities.resident", 1)
    assert told() == [line]


def test_rotate_keys_is_told_with_the_columns(db, monkeypatch):
    column = Rotation("communities.resident.phone", 2, ("broken",))
    name = "toolkit.management.commands.rotate_keys.rotate"
    monkeypatch.setattr(name, lambda batch: [column])
    with pytest.raises(CommandError):
        call_command("rotate_keys")
    assert told() == [(by("rotate_keys"), "manage.py rotate_keys", "", 2)]
    assert AuditEvent.objects.get().fields == ["communities.resident.phone"]


def test_a_command_that_cannot_be_told_writes_nothing(donghu, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no trail")

    person = make_resident(donghu, name="王小明", phone="13800138000")
    Resident.objects.filter(pk=person.pk).update(indexed_as=b"old")
    monkeypatch.setattr("toolkit.console.audit.record", fail)
    with pytest.raises(RuntimeError):
        call_command("reindex_search")
    assert bytes(Resident.objects.get(pk=person.pk).indexed_as) == b"old"


def test_a_changed_password_is_told_and_good_for_one_login(lin, capsys):
    call_command("changepassword", "lin")
    password = capsys.readouterr().out.split()[1]
    lin.refresh_from_db()
    assert lin.check_password(password)
    assert lin.must_change_password
    event = AuditEvent.objects.get(verb="password-given")
    assert (event.subject_id, event.actor) == (lin.pk, None)
    assert event.actor_name == by("changepassword")
    assert HistoryEntry.objects.filter(verb="password-given").exists()
    with pytest.raises(CommandError, match="nobody"):
        call_command("changepassword", "nobody")


def test_the_first_administrator_is_told(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Jade-Sea-2026-harbour")
    call_command(
        "createsuperuser",
        username="first",
        name="第一人",
        interactive=False,
        verbosity=0,
    )
    event = AuditEvent.objects.get(verb="created")
    first = User.objects.get(username="first")
    assert (event.subject_id, event.actor_name) == (first.pk, by("createsuperuser"))


def test_work_that_was_due_is_told_with_the_command(db):
    call_command("run_due_jobs", verbosity=0)
    event = AuditEvent.objects.get(verb="ran")
    assert event.actor_name == by("run_due_jobs")


def test_what_is_due_in_the_future_is_not_done_today(db):
    with pytest.raises(CommandError, match="a time to come"):
        call_command("run_due_jobs", at="2999-01-01T08:00")
    assert not AuditEvent.objects.exists()


def test_who_signed_in_is_named_before_the_console(lin):
    with at_console("anything"):
        event = audit.record("changed", actor=lin)
    assert (event.actor, event.actor_name) == (lin, str(lin))
    assert audit.record("changed").actor_name == ""


def test_the_person_behind_sudo_is_named_too(monkeypatch):
    monkeypatch.setenv("SUDO_USER", "zhang")
    assert system_user().endswith(" ← zhang")
    monkeypatch.delenv("SUDO_USER")
    monkeypatch.setattr(console.os, "getuid", lambda: 987654)
    assert system_user() == "987654"


def test_the_auditor_reads_the_command(db):
    with at_console("load_units"):
        console.tell_run("load_units", 3, batch="communities.orgunit")
    event = Trail.objects.get()
    assert (event.who, event.act) == (by("load_units"), "运行命令")
    assert (event.about, event.what_for) == ("社区、村和网格", "manage.py load_units")


def test_what_a_part_of_the_demo_loads_in_bulk_is_told(donghu, monkeypatch):
    make_team(donghu)

    def load_teams(plan) -> str:
        for _number in range(3):
            make_team(donghu)
        return "3 teams"

    load_teams.__module__ = "volunteers.demo"
    monkeypatch.setattr(demo, "parts", {(70, "teams"): load_teams})
    plan = demo.DemoPlan(10, Random(1), date(2026, 11, 1))
    with at_console("load_demo"):
        assert list(demo.load_all(plan)) == [("teams", "3 teams")]
    line = (by("load_demo"), "manage.py load_demo", "volunteers.team", 3)
    assert told() == [line]
