"""Figures of the visits. A rate is two of them: reports divide."""

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from toolkit.metrics import metric, rate
from visits.models import DueVisit, ExtraVisit, Visit, VisitRule

# Told where a figure rests on the table itself; what is counted of it says of what.
BASIS = _("街道走访频次表")


@metric(
    "visits.visits",
    label=_("走访"),
    unit=_("次"),
    meaning=_(
        "时段内上门、电话、视频走访的次数，含没有见到的；一人、一户或一个单位去一次算一次。"
    ),
    better="up",
)
def visits(period):
    """Every visit of the period."""
    return Visit.objects.happened_in(period)


@metric(
    "visits.people",
    label=_("走访到的居民"),
    sentence=_("见到居民{number}人"),
    unit=_("人"),
    value=Count(Coalesce("resident", "met_members"), distinct=True),
    meaning=_("时段内见到或联系上的居民，含走访整户时见到的，一人只算一次。"),
    better="up",
)
def people_met(period):
    """Visits in which a person was met, alone or with the household."""
    return Visit.objects.happened_in(period).met_somebody()


@metric(
    "visits.nobody_home",
    label=_("家中无人"),
    unit=_("次"),
    meaning=_("去了但家中无人的走访。"),
)
def nobody_home(period):
    """Visits to closed doors."""
    return with_outcome(period, Visit.Outcome.NOBODY_HOME)


@metric(
    "visits.refused",
    label=_("不愿见"),
    unit=_("次"),
    meaning=_("本人或家里人不愿见的走访。"),
)
def refused(period):
    """Visits that were not wanted."""
    return with_outcome(period, Visit.Outcome.REFUSED)


@metric(
    "visits.needs_help",
    label=_("走访发现需要帮助"),
    unit=_("次"),
    meaning=_("走访中发现需要帮助的。"),
)
def needs_help(period):
    """Visits that found somebody in need."""
    return with_outcome(period, Visit.Outcome.NEEDS_HELP)


@metric(
    "visits.changed",
    label=_("走访发现有变化"),
    unit=_("次"),
    meaning=_("走访中发现情况有变化的。"),
)
def changed(period):
    """Visits that found something changed."""
    return with_outcome(period, Visit.Outcome.CHANGED)


@metric(
    "visits.overdue",
    label=_("期末超期走访任务"),
    so_far=_("目前超期走访任务"),
    unit=_("项"),
    meaning=_(
        "时段最后一天结束时，已过最晚走访日还没有见到本人的走访任务；"
        "时段没有结束的，算到昨天。"
    ),
    source=BASIS,
    better="down",
)
def overdue(period):
    """Visits still owed when the period ended; no day is over before its end."""
    late = DueVisit.objects.overdue_at(period.end)
    return late.filter(due_on__lt=timezone.localdate())


@metric(
    "visits.due",
    label=_("应访"),
    unit=_("次"),
    meaning=_(
        "最晚走访日在时段内的走访，含还没有去的；一直没有见到的，每过一期再算一次；"
        "任务中途结束的不算。"
    ),
    source=BASIS,
)
def due(period):
    """Visits owed on a day of the period: the base of the rate."""
    return DueVisit.objects.due_in(period)


@metric(
    "visits.on_time",
    label=_("按期走访"),
    unit=_("次"),
    meaning=_(
        "应访中，不晚于最晚走访日见到本人的，24小时内的加访按小时算；除以应访即按期率。"
    ),
    better="up",
)
def on_time(period):
    """Owed visits that were paid by their day."""
    return DueVisit.objects.due_in(period).on_time()


@metric(
    "visits.listed",
    label=_("走访对象"),
    unit=_("人"),
    value=Count("duty__resident", distinct=True),
    meaning=_("时段内要走访的人，一人只算一次；没有见到就结束任务的不算。"),
    source=BASIS,
)
def listed(period):
    """The visits that people under a duty waited for: the base of the monthly rate."""
    return DueVisit.objects.waited_in(period)


