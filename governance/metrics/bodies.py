from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from governance.models import Body, Member, Term
from toolkit.metrics import metric

FOUR = (
    Body.Kind.PARTY,
    Body.Kind.CONGRESS,
    Body.Kind.COUNCIL,
    Body.Kind.COMMITTEE,
)


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
    "governance.communities_with_four_bodies",
    label=_("四个组织齐全的社区"),
    unit=_("个"),
    meaning=_("期末党组织、代表会议、议事协商委员会、居委会都在任的社区数，不含村。"),
    source="F014",
    better="up",
)
def communities_with_four_bodies(period):
    day = period.last_day
    standing = Body.objects.in_office_on(day).filter(org_unit=OuterRef("pk"))
    units = OrgUnit.objects.filter(level=OrgUnit.Level.COMMUNITY).valid_on(day)
    return units.filter(*(Exists(standing.filter(kind=kind)) for kind in FOUR))


@metric(
    "governance.party_general_branches",
    label=_("党总支"),
    unit=_("个"),
    meaning=_("期末在任的党总支数。"),
    source="F015",
)
def general_branches(period):
    return bodies(period).filter(rank=Body.Rank.GENERAL)


@metric(
    "governance.party_branches_below_general",
    label=_("党总支下属党支部"),
    unit=_("个"),
    meaning=_("期末在任、归党总支的党支部数。"),
    source="F015",
)
def branches_below_general(period):
    return bodies(period).filter(rank=Body.Rank.BRANCH, parent__rank=Body.Rank.GENERAL)


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
    return Term.objects.ended_in(period)


@metric(
    "governance.members",
    label=_("组织成员"),
    unit=_("人"),
    meaning=_("期末在任组织的成员人数，一人在几个组织任职按几人计。"),
)
def members(period):
    return Member.objects.serving_on(period.last_day)
