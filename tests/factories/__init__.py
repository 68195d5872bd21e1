"""Factories: `make_<model>(org_unit, **fields)`.

`FACTORIES` lets a contract test build a row of any model that has screens, in any
unit.
"""

from tests.factories.accounts import (
    make_account,
    make_role,
    make_tenure,
    make_trail,
)
from tests.factories.communities import (
    make_boundary_change,
    make_conversion_condition,
    make_honour,
    make_office_day,
    make_office_limit,
    make_organisation,
    make_population_event,
    make_population_snapshot,
    make_relocation,
    make_roster_import,
    make_unit_below,
    make_unit_profile,
)
from tests.factories.core import (
    make_assignment,
    make_building,
    make_household,
    make_lane,
    make_org_unit,
    make_resident,
    make_user,
)
from tests.factories.notices import make_attachment, make_notice, make_published
from tests.factories.pillars import (
    make_body,
    make_greenery,
    make_police_room,
    make_school_session,
    make_service_point,
)
from tests.factories.reports import make_metric_target, make_report
from tests.factories.visits import (
    make_due_visit,
    make_visit,
    make_visit_duty,
    make_visit_rule,
)
from tests.factories.volunteers import make_team

__all__ = [
    "FACTORIES",
    "make_boundary_change",
    "make_conversion_condition",
    "make_honour",
    "make_organisation",
    "make_population_event",
    "make_office_day",
    "make_office_limit",
    "make_population_snapshot",
    "make_relocation",
    "make_roster_import",
    "make_unit_below",
    "make_unit_profile",
    "make_body",
    "make_greenery",
    "make_metric_target",
    "make_report",
    "make_police_room",
    "make_school_session",
    "make_service_point",
    "make_account",
    "make_assignment",
    "make_building",
    "make_household",
    "make_lane",
    "make_attachment",
    "make_notice",
    "make_org_unit",
    "make_published",
    "make_resident",
    "make_role",
    "make_team",
    "make_tenure",
    "make_trail",
    "make_due_visit",
    "make_user",
    "make_visit",
    "make_visit_duty",
    "make_visit_rule",
]

FACTORIES = {
    "accounts.assignment": make_tenure,
    "accounts.trail": make_trail,
    "accounts.user": make_account,
    "communities.lane": make_lane,
    "communities.building": make_building,
    "communities.household": make_household,
    "communities.resident": make_resident,
    "communities.boundarychange": make_boundary_change,
    "communities.conversioncondition": make_conversion_condition,
    "communities.honour": make_honour,
    "communities.officeday": make_office_day,
    "communities.officelimit": make_office_limit,
    "communities.organisation": make_organisation,
    "communities.orgunit": make_unit_below,
    "communities.populationevent": make_population_event,
    "communities.populationsnapshot": make_population_snapshot,
    "communities.relocation": make_relocation,
    "communities.rosterimport": make_roster_import,
    "communities.unitprofile": make_unit_profile,
    "notices.notice": make_notice,
    "reports.metrictarget": make_metric_target,
    "visits.duevisit": make_due_visit,
    "visits.visit": make_visit,
    "visits.visitduty": make_visit_duty,
    "visits.visitrule": make_visit_rule,
    "volunteers.team": make_team,
    "ecology.greenery": make_greenery,
    "governance.body": make_body,
    "learning.schoolsession": make_school_session,
    "safety.policeroom": make_police_room,
    "services.servicepoint": make_service_point,
}
