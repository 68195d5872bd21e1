from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from communities.unit_list import UNITS, load_units
from toolkit.console import at_console, tell_run


class Command(BaseCommand):
    help = "Add the units of the list that are missing; says what differs."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=UNITS)
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            help="only the units of this day, none of them with an end (2006-06-30)",
        )

    def handle(self, file, as_of=None, **options):
        try:
            loaded = self.load(file, as_of)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        for sentence in loaded.differences:
            self.stdout.write(sentence)
        self.stdout.write(
            f"units: {loaded.made} rows made, {len(loaded.differences)} units differ"
        )

    @staticmethod
    def load(file, as_of):
        """Load the units and write down how many rows were made."""
        with at_console("load_units"), transaction.atomic():
            loaded = load_units(file, as_of)
            if loaded.made:
                tell_run("load_units", loaded.made, batch="communities.orgunit")
            return loaded
