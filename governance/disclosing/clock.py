"""By when a matter is published, for communities and villages by their own law.

    deadline = deadline_of(matter, unit, formed_on)
    deadline.due_on, deadline.why

Communities: as soon as may be (城市居民委员会组织法 34), which the catalogue counts as
T02. Villages: every quarter, money every month, what is grave at once (T21;
村民委员会组织法 35).
"""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from communities.models import OrgUnit
from governance.models import Matter
from toolkit import clocks
from toolkit.deadlines import Deadline, Limit

Cadence = Matter.Cadence
VILLAGE = OrgUnit.RuleProfile.VILLAGE
STEPS = {Cadence.MONTH: "finance", Cadence.EVENT: "major"}


def limit_for(matter: Matter, unit: OrgUnit) -> Limit:
    """Return the limit that runs from the day on which the information is there."""
    profile = unit.rule_profile
    cadence = matter.cadence_in(unit)
    if profile == VILLAGE:
        limit = clocks.limit("T21", STEPS.get(cadence, "general"), profile)
    else:
        limit = clocks.limit("T02", profile=profile)
    is_event = cadence == Cadence.EVENT
    return replace(limit, trigger=_("信息形成") if is_event else _("本期结束"))


def deadline_of(
    matter: Matter, unit: OrgUnit, formed_on: date, met_on: date | None = None
) -> Deadline:
    """Return the clock of one matter, whose information is there since a day."""
    return clocks.run(limit_for(matter, unit), formed_on, done_at=met_on)
