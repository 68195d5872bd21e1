from django.utils.translation import gettext_lazy as _

from communities.filters.base import Choice, UnitFilters
from communities.models import RosterImport
from communities.models.roster import IMPORT


class RosterImportFilters(UnitFilters):
    state = Choice(choices=RosterImport.State, label=_("状态"))
    permission = IMPORT
    has_grids = False

    class Meta:
        model = RosterImport
        fields = ["unit", "state"]
