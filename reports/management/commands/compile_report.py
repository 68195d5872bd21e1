from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from communities.models import OrgUnit
from reports.compiled import WRITERS, compiled
from reports.schedules import schedules


class Command(BaseCommand):
    help = "Compute every figure of a period from the rows; print or write them."

    def add_arguments(self, parser):
        parser.add_argument("--schedule", required=True, choices=list(schedules))
        parser.add_argument(
            "--period", required=True, help="2026-11, 2026-W47, 2026-H1"
        )
        parser.add_argument("--unit", help="code of a unit; the street by default")
        parser.add_argument("--format", default="json", choices=list(WRITERS))
        parser.add_argument("--out", type=Path, help="write to this file")

    def handle(self, schedule, period, unit, out, **options):
        chosen = schedules[schedule]
        try:
            asked = chosen.parse(period)
        except ValueError as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        try:
            report = compiled(chosen, asked, self.unit(unit))
        except LookupError as refusal:
            raise CommandError(refusal.args[0]) from refusal
        text = WRITERS[options["format"]](report)
        if out is None:
            self.stdout.write(text, ending="")
            return
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as failure:
            raise CommandError(f"cannot write {out}: {failure.strerror}") from failure
        self.stdout.write(f"{len(report['figures'])} figures written to {out}")

    @staticmethod
    def unit(code: str | None) -> OrgUnit | None:
        if code is None:
            return None
        found = OrgUnit.objects.filter(code=code).first()
        if found is None:
            raise LookupError(f"no unit has the code {code}")
        return found
