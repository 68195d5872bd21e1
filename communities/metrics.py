"""Figures of the registry: people, households, events of the population, honours."""

from django.utils.translation import gettext_lazy as _

from communities.models import Honour, PopulationEvent, Resident
from communities.on_day import (
    arrivals,
    entered_in,
    households_on,
    moves_in_street,
    people_on,
)
from toolkit.metrics import metric
from toolkit.periods import Period

Kind = PopulationEvent.Kind
HONOURS = {
    Honour.Level.NATIONAL: _("国家级荣誉"),
    Honour.Level.PROVINCE: _("省级荣誉"),
    Honour.Level.PREFECTURE: _("温州市级荣誉"),
    Honour.Level.CITY: _("瑞安市级荣誉"),
    Honour.Level.STREET: _("街道级荣誉"),
}


def on_rolls(period: Period):
    """Return the people on the rolls at the end of the period, where they were then."""
    return people_on(period.last_day)


@metric(
    "communities.residents",
    label=_("在册居民"),
    unit=_("人"),
    meaning=_(
        "期末在册的人，各计入期末当时所属的社区（村）；死亡、迁出和误登注销的不算。"
        "社区首份名册上的人视为一直在册，以后补登的从补登当天算起。"
    ),
    source="F004",
)
def residents(period):
    return on_rolls(period)


@metric(
    "communities.residents_60",
    label=_("60 岁以上"),
    sentence=_("其中60岁以上{number}人"),
    unit=_("人"),
    meaning=_("期末在册、满60周岁的人。"),
)
def residents_over_sixty(period):
    return on_rolls(period).aged_at_least(60, period.last_day)


@metric(
    "communities.residents_80",
    label=_("80 岁以上"),
    sentence=_("80岁以上{number}人"),
    unit=_("人"),
    meaning=_("期末在册、满80周岁的人。"),
)
def residents_over_eighty(period):
    return on_rolls(period).aged_at_least(80, period.last_day)


@metric(
    "communities.residents_80_alone",
    label=_("80 岁以上独居"),
    sentence=_("80岁以上独居{number}人"),
    unit=_("人"),
    meaning=_("期末满80周岁、在住、同户没有别人在住；居住状态按统计时的登记。"),
)
def residents_over_eighty_alone(period):
    return residents_over_eighty(period).living_alone()


@metric(
    "communities.households",
    label=_("住户"),
    unit=_("户"),
    meaning=_(
        "期末没有销户的家庭户和集体户，各计入期末当时所属的社区（村）。"
        "社区首份名册上的户视为一直都有，以后名册补登的从补登当天算起。"
    ),
)
def households(period):
    return households_on(period.last_day)


def of_people(rows, period: Period, *kinds: str):
    """Return the entries of these kinds; a record entered by mistake has none."""
    rows = rows.happened_in(period).filter(kind__in=kinds)
    return rows.exclude(resident__ended_by=Resident.Ending.MISTAKEN)


def events(period: Period, *kinds: str):
    return of_people(PopulationEvent.objects.standing(), period, *kinds)


@metric(
    "communities.births",
    label=_("出生"),
    unit=_("人"),
    meaning=_("按出生日期计，不论何时申报；撤销的登记不计。"),
)
def births(period):
    return events(period, Kind.BORN)


@metric(
    "communities.deaths",
    label=_("死亡"),
    unit=_("人"),
    meaning=_("按死亡日期计，不论何时申报；撤销的登记不计。"),
)
def deaths(period):
    return events(period, Kind.DIED)


@metric(
    "communities.moves_in",
    label=_("迁入"),
    unit=_("人次"),
    meaning=_(
        "从街道外迁入和来此暂住，按发生日期计；撤销的登记不计。"
        "已经在册、只把户口迁来的人不计，另见“在册转户籍”。"
    ),
)
def moves_in(period):
    return of_people(arrivals(), period, Kind.MOVED_IN, Kind.CAME_TEMPORARILY)


@metric(
    "communities.registrations",
    label=_("在册转户籍"),
    unit=_("人次"),
    meaning=_("已经在册、把户口迁来或改登暂住的人次，不改变在册人数。"),
)
def registrations(period):
    came = events(period, Kind.MOVED_IN, Kind.CAME_TEMPORARILY)
    return came.exclude(pk__in=arrivals().values("pk"))


@metric(
    "communities.entered",
    label=_("补登入册"),
    unit=_("人"),
    meaning=_(
        "没有办出生、迁入登记而补登入册的人，按补登当天计；补登前已有变动登记的，"
        "按最早的变动计；首份名册之后出生、只由名册得知的，按出生日期计。"
    ),
)
def entered(period):
    return entered_in(period)


@metric(
    "communities.internal_in",
    label=_("本街道内迁入"),
    unit=_("人次"),
    meaning=_("从本街道其他社区（村）转来的人次，按转入日期计；撤销的不计。"),
)
def internal_in(period):
    return moves_in_street(period).placed_at("org_unit")


@metric(
    "communities.internal_out",
    label=_("本街道内迁出"),
    unit=_("人次"),
    meaning=_("转到本街道其他社区（村）的人次，按转入日期计；撤销的不计。"),
)
def internal_out(period):
    return moves_in_street(period).placed_at("from_unit")


@metric(
    "communities.moves_out",
    label=_("迁出"),
    unit=_("人次"),
    meaning=_("按迁出日期计；撤销的登记不计。"),
)
def moves_out(period):
    return events(period, Kind.MOVED_OUT)


def honours_of(level: str):
    """Return the function that gives the honours of a level in force at the end."""

    def rows(period):
        return Honour.objects.in_force_before(period.end).filter(level=level)

    rows.__name__ = f"honours_{level}"
    return rows


for value, label in HONOURS.items():
    metric(
        f"communities.honours_{value}",
        label=label,
        unit=_("项"),
        meaning=_("期末仍在有效期内的荣誉。"),
        source="F008",
        better="up",
    )(honours_of(value))
