"""What the processes of test_roster_processes.py do:

python -m tests.communities.roster_acts ACT …
"""

import json
import sys
from datetime import date, timedelta

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402

from accounts.models import User  # noqa: E402
from communities.models import (  # noqa: E402
    Household,
    OrgUnit,
    Resident,
    RosterImport,
    SearchKey,
)
from communities.roster.actions import hand_in, order_commit  # noqa: E402
from tests.communities.roster_files import as_csv, card, person  # noqa: E402
from tests.factories import make_assignment  # noqa: E402
from toolkit import jobs  # noqa: E402

PEOPLE, OF_A_HOME = 3000, 3


def found():
    """Found a street with one community, a grid and a director."""
    street = OrgUnit.objects.create(level="street", code="330381002000", name="街道")
    donghu = OrgUnit.objects.create(
        level="community", code="330381002901", name="东湖社区", parent=street
    )
    OrgUnit.objects.create(
        level="grid", code="330381002901001", name="01网格", parent=donghu
    )
    make_assignment("director", donghu)


def people():
    """Yield three thousand people in households of three."""
    for number in range(PEOPLE):
        born = date(1950, 1, 1) + timedelta(days=number // 400)
        yield person(
            f"张{chr(0x4E00 + number)}",
            id_number=card(number % 400, f"{born:%Y%m%d}"),
            number=f"{number // OF_A_HOME:05d}",
            relation="其他" if number % OF_A_HOME else "户主",
            phone=f"1380000{number:04d}",
        )


def hand():
    """Hand the roster in and have it checked here, without the worker."""
    unit = OrgUnit.objects.get(level="community")
    file = ContentFile(as_csv(list(people())), name="名册.csv")
    roster = hand_in(file=file, unit=unit, by=User.objects.get(), purpose="试验")
    assert jobs.run(roster.job_id)


def order():
    """Order the commit and ring for the worker."""
    roster = RosterImport.objects.get()
    assert order_commit(roster=roster, by=User.objects.get(), leave_conflicts=False)


def count():
    """Print what stands in the database."""
    roster = RosterImport.objects.select_related("job").get()
    told = {
        "people": Resident.objects.count(),
        "homes": Household.objects.count(),
        "keys": SearchKey.objects.values("resident").distinct().count(),
        "state": roster.state,
        "job": roster.job.state,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
