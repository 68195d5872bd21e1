from django.core.management.base import BaseCommand, CommandError

from toolkit.chain import broken_links
from toolkit.models import AuditSeal


class Command(BaseCommand):
    help = "Check the chain over the audit trail; names the first broken link."

    def handle(self, **options):
        for sentence in broken_links():
            raise CommandError(sentence)
        self.stdout.write(f"audit trail: {AuditSeal.objects.count()} links, unbroken")
