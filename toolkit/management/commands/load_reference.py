from django.core.management.base import BaseCommand
from django.db import transaction

from toolkit.console import at_console, tell_run
from toolkit.reference import load_all


class Command(BaseCommand):
    help = "Load roles, legal limits, holidays and code tables; may be repeated."

    def handle(self, **options):
        with at_console("load_reference"), transaction.atomic():
            changed = {slug: count for slug, count in load_all().items() if count}
            told = ", ".join(f"{slug} {count}" for slug, count in changed.items())
            if changed:
                about = {"conditions": told}
                tell_run("load_reference", sum(changed.values()), about=about)
        self.stdout.write(f"reference data: {told or 'nothing new'}")
