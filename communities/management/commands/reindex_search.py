from django.core.management.base import BaseCommand
from django.db import transaction

from communities.finding import reindex
from toolkit.console import at_console, tell_run


class Command(BaseCommand):
    help = "Make the search keys of all residents anew."

    def handle(self, **options):
        with at_console("reindex_search"), transaction.atomic():
            count = reindex()
            tell_run("reindex_search", count, batch="communities.resident")
        self.stdout.write(f"search keys made anew for {count} residents")
