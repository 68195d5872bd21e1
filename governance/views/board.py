from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from communities.models import OrgUnit
from governance.board import SHOWN, rows_for
from governance.models import Body
from toolkit import formats
from toolkit.policy import Policy

LEVELS = (OrgUnit.Level.COMMUNITY, OrgUnit.Level.VILLAGE)


class BoardView(TemplateView):
    """Units by kinds of bodies: what is missing or past its term, and why."""

    template_name = "governance/board.html"
    policy = Policy("permission", "governance.view_body")

    def get_context_data(self, **kwargs):
        user = self.request.user
        units = OrgUnit.objects.in_scope_of(user).current().filter(level__in=LEVELS)
        units = list(units.order_by("level", "path"))
        rows = rows_for(Body.objects.in_scope_of(user), units, user)
        faults = [
            {"unit": row["unit"], "cell": cell}
            for row in rows
            for cell in row["cells"]
            if cell.findings
        ]
        return super().get_context_data(
            title=_("组织一览"),
            day=formats.cn_date(timezone.localdate()),
            kinds=[kind.label for kind in SHOWN],
            rows=rows,
            faults=faults,
            count=len(faults),
            **kwargs,
        )
