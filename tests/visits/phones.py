"""What phones do, as processes of their own: all of them share a day's items."""

import json
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

from django.utils import timezone

from accounts.models import Assignment, User
from communities.models import OrgUnit, Resident
from tests.factories import (
    make_assignment,
    make_org_unit,
    make_relocation,
    make_resident,
    make_visit_duty,
    make_visit_rule,
)
from toolkit.models import PhoneLease, SyncItem
from toolkit.sync.leases import LASTS, token_of
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


def lay_out_many(devices: int, people: int) -> None:
    """Make people of one community, and workers with phones and leases; print both."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", "330381002901", parent=street)
    grid = make_org_unit("grid", "330381002901001", parent=donghu)
    xihu = make_org_unit("community", "330381002902", parent=street)
    make_org_unit("grid", "330381002902001", parent=xihu)
    rule = make_visit_rule(street)
    born = date(1940, 1, 1)
    found = [make_resident(grid, birth_on=born) for _one in range(people)]
    for person in found:
        make_visit_duty(grid, resident=person, rule=rule)
    tokens = []
    for number in range(devices):
        user = make_assignment(f"worker-{number}", donghu, ["add_visit"]).user
        now = timezone.now()
        lease = PhoneLease.objects.create(
            user=user, issued_at=now, until=now + LASTS, session_mark=""
        )
        tokens.append(token_of(lease))
    told = {"people": [person.pk for person in found], "tokens": tokens}
    print(json.dumps(told))


def disturb() -> None:
    """While phones hand in: move people, end and move posts, disable two accounts."""
    far = OrgUnit.objects.get(code="330381002902001")
    for person in Resident.objects.order_by("pk")[::3]:
        make_relocation(far, resident=person, from_unit=person.org_unit)
        Resident.objects.filter(pk=person.pk).update(org_unit=far)
        time.sleep(0.01)
    posts = Assignment.objects.order_by("pk")
    last_week = timezone.localdate() - timedelta(days=7)
    for post in posts[2::4]:
        long_ago = last_week - timedelta(days=400)
        Assignment.objects.filter(pk=post.pk).update(
            starts_on=long_ago, ends_on=last_week
        )
        time.sleep(0.05)
    for user in User.objects.order_by("pk")[:2]:
        User.objects.filter(pk=user.pk).update(is_active=False)


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
        "results": dict(Counter(SyncItem.objects.values_list("result", flat=True))),
        "visits": sorted(map(str, Visit.objects.values_list("client_uuid", flat=True))),
        "open": DueVisit.objects.open().count(),
    }
    print(json.dumps(told))
