"""Visits, the duties they fulfil and the rules behind them."""

import json
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from django.utils import timezone

from tests.factories.core import make_resident, make_user, numbers
from toolkit.models import SyncItem
from visits.intervals import midnight
from visits.models import (
    Caseload,
    DueVisit,
    ExtraRound,
    ExtraVisit,
    HandedIn,
    HandOver,
    LedgerEntry,
    Visit,
    VisitDuty,
    VisitRule,
)


def make_visit_rule(org_unit, **fields):
    number = next(numbers)
    defaults = {
        "slug": f"rule-{number}",
        "number": number % 1000,
        "name": f"试验类别{number}",
        "short_name": "试验",
        "interval": 1,
        "interval_unit": VisitRule.Unit.WEEK,
        "source": "试验依据",
    }
    return VisitRule.objects.create(org_unit=org_unit, **defaults | fields)


def make_visit_duty(org_unit, **fields):
    """A duty of a new person under a new rule, with its first visit owed."""
    resident = fields.pop("resident", None) or make_resident(org_unit)
    rule = fields.pop("rule", None) or make_visit_rule(org_unit)
    since = fields.pop("since", timezone.localdate() - timedelta(days=30))
    due = fields.pop("next_due_on", since + timedelta(days=7))
    defaults = {"since": since, "next_due_on": due}
    duty = VisitDuty.objects.create(resident=resident, rule=rule, **defaults | fields)
    if duty.until is None:
        DueVisit.objects.create(
            duty=duty,
            org_unit_id=resident.org_unit_id,
            opened_on=since,
            due_on=due,
            why=duty.why,
        )
    return duty


def make_due_visit(org_unit, **fields):
    duty = fields.pop("duty", None) or make_visit_duty(org_unit)
    due = DueVisit.objects.get(duty=duty)
    for name, value in fields.items():
        setattr(due, name, value)
    due.save()
    return due


def recently():
    """An hour ago, or since midnight: a moment of today, whenever the tests run."""
    return max(timezone.now() - timedelta(hours=1), midnight(timezone.localdate()))


def make_visit(org_unit, **fields):
    defaults = {
        "outcome": Visit.Outcome.NORMAL,
        "visited_at": recently(),
    }
    if not {"household", "organisation"} & set(fields):
        defaults["resident"] = fields.pop("resident", None) or make_resident(org_unit)
    if "logged_by" not in fields:
        defaults["logged_by"] = make_user()
    return Visit.objects.create(org_unit=org_unit, **defaults | fields)


def make_ledger_entry(org_unit, **fields):
    """A visit that stands in a ledger: of condolences, where no other is named."""
    visit = fields.pop("visit", None) or make_visit(org_unit)
    defaults = {
        "ledger": "services.condolence",
        "happened_on": timezone.localdate(visit.visited_at),
        "entered_by": visit.logged_by,
    }
    if "ledger" not in fields:
        defaults |= {"category": "illness", "amount": 200, "receipt": "本人签收"}
    return LedgerEntry.objects.create(
        visit=visit, org_unit=org_unit, **defaults | fields
    )


def make_handed_in(org_unit, subject=None, **fields):
    """A visit that a phone handed in and that waits in the unit of its subject."""
    subject = subject or make_resident(org_unit)
    told = {"kind": subject._meta.model_name, "id": subject.pk}
    body = {"subject": told, "method": "door", "outcome": "normal"}
    text = json.dumps(body | fields.pop("told", {}), ensure_ascii=False)
    now = timezone.now()
    defaults = {
        "client_uuid": uuid4(),
        "digest": sha256(text.encode()).hexdigest(),
        "body": text,
        "occurred_at": now - timedelta(hours=1),
        "moment": recently(),
        "received_at": now,
        "result": SyncItem.Result.HANDOVER,
        "status": SyncItem.Status.WAITING,
        "unit_path": org_unit.path,
    }
    if "by" not in fields:
        defaults["by"] = make_user()
    return HandedIn.objects.create(kind="visit", **defaults | fields)


def make_caseload(org_unit, **fields):
    """A new main worker of the unit, whose day no other caseload begins on."""
    since = timezone.localdate() - timedelta(days=next(numbers))
    defaults = {"since": since, "worker": fields.pop("worker", None) or make_user()}
    return Caseload.objects.create(org_unit=org_unit, **defaults | fields)


def make_hand_over(org_unit, units=None, **fields):
    """A draft that hands the unit, which nobody has, to a new worker."""
    defaults = {"to_worker": fields.pop("to_worker", None) or make_user()}
    defaults["proposed_by"] = fields.pop("proposed_by", None) or make_user()
    hand_over = HandOver.objects.create(org_unit=org_unit, **defaults | fields)
    hand_over.units.set(units or [org_unit])
    return hand_over


def make_extra_round(org_unit, rules=None, **fields):
    """A round of three days from today on, about nobody yet."""
    today = timezone.localdate()
    defaults = {"title": f"台风加访{next(numbers)}", "occasion": "typhoon"}
    defaults |= {"begins_on": today, "last_day": today + timedelta(days=2)}
    defaults["opened_by"] = fields.pop("opened_by", None) or make_user()
    extra = ExtraRound.objects.create(org_unit=org_unit, **defaults | fields)
    extra.rules.set(rules or [make_visit_rule(org_unit)])
    return extra


def make_extra_visit(org_unit, **fields):
    defaults = {"round": fields.pop("round", None) or make_extra_round(org_unit)}
    defaults["resident"] = fields.pop("resident", None) or make_resident(org_unit)
    return ExtraVisit.objects.create(org_unit=org_unit, **defaults | fields)
