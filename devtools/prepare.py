"""Bring the database up to date and print the demo accounts.

Runs inside the environment, as one process, because starting Django is most of
the work of the second start. Progress goes to stderr, the accounts to stdout.
"""

import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction


def main() -> int:
    """Migrate, load reference data and, into an empty database, the demo."""
    try:
        django.setup()
        prepare()
    except (CommandError, ImproperlyConfigured) as refusal:
        return refuse(str(refusal))
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        return refuse(f"数据库不可用（请检查 DATABASE_URL 和数据库服务）：{reason}")
    return 0


def prepare() -> None:
    """Do the work; every step does nothing when it has been done before."""
    call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    # All or nothing: a demo that was interrupted must not count as one.
    with transaction.atomic():
        call_command("load_demo", "--if-empty", stdout=sys.stderr)
    call_command("load_reference", stdout=sys.stderr)
    call_command("load_demo", "--accounts")


def refuse(sentence: str) -> int:
    """Print why it cannot be done; return the exit status of a refusal."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
