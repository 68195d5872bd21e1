"""Who writes and who approves in the demo of publication and of the books."""

from accounts.models import Assignment, User
from communities.models import OrgUnit


class Desk:
    """The people of one unit: who writes, and another one who approves."""

    def __init__(self, unit: OrgUnit):
        self.unit = unit
        self.writer = first_with("add_disclosure", unit)
        self.approver = first_with("publish_disclosure", unit, besides=self.writer)

    @property
    def is_manned(self) -> bool:
        return bool(self.writer and self.approver)


def first_with(codename: str, unit: OrgUnit, besides: User | None = None):
    """Return who holds a permission over the unit, the nearest; None if nobody does."""
    held = Assignment.objects.current().filter(
        role__permissions__codename=codename,
        role__permissions__content_type__app_label="governance",
        org_unit__code__in=unit.path.strip("/").split("/"),
    )
    ordered = held.select_related("user").order_by("-org_unit__path", "pk")
    people = (one.user for one in ordered if one.user != besides)
    return next(people, None)
