"""From when on the new people and households of a roster count.

Those of the first roster of a community were there before there was a register: they
count for as long as they live. What a later roster brings counts from the day of its
import, so that it changes no figure of the past.
"""

from datetime import date

from django.db.models import Exists, OuterRef

from communities.models import OrgUnit, Resident
from communities.on_day import first_arrivals


def days_of_entry(unit: OrgUnit, day: date) -> dict[int, str]:
    """Return {community: the day of the import} of those that had a roster before.

    A community had one where somebody counts from the beginning, neither entered late
    nor come by a birth or move.
    """
    came = first_arrivals().filter(resident=OuterRef("pk"))
    rows = Resident.objects.within(unit).filter(~Exists(came), entered_on=None)
    units = rows.order_by().values_list("org_unit", flat=True).distinct()
    communities = OrgUnit.objects.filter(pk__in=list(units))
    known = communities.values_list("community", flat=True)
    return dict.fromkeys(set(known), day.isoformat())
