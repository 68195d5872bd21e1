import time
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from communities.models import OrgUnit
from communities.roster.actions import import_file
from communities.roster.planning import OUTCOMES
from toolkit.console import at_console

USAGE = 2


class Command(BaseCommand):
    help = "Import a roster (XLSX or CSV) into a unit: all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="code, such as 330381002036")
        parser.add_argument(
            "--dry-run", action="store_true", help="count, write nothing"
        )
        parser.add_argument(
            "--leave-conflicts",
            action="store_true",
            help="write the other rows where some collide with other records",
        )

    def handle(self, file, unit, dry_run, leave_conflicts, **options):
        target = OrgUnit.objects.current().filter(code=unit).first()
        if target is None:
            raise CommandError(f"there is no unit {unit} today", returncode=USAGE)
        if not file.is_file():
            raise CommandError(f"there is no file {file}", returncode=USAGE)
        began = time.monotonic()
        try:
            with at_console("import_roster"):
                roster = import_file(
                    file, unit=target, dry_run=dry_run, leave_conflicts=leave_conflicts
                )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.tell(roster, dry_run, time.monotonic() - began)
        if roster.count("error"):
            raise CommandError(self.first_problem(roster))

    def tell(self, roster, dry_run: bool, seconds: float) -> None:
        counts = ", ".join(f"{name} {roster.count(name)}" for name in OUTCOMES)
        done = "checked" if dry_run else "imported"
        self.stdout.write(f"{done}: {counts} ({seconds:.1f} s)")

    @staticmethod
    def first_problem(roster) -> str:
        first = roster.problems[0]
        return (
            f"{roster.count('error')}: {first['sheet']} {first['line']} {first['text']}"
        )
