"""Demo accounts: one for each role, in the community where the demo works most."""

from django.db import transaction

from accounts.models import Assignment, RoleProfile, User
from accounts.roles import declared_roles
from communities.models import OrgUnit
from toolkit.demo import DemoPlan, demo, demo_password

# 东门社区: old lanes, many old people living alone.
COMMUNITY = "330381002036"


def unit_for(level: str) -> OrgUnit:
    """Return the unit in which the demo account of a level works."""
    if level == OrgUnit.Level.STREET:
        return OrgUnit.objects.get(level=level)
    community = OrgUnit.objects.get(code=COMMUNITY)
    if level == OrgUnit.Level.GRID:
        return OrgUnit.objects.grids().filter(parent=community).order_by("code")[0]
    return community


@demo("accounts", order=30)
@transaction.atomic
def load_accounts(plan: DemoPlan) -> str:
    """Create one account for each role; all share the password of the installation."""
    profiles = {p.slug: p for p in RoleProfile.objects.select_related("role")}
    for role in declared_roles():
        user = User(username=role["account"], name=role["person"], post=role["name"])
        user.set_password(demo_password())
        user.save()
        Assignment.objects.create(
            user=user,
            role=profiles[role["slug"]].role,
            org_unit=unit_for(role["level"]),
            starts_on=plan.today.replace(month=1, day=1),
        )
    return f"{len(profiles)} accounts, one for each role"
