"""The street on which we measure: the demo, with notices enough for a long list."""

from datetime import timedelta
from pathlib import Path
from random import Random

from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from communities.demo import load_demo_units
from communities.demo.roll import Roll
from communities.models import OrgUnit
from notices import editions
from notices.models import Category, Notice
from toolkit.demo import DemoPlan
from toolkit.statistics import refresh_statistics, tidy_up

NOTICES = 5000
GIST = "请居民朋友注意时间和地点，有事请打社区电话。" * 3


def fill(residents: int) -> None:
    """Make what is missing; nothing if the database is filled."""
    call_command("migrate", verbosity=0, interactive=False)
    if not OrgUnit.objects.exists():
        call_command("load_demo", residents=residents)
    if not User.objects.filter(username="root").exists():
        User.objects.create_superuser("root", name="root")
    publish(NOTICES - Notice.objects.published().count())
    tidy_up()


def lay_out(residents: int, roster: Path) -> None:
    """Make the units for so many residents, and the roster that names them."""
    call_command("migrate", verbosity=0, interactive=False)
    plan = DemoPlan(residents, Random(1), timezone.localdate())
    if not OrgUnit.objects.exists():
        call_command("load_reference")
        load_demo_units(plan)
    roll = Roll(plan)
    roll.write(roster, roll.units)
    refresh_statistics()


def publish(count: int) -> None:
    """Publish so many notices of all units, one an hour."""
    units = list(OrgUnit.objects.current().communities())
    author = User.objects.get(username="leader")
    now = timezone.now()
    notices = [
        Notice(
            org_unit=units[number % len(units)],
            title=f"关于第 {number} 号事项的通知",
            gist=GIST[:70],
            body=GIST,
            category=Category.values[number % len(Category.values)],
            status="published",
            publish_at=now - timedelta(hours=number + 1),
            author=author,
            edited_by=author,
        )
        for number in range(count)
    ]
    Notice.objects.bulk_create(notices, batch_size=1000)
    made = Notice.objects.filter(audience=None)
    places = [
        Notice.audience.through(notice_id=pk, orgunit_id=unit)
        for pk, unit in made.values_list("pk", "org_unit")
    ]
    Notice.audience.through.objects.bulk_create(places, batch_size=2000)
    editions.bump()
