from random import Random

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from toolkit import demo
from toolkit.console import at_console
from toolkit.statistics import tidy_up


class Command(BaseCommand):
    help = "Load the demo street: units, residents, one account per role, daily work."

    def add_arguments(self, parser):
        parser.add_argument("--residents", type=int, default=103_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--if-empty", action="store_true")
        parser.add_argument("--accounts", action="store_true", help="only list them")

    def handle(self, residents, seed, if_empty, accounts, **options):
        if not settings.YUHAI_DEMO_ALLOWED:
            raise CommandError("the demo is refused in production")
        if accounts:
            self.list_accounts()
            return
        if apps.get_model("communities", "OrgUnit").objects.exists():
            if if_empty:
                return
            raise CommandError("the database is not empty; the demo needs a fresh one")
        if not 1 <= residents <= 2_000_000:
            raise CommandError("--residents must lie between 1 and 2000000")
        call_command("load_reference", stdout=self.stdout)
        plan = demo.DemoPlan(residents, Random(seed), timezone.localdate())  # noqa: S311
        with at_console("load_demo"):
            for slug, line in demo.load_all(plan):
                self.stdout.write(f"{slug}: {line}")
        tidy_up()
        # Whoever only fills an empty database lists them when the portal has started.
        if not if_empty:
            self.list_accounts()

    def list_accounts(self):
        users = apps.get_model("accounts", "User").objects.filter(is_active=True)
        self.stdout.write(f"password of all demo accounts: {demo.demo_password()}")
        for user in users.order_by("pk"):
            if not user.has_usable_password():
                continue
            held = user.assignments.current().select_related("role", "org_unit")
            places = ", ".join(f"{one.role} {one.org_unit}" for one in held)
            self.stdout.write(f"  {user.username:<16} {user.name} {places}")
