"""Visits that a phone hands in: a day's work in one request, and one in each."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import cycle, islice
from uuid import uuid4

from django.utils import timezone

from benchmarks.visitors import Visitor
from communities.models import Resident
from yuhai_portal.wsgi import application

URL = "/api/v1/sync/"
MANY, PEOPLE = 100, 2000


def actions() -> dict[str, Callable]:
    """Return a batch of visits, and a single one; every call tells of new visits."""
    phone = Visitor(application, "director")
    reached = Resident.objects.in_scope_of(phone.user).filter(ended_on=None)
    people = cycle(list(reached.order_by("uid").values_list("pk", flat=True)[:PEOPLE]))
    return {
        "sync batch": lambda: send(phone, people, MANY),
        "sync single": lambda: send(phone, people, 1),
    }


def send(phone: Visitor, people: Iterator[int], count: int) -> None:
    """Hand in visits to the next people; ends the run if one is not taken over."""
    now = timezone.now().isoformat()
    items = [item(pk, now) for pk in islice(people, count)]
    answer = json.loads(phone.send(URL, {"sent_at": now, "items": items}))
    results = {one["result"] for one in answer["items"]}
    if results != {"created"}:
        raise SystemExit(f"{URL} answered {results}")


def item(pk: int, now: str) -> dict:
    told = {
        "subject": {"kind": "resident", "id": pk},
        "method": "door",
        "outcome": "normal",
        "note": "精神好，药够吃。",
    }
    body = json.dumps(told, ensure_ascii=False)
    return {
        "client_uuid": str(uuid4()),
        "kind": "visit",
        "body": body,
        "sha256": sha256(body.encode()).hexdigest(),
        "occurred_at": now,
    }