@metric(
    "visits.listed_met",
    label=_("已见到的走访对象"),
    unit=_("人"),
    value=Count("duty__resident", distinct=True),
    meaning=_("走访对象中，时段内见到过本人的，一人只算一次。"),
    better="up",
)
def listed_met(period):
    """The visits in which people under a duty were met."""
    return DueVisit.objects.met_in(period)


@metric(
    "visits.extra",
    label=_("加访对象"),
    unit=_("人"),
    meaning=_(
        "特殊天气、节日加访中，最后一天在时段内的，应当见到的人；"
        "一人在两次加访里算两次，中途注销的不算。"
    ),
    source=_("街道自定"),
)
def extra_visits(period):
    """Who was to be seen in extra rounds: the base of what was seen of them."""
    rows = ExtraVisit.objects.counted()
    return rows.filter(period.on("round__last_day"))


@metric(
    "visits.extra_met",
    label=_("加访已见"),
    unit=_("人"),
    meaning=_("加访对象中，在加访的日子里见到本人的。"),
    better="up",
)
def extra_met(period):
    """Who was seen in extra rounds."""
    return extra_visits(period).filter(met_on__isnull=False)


def with_outcome(period, outcome: str):
    return Visit.objects.happened_in(period).filter(outcome=outcome)


def of_tier(rows, tier: str):
    return rows.filter(duty__rule__tier=tier)


HIGH, KEY, GENERAL = VisitRule.Tier.HIGH, VisitRule.Tier.KEY, VisitRule.Tier.GENERAL


@metric(
    "visits.due_high",
    label=_("应访（高风险）"),
    unit=_("次"),
    meaning=_("应访中，层级为“高风险”的。"),
)
def due_high(period):
    """Owed visits of the weekly tier."""
    return of_tier(due(period), HIGH)


@metric(
    "visits.on_time_high",
    label=_("按期走访（高风险）"),
    unit=_("次"),
    meaning=_("按期走访中，层级为“高风险”的。"),
    better="up",
)
def on_time_high(period):
    """Owed visits of the weekly tier, paid in time."""
    return of_tier(on_time(period), HIGH)


@metric(
    "visits.due_key",
    label=_("应访（重点）"),
    unit=_("次"),
    meaning=_("应访中，层级为“重点”的。"),
)
def due_key(period):
    """Owed visits of the monthly tier."""
    return of_tier(due(period), KEY)


@metric(
    "visits.on_time_key",
    label=_("按期走访（重点）"),
    unit=_("次"),
    meaning=_("按期走访中，层级为“重点”的。"),
    better="up",
)
def on_time_key(period):
    """Owed visits of the monthly tier, paid in time."""
    return of_tier(on_time(period), KEY)


@metric(
    "visits.due_general",
    label=_("应访（一般）"),
    unit=_("次"),
    meaning=_("应访中，层级为“一般”的。"),
)
def due_general(period):
    """Owed visits of the quarterly tier."""
    return of_tier(due(period), GENERAL)


@metric(
    "visits.on_time_general",
    label=_("按期走访（一般）"),
    unit=_("次"),
    meaning=_("按期走访中，层级为“一般”的。"),
    better="up",
)
def on_time_general(period):
    """Owed visits of the quarterly tier, paid in time."""
    return of_tier(on_time(period), GENERAL)


rate(
    "visits.on_time_rate",
    label=_("按期走访率"),
    part="visits.on_time",
    whole="visits.due",
    meaning=_("按期走访除以应访。"),
    better="up",
)

rate(
    "visits.visit_rate",
    label=_("走访率"),
    part="visits.listed_met",
    whole="visits.listed",
    meaning=_("已见到的走访对象除以走访对象；按月看就是月走访率。"),
    source=_(
        "特殊困难老年人月探访率的做法（2022年民政部等十部门），走访对象都照此计算。"
    ),
    better="up",
)
