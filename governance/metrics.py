from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from governance.models import Body
from toolkit.metrics import metric


@metric(
    "governance.units_with_bodies",
    label=_("有基层组织的社区（村）"),
    sentence=_("分布在{number}个社区（村）"),
    unit=_("个"),
    value=Count("org_unit", distinct=True),
    meaning=_("期末至少有一个组织在任的社区（村）数。"),
)
@metric(
    "governance.bodies",
    label=_("在任的基层组织"),
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
    sentence=_("期内任期届满{number}个"),
    unit=_("个"),
    meaning=_(
        "任期在期内届满的组织数，应按时换届；届满前已撤销的不计，届满后才撤销的仍计。"
    ),
    better="down",
)
def terms_ended(period):
    lasted = Q(closed_on=None) | Q(closed_on__gte=F("term_ends_on"))
    return Body.objects.filter(lasted, period.on("term_ends_on"))
