from itertools import chain

from django.core.management.base import BaseCommand, CommandError

from toolkit.chain import broken_links, missing_numbers
from toolkit.models import AuditSeal
from toolkit.proofs import failed_proofs


class Command(BaseCommand):
    help = "Check the audit trail and what was frozen; names the first thing changed."

    def handle(self, **options):
        for sentence in chain(broken_links(), failed_proofs()):
            raise CommandError(sentence)
        if gaps := missing_numbers():
            self.stdout.write(f"note: {gaps}")
        self.stdout.write(f"audit trail: {AuditSeal.objects.count()} links, unbroken")
