from django.core.management.base import BaseCommand
from django.db import transaction

from toolkit.reference import load_all


class Command(BaseCommand):
    help = "Load roles, legal limits, holidays and code tables; may be repeated."

    @transaction.atomic
    def handle(self, **options):
        changed = {slug: count for slug, count in load_all().items() if count}
        told = ", ".join(f"{slug} {count}" for slug, count in changed.items())
        self.stdout.write(f"reference data: {told or 'nothing new'}")
