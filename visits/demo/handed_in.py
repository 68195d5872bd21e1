"""What phones of the demo handed in and no rule could decide of."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from communities.models import Resident
from communities.scoping import LOWEST
from toolkit.demo import DemoPlan, demo
from toolkit.sync.receiving import receive
from visits.actions.enrolment import present
from visits.actions.members import people_of
from visits.demo.walks import loggers
from visits.intervals import midnight
from visits.models import HandedIn, Visit
from visits.versions import version_of

# What phones told otherwise than it was stored of the last visits of somebody.
OTHERWISE = (
    {"outcome": "needs_help", "note": "药快没了，要人陪去配。"},
    {"method": "phone", "note": "人在儿子家，电话里说都好。"},
    {"outcome": "nobody_home", "note": "敲门无人应"},
)
# What somebody puts right of an earlier visit, too late to do it himself.
PUT_RIGHT = {"note": "腿脚比上月差，上下楼要人扶。", "reason": "当天写漏了"}


@demo("handed-in", order=55)
@transaction.atomic
def load_handed_in(plan: DemoPlan) -> str:
    """Let phones hand in what waits for a person where the demo's staff work."""
    now = timezone.now()
    for path, user in loggers():
        if user.has_perm("toolkit.change_syncitem"):
            continue
        items = [
            *told_otherwise(user),
            *seen_elsewhere(path, user, now),
            *put_right_late(user, now),
        ]
        receive(items, sent_at=now, by=user, now=now)
    return f"{HandedIn.objects.waiting().count()} items wait"


def told_otherwise(user) -> list[dict]:
    """Return other texts under the numbers of the last visits of somebody."""
    visits = Visit.objects.filter(logged_by=user, resident__isnull=False)
    last = visits.select_related("resident").order_by("-visited_at", "-pk")
    return [
        item_of(visit.resident, visit.visited_at, number=visit.client_uuid, **other)
        for visit, other in zip(last, OTHERWISE, strict=False)
    ]


def seen_elsewhere(path: str, user, now: datetime) -> list[dict]:
    """Return a visit to somebody of the same community in whose grid one is not."""
    above = path.rstrip("/").rpartition("/")[0]
    if path.count("/") < LOWEST:
        return []
    near = present(Resident.objects.filter(org_unit__path__startswith=above))
    found = near.exclude(org_unit__path=path).order_by("pk").first()
    earlier = now - timedelta(hours=3)
    return [item_of(found, earlier, note="搬来以后第一次见，住得惯。")] if found else []


def put_right_late(user, now: datetime) -> list[dict]:
    """Return a correction of a visit that was written down before today."""
    visits = Visit.objects.filter(logged_by=user, resident__isnull=False)
    visits = visits.filter(created_at__lt=midnight(timezone.localdate(now)))
    earlier = visits.order_by("-visited_at", "-pk")[len(OTHERWISE) :].first()
    if earlier is None:
        return []
    item = sent("visit-correction", {"number": earlier.pk} | PUT_RIGHT)
    version = version_of(earlier, people_of(earlier))
    times = {"occurred_at": earlier.visited_at.isoformat()}
    times["written_at"] = now.isoformat()
    return [item | times | {"base_version": version}]


def item_of(resident: Resident, at: datetime, *, number=None, **told) -> dict:
    """Return a visit as a phone sends it."""
    about = {"kind": "resident", "id": resident.pk}
    visit = {"subject": about, "method": "door", "outcome": "normal"} | told
    return sent("visit", visit, number) | {"occurred_at": at.isoformat()}


def sent(kind: str, told: dict, number=None) -> dict:
    """Return what a phone sends of a kind, but when it was."""
    body = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return {
        "client_uuid": str(number or uuid4()),
        "kind": kind,
        "body": body,
        "sha256": sha256(body.encode()).hexdigest(),
        "zone": "Asia/Shanghai",
    }
