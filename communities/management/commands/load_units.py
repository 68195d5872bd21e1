from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from communities.unit_list import UNITS, load_units


class Command(BaseCommand):
    help = "Load the street, its communities and villages; may be repeated."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=UNITS)
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            help="only the units of this day, none of them with an end (2006-06-30)",
        )

    def handle(self, file, as_of=None, **options):
        try:
            changed = load_units(file, as_of)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"units: {changed} rows made or changed")
