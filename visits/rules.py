"""The table of visit frequencies: its data, and what follows from it."""

import tomllib
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from communities.models import OrgUnit, Resident
from visits.models import Visit, VisitDuty, VisitRule
from visits.steps import CHANGES
from visits.validation import closed_on

FILE = Path(__file__).parent / "data" / "rules.toml"


def declared_rules() -> list[dict]:
    """Return the rules of the data file, in their order."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]


def load_rules() -> int:
    """Give every street the rules it does not have yet; return how many were made.

    A rule that the office has edited or ended is left alone.
    """
    made = 0
    for street in OrgUnit.objects.filter(level=OrgUnit.Level.STREET):
        known = set(
            VisitRule.objects.filter(org_unit=street).values_list("slug", flat=True)
        )
        rows = [
            VisitRule(org_unit=street, number=number, **fields)
            for number, fields in enumerate(declared_rules(), start=1)
            if fields["slug"] not in known
        ]
        made += len(VisitRule.objects.bulk_create(rows))
    return made


def default_follow_up(visit: Visit, met: Collection) -> date | None:
    """Return the day of the extra visit that a change asks for where no rule does.

    Whoever of those met is under a rule is looked after by the duty; for anybody
    else a change or a need for help asks for a second visit on the next day, as the
    street has decided. Nobody goes to see who is no longer registered.
    """
    if visit.outcome not in CHANGES or closed_on(visit) is not None:
        return None
    keys = [one.pk for one in met if isinstance(one, Resident)]
    if VisitDuty.objects.open().filter(resident__in=keys).exists():
        return None
    return max(
        timezone.localdate(visit.visited_at + timedelta(hours=24)),
        timezone.localdate(),
    )
