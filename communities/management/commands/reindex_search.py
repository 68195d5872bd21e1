from django.core.management.base import BaseCommand

from communities.finding import reindex


class Command(BaseCommand):
    help = "Make the search keys of all residents anew."

    def handle(self, **options):
        self.stdout.write(f"search keys made anew for {reindex()} residents")
