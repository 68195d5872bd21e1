from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from governance.models import Body
from toolkit.metrics import metric


@metric(
    "governance.units_with_bodies",
    label=_("有自治组织的社区（村）"),
    unit=_("个"),
    value=Count("org_unit", distinct=True),
    meaning=_("期末至少有一个组织在任的社区（村）数。"),
)
@metric(
    "governance.bodies",
    label=_("在任的自治组织"),
    unit=_("个"),
    meaning=_("期末已产生、任期未满、未撤销的组织数。"),
    source="F014",
    better="up",
)
def bodies(period):
    return Body.objects.in_office_on(period.last_day)


@metric(
    "governance.terms_ended",
    label=_("任期届满"),
    unit=_("个"),
    meaning=_("任期在期内届满的组织数，应按时换届。"),
    better="down",
)
def terms_ended(period):
    return Body.objects.filter(
        closed_on=None, term_ends_on__gte=period.start, term_ends_on__lt=period.end
    )
