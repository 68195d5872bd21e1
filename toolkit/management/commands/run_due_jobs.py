from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from toolkit.console import at_console, tell_run
from toolkit.duties import perform_all


class Command(BaseCommand):
    help = "Do now what is due: reports, jobs whose worker was lost, escalations."

    def add_arguments(self, parser):
        parser.add_argument("--at", help="as if it were this time (ISO 8601)")

    def handle(self, at=None, **options):
        now = self.moment(at) if at else timezone.now()
        with at_console("run_due_jobs"):
            done = perform_all(now)
            tell_run("run_due_jobs", sum(max(count, 0) for count in done.values()))
        told = ", ".join(f"{slug} {count}" for slug, count in done.items())
        self.stdout.write(f"duties: {told}")
        if -1 in done.values():
            raise CommandError("a duty failed; see the log")

    @staticmethod
    def moment(text):
        try:
            moment = parse_datetime(text)
        except ValueError as error:
            raise CommandError(f"no such time: {text}") from error
        if moment is None:
            raise CommandError(f"not a time: {text} (example: 2026-11-23T08:00)")
        moment = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
        if moment > timezone.now():
            # Reports of periods that are not over would be frozen for good.
            raise CommandError(f"a time to come: {text}")
        return moment
