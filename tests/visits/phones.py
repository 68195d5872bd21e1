"""What phones do, as processes of their own: all of them share a day's items."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

from django.utils import timezone

from accounts.models import User
from tests.factories import (
    make_assignment,
    make_org_unit,
    make_resident,
    make_visit_duty,
    make_visit_rule,
)
from toolkit.models import SyncItem
from toolkit.sync.receiving import receive
from visits.models import DueVisit, Visit

PEOPLE, BATCH, TIMES = 20, 10, 2


def lay_out() -> None:
    """Make a street with people who are to be visited every week; print their keys."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", "330381002901", parent=street)
    grid = make_org_unit("grid", "330381002901001", parent=donghu)
    make_assignment("clerk", donghu, ["add_visit"])
    rule = make_visit_rule(street)
    people = [make_resident(grid, birth_on=date(1940, 1, 1)) for _one in range(PEOPLE)]
    for person in people:
        make_visit_duty(grid, resident=person, rule=rule)
    print(json.dumps([person.pk for person in people]))


def send(path: str, seed: int) -> None:
    """Hand in every item of a file, shuffled, several times; print the answers."""
    items, told = json.loads(Path(path).read_text()), Counter()
    for turn in range(TIMES):
        Random(seed + turn).shuffle(items)
        for start in range(0, len(items), BATCH):
            part, now = items[start : start + BATCH], timezone.now()
            answers = receive(part, sent_at=now, by=User.objects.get(), now=now)
            told.update(one["result"] for one in answers)
    print(json.dumps(told))


def count() -> None:
    """Print the text of every item that was kept, and how the visits stand."""
    told = {
        "kept": {str(one.client_uuid): one.body for one in SyncItem.objects.all()},
        "items": SyncItem.objects.count(),
        "visits": sorted(map(str, Visit.objects.values_list("client_uuid", flat=True))),
        "open": DueVisit.objects.open().count(),
    }
    print(json.dumps(told))
