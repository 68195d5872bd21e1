"""manage.py load_units adds what is missing; what the office has entered stays."""

import pytest
from django.core.management import call_command

from communities.models import OrgUnit, UnitProfile
from communities.unit_list import load_units
from toolkit.console import system_user
from toolkit.models import AuditEvent

HONGQIAO = "330381002036"


@pytest.fixture
def run(db, capsys):
    def command(*options) -> str:
        call_command("load_units", *options)
        return capsys.readouterr().out

    return command


def test_what_the_office_has_edited_stays_and_is_told(run):
    run()
    unit = OrgUnit.objects.get(code=HONGQIAO)
    was = unit.name
    unit.name = "改名社区"
    unit.save()
    told = run()
    unit.refresh_from_db()
    assert unit.name == "改名社区"
    assert f"{HONGQIAO} 改名社区: name is 改名社区, {was} in the list" in told
    assert "units: 0 rows made, 1 units differ" in told


def test_what_is_missing_is_added(run):
    run()
    UnitProfile.objects.all().delete()
    gone = OrgUnit.objects.filter(level="community", valid_to__isnull=False).first()
    code = gone.code
    # A unit is its own community, which would keep it.
    OrgUnit.objects.filter(pk=gone.pk).update(community=None)
    gone.delete()
    assert "units: 2 rows made, 0 units differ" in run()
    assert OrgUnit.objects.filter(code=code).exists()


def test_units_loaded_as_of_a_day_get_no_end_afterwards(run):
    run("--as-of", "2006-06-30")
    told = run()
    assert "valid_to is empty, 2019-01-01 in the list" in told
    assert not OrgUnit.objects.filter(code="330381002034", valid_to__isnull=False)


def test_loading_is_told_while_something_is_made(run):
    run()
    run()
    event = AuditEvent.objects.get(verb="ran")
    name = f"命令行 load_units（系统用户 {system_user()}）"
    assert (event.actor, event.actor_name) == (None, name)
    assert (event.batch, event.purpose) == (
        "communities.orgunit",
        "manage.py load_units",
    )
    assert event.count > OrgUnit.objects.count()


def test_loading_again_makes_nothing(db):
    assert load_units().made > 20
    again = load_units()
    assert (again.made, again.differences) == (0, [])
