"""The command line of the server: who works there is known to the system alone.

    class Command(BaseCommand):
        def handle(self, **options):
            with at_console("reindex_search"), transaction.atomic():
                tell_run("reindex_search", reindex(), batch="communities.resident")

Nobody is signed in there, so the events have no actor; they bear the command and the
user of the operating system.
"""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext as _

from toolkit import audit
from toolkit.acting import acting_as
from toolkit.models import AuditEvent


@dataclass(frozen=True)
class Console:
    """A command in whose course something happens."""

    command: str
    ip = None
    user = None

    @property
    def name(self) -> str:
        """What stands in the trail for the person."""
        words = {"command": self.command, "user": system_user()}
        return _("命令行 %(command)s（系统用户 %(user)s）") % words


def system_user() -> str:
    """Return the user of the operating system, with the one behind `sudo`."""
    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        name = str(number)
    behind = os.environ.get("SUDO_USER", "")[:40]
    return f"{name} ← {behind}" if behind else name


@contextmanager
def at_console(command: str) -> Iterator[Console]:
    """Have every event inside bear the command and the user of the system."""
    console = Console(command)
    with acting_as(console):
        yield console


def tell_run(command: str, count: int, **told) -> AuditEvent:
    """Write down that a command wrote so many rows, in its transaction."""
    return audit.record("ran", count=count, purpose=f"manage.py {command}", **told)
