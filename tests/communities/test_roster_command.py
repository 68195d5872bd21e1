"""manage.py import_roster: counts, exit status, one sentence for what went wrong."""

import pytest
from django.core.management import CommandError, call_command

from communities.models import Resident, RosterImport
from tests.communities.roster_files import as_csv, card, person, roster
from toolkit.console import system_user
from toolkit.models import AuditEvent

ZHANG = person("张三", id_number=card(1))


@pytest.fixture(autouse=True)
def grid(donghu_grid):
    return donghu_grid


@pytest.fixture
def run(tmp_path, donghu, capsys):
    """Run the command with a file of these bytes; return what it printed."""

    def command(data: bytes, *options, name="roster.xlsx", unit=donghu.code):
        path = tmp_path / name
        path.write_bytes(data)
        call_command("import_roster", str(path), "--unit", unit, *options)
        return capsys.readouterr().out

    return command


def test_imports_a_file(run):
    assert run(roster(ZHANG)).startswith("imported: create 1, update 0, skip 0")
    assert Resident.objects.count() == 1


def test_the_trail_names_the_user_of_the_system(run):
    run(roster(ZHANG))
    event = AuditEvent.objects.get(verb="imported")
    name = f"命令行 import_roster（系统用户 {system_user()}）"
    assert (event.actor, event.actor_name, event.count) == (None, name, 1)


def test_imports_the_same_file_again_without_a_change(run):
    run(roster(ZHANG))
    assert "create 0, update 0, skip 1" in run(roster(ZHANG))


def test_a_dry_run_writes_nothing(run):
    assert run(roster(ZHANG), "--dry-run").startswith("checked: create 1")
    assert not Resident.objects.exists()


def test_imports_csv(run):
    assert "create 1" in run(as_csv([ZHANG], "gb18030"), name="roster.csv")


def test_an_unknown_unit_is_wrong_usage(run):
    with pytest.raises(CommandError, match="330381999999") as refused:
        run(roster(ZHANG), unit="330381999999")
    assert refused.value.returncode == 2


def test_a_missing_file_is_wrong_usage(donghu):
    with pytest.raises(CommandError) as refused:
        call_command("import_roster", "/nowhere/x.xlsx", "--unit", donghu.code)
    assert refused.value.returncode == 2


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_bad_row_is_a_refusal_with_its_place(run, options):
    with pytest.raises(CommandError) as refused:
        run(roster(ZHANG, ZHANG | {"phone": "138"}), *options)
    assert refused.value.returncode == 1
    assert not Resident.objects.exists()
    assert RosterImport.objects.get().state == RosterImport.State.REFUSED


def test_conflicts_are_a_refusal_unless_they_may_be_left_out(run):
    wife = person("李梅", id_number=card(2, is_male=False), relation="配偶")
    data = roster(ZHANG, wife, wife)
    with pytest.raises(CommandError) as refused:
        run(data)
    assert refused.value.returncode == 1
    assert not Resident.objects.exists()
    assert "create 1, update 0, skip 0, conflict 2" in run(data, "--leave-conflicts")
    assert Resident.objects.count() == 1


def test_a_file_that_is_no_roster_is_a_refusal(run):
    with pytest.raises(CommandError) as refused:
        run(b"PK\x03\x04")
    assert refused.value.returncode == 1
    assert not RosterImport.objects.exists()
