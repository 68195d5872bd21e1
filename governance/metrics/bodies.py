from django.db.models import Avg, Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from governance.models import Body, Certificate, Member, Term, Worker
from governance.models.workers import AGE_AFTER, AGE_BEFORE, HIGH_SCHOOL
from governance.staffing import FEMALE
from toolkit.metrics import metric, rate

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
    rows = bodies(period).with_rank_on(period.last_day)
    return rows.filter(rank_then=Body.Rank.GENERAL)


@metric(
    "governance.party_branches_below_general",
    label=_("党总支下属党支部"),
    unit=_("个"),
    meaning=_("期末在任、归党总支的党支部数。"),
    source="F015",
)
def branches_below_general(period):
    rows = bodies(period).with_rank_on(period.last_day)
    return rows.filter(rank_then=Body.Rank.BRANCH, rank_above=Body.Rank.GENERAL)


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


@metric(
    "governance.workers",
    label=_("在岗社区工作者"),
    unit=_("人"),
    meaning=_("期末已聘用、未离岗的社区工作者人数。"),
    source="F018",
)
@metric(
    "governance.workers_average_age",
    label=_("社区工作者平均年龄"),
    unit=_("岁"),
    value=Avg("age"),
    decimals=1,
    meaning=_("期末在岗社区工作者的平均年龄，按出生年份计算。"),
    source="F019",
)
def workers(period):
    return Worker.objects.serving_on(period.last_day)


@metric(
    "governance.workers_high_school_or_above",
    label=_("高中以上的社区工作者"),
    unit=_("人"),
    meaning=_("期末在岗、文化程度为高中或中专以上的人数。"),
    source="F023",
    better="up",
)
def workers_of_high_school(period):
    return workers(period).filter(education__in=HIGH_SCHOOL)


@metric(
    "governance.workers_women",
    label=_("女社区工作者"),
    unit=_("人"),
    meaning=_("期末在岗的女社区工作者人数。"),
    source="F024",
)
def women(period):
    return workers(period).filter(sex=FEMALE)


@metric(
    "governance.workers_certified",
    label=_("持证社区工作者"),
    unit=_("人"),
    meaning=_("期末在岗、已取得社会工作者职业资格的人数。"),
    source="F019",
    better="up",
)
def certified(period):
    held = Certificate.objects.filter(
        worker=OuterRef("pk"), issued_on__lte=period.last_day
    )
    return workers(period).filter(Exists(held))


@metric(
    "governance.workers_by_exam",
    label=_("公开考试聘用的社区工作者"),
    unit=_("人"),
    meaning=_("期末在岗、经公开考试聘用的人数，其余为选举后直接聘用。"),
    source="F020",
)
def by_exam(period):
    return workers(period).filter(route=Worker.Route.EXAM)


@metric(
    "governance.average_age_before_change",
    label=_("换届前平均年龄"),
    unit=_("岁"),
    value=AGE_BEFORE,
    decimals=1,
    meaning=_("期末前最近一次居（村）委会换届前一天在岗人员的平均年龄。"),
    source="F022",
)
@metric(
    "governance.average_age_change",
    label=_("换届前后平均年龄差"),
    unit=_("岁"),
    value=AGE_AFTER - AGE_BEFORE,
    decimals=1,
    meaning=_("最近一次换届后在岗人员的平均年龄减换届前的，负数为年轻化。"),
    source="F022",
    better="down",
)
def around_the_change(period):
    return Worker.objects.around_the_change(period.last_day)


rate(
    "governance.workers_women_rate",
    label=_("女社区工作者比例"),
    part="governance.workers_women",
    whole="governance.workers",
    meaning=_("期末在岗社区工作者中女性的比例。"),
    source="F024",
)
