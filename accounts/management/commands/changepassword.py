from django.core.management.base import BaseCommand, CommandError

from accounts.actions import give_temporary_password
from accounts.models import User
from toolkit.console import at_console


class Command(BaseCommand):
    """In the place of Django's own, which sets a password that nobody hears of."""

    help = "Give an account a new one-time password, end its sessions, write it down."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"there is no account {username}", returncode=2)
        with at_console("changepassword"):
            password = give_temporary_password(user=user, by=None)
        self.stdout.write(f"{username}: {password} (72 hours, to be changed at once)")
