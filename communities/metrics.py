"""Figures of the registry: people, households, events of the population, honours."""

from django.utils.translation import gettext_lazy as _

from communities.models import Honour, Household, PopulationEvent, Resident
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
    """Return the people on the rolls at the end of the period."""
    return Resident.objects.on_rolls_before(period.end)


@metric(
    "communities.residents",
    label=_("在册居民"),
    unit=_("人"),
    meaning=_("期末在册的人；死亡、迁出和误登注销的不算。"),
    source="F004",
)
def residents(period):
    return on_rolls(period)


@metric(
    "communities.residents_60",
    label=_("60 岁以上"),
    unit=_("人"),
    meaning=_("期末在册、满60周岁的人。"),
)
def residents_over_sixty(period):
    return on_rolls(period).aged_at_least(60, period.last_day)


@metric(
    "communities.residents_80",
    label=_("80 岁以上"),
    unit=_("人"),
    meaning=_("期末在册、满80周岁的人。"),
)
def residents_over_eighty(period):
    return on_rolls(period).aged_at_least(80, period.last_day)


@metric(
    "communities.residents_80_alone",
    label=_("80 岁以上独居"),
    unit=_("人"),
    meaning=_("期末满80周岁、在住、同户没有别人在住；居住状态按统计时的登记。"),
)
def residents_over_eighty_alone(period):
    return residents_over_eighty(period).living_alone()


@metric(
    "communities.households",
    label=_("住户"),
    unit=_("户"),
    meaning=_("期末没有销户的家庭户和集体户。"),
)
def households(period):
    return Household.objects.standing_before(period.end)


def events(period: Period, *kinds: str):
    return PopulationEvent.objects.standing().happened_in(period).filter(kind__in=kinds)


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
    meaning=_("迁入和来此暂住，按发生日期计；撤销的登记不计。"),
)
def moves_in(period):
    return events(period, Kind.MOVED_IN, Kind.CAME_TEMPORARILY)


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
