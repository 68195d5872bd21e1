"""Who was on the rolls on a past day, and in which unit.

    people_on(day)              # residents, each in his unit of that day
    households_on(day)          # the same of households
    unit_on(resident, day)      # the key of one resident's unit

Everything is read from dated rows, at the end of the day: what is entered today about
today changes no figure of the past, what is entered today about a past day does.
"""

from datetime import date

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Coalesce

from communities.models import (
    ARRIVALS,
    FOUNDING,
    Household,
    HouseholdEvent,
    PopulationEvent,
    Relocation,
    Resident,
)
from toolkit.periods import ONE_DAY

Kind = PopulationEvent.Kind
LEFT = (Kind.DIED, Kind.MOVED_OUT)
# The annotation that holds the key of the unit on the day.
UNIT_THEN = "unit_then"


def people_on(day: date):
    """Residents on the rolls at the end of the day, each in his unit of that day."""
    rows = Resident.objects.exclude(ended_by=Resident.Ending.MISTAKEN).filter(
        Q(ended_on=None) | Q(ended_on__gt=day), counted_by(day)
    )
    return placed_on(rows.exclude(pk__in=came_after(day)), day)


def counted_by(day: date) -> Q:
    """The condition that a resident was born and counted by the end of a day.

    One who was entered late counts from that day, or from the first thing that is known
    to have happened to him: he was here then.
    """
    # A short list, looked into once: asked anew for each resident it costs much.
    known = PopulationEvent.objects.standing().filter(
        resident__entered_on__gt=day, happened_on__lte=day
    )
    return (Q(birth_on=None) | Q(birth_on__lte=day)) & (
        Q(entered_on=None) | Q(entered_on__lte=day) | Q(pk__in=known.values("resident"))
    )


def arrivals():
    """Entries of those who came on the rolls, or came back on them.

    Who was on the rolls already and only moved his registration came earlier.
    """
    anew = Q(before={}) | Q(before__has_key="ended_on")
    return PopulationEvent.objects.standing().filter(anew, kind__in=ARRIVALS)


def departures():
    """Entries of those who left the rolls."""
    return PopulationEvent.objects.standing().filter(kind__in=LEFT)


def first_arrivals():
    """Entries of those who came and had not been on the rolls before."""
    left = departures().filter(resident=OuterRef("resident"), pk__lt=OuterRef("pk"))
    return arrivals().filter(~Exists(left))


def came_after(day: date):
    """Keys of residents of whom the next thing known after the day is that they came.

    Who left after the day and came back later was there on the day.
    """
    left_before = departures().filter(
        resident=OuterRef("resident"), happened_on__gt=day, pk__lt=OuterRef("pk")
    )
    rows = arrivals().filter(~Exists(left_before), happened_on__gt=day)
    return rows.order_by().values("resident")


def entered_in(period):
    """Residents who count from a day of the period without birth or arrival entered.

    Each in the unit in which he was entered.
    """
    # Everybody else has counted since before there was a register.
    late = Q(entered_on__isnull=False) | period.on("birth_on")
    rows = Resident.objects.exclude(ended_by=Resident.Ending.MISTAKEN).filter(late)
    rows = rows.filter(counted_by(period.last_day), ~counted_by(period.start - ONE_DAY))
    first = first_arrivals().filter(resident=OuterRef("pk"))
    # Nobody moves before he is entered: where he was first, he was entered.
    return placed_by(rows.filter(~Exists(first)), Q(relocations__since=None))


def households_on(day: date):
    """Households that stood at the end of the day, each in its unit of that day.

    A founding that was taken back never was.
    """
    foundings = HouseholdEvent.objects.filter(kind__in=FOUNDING)
    not_there = foundings.filter(
        Q(happened_on__gt=day) | Q(step__undone_by__isnull=False)
    )
    rows = Household.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=day),
        Q(entered_on=None) | Q(entered_on__lte=day),
    )
    return placed_on(rows.exclude(pk__in=not_there.values("household")), day)


def belonged_on(day: date, prefix: str = "") -> Q:
    """The condition on relocations that is met by the one that ends a unit's time.

    The times that the rows of a person tell of follow each other, so one row at the
    most holds the day; after the last of them he belongs to the unit of today.
    """
    started = Q(**{f"{prefix}since": None}) | Q(**{f"{prefix}since__lte": day})
    return Q(**{f"{prefix}moved_on__gt": day}) & started


def placed_on(rows, day: date):
    """The rows, each of the unit to which it belonged at the end of the day."""
    return placed_by(rows, belonged_on(day, "relocations__"))


def placed_by(rows, condition: Q):
    """The rows, each of the unit it left by the relocation that meets a condition.

    One relocation of a row meets it at the most; where none does, the unit of today.
    """
    later = FilteredRelation("relocations", condition=condition)
    then = Coalesce(F("later__from_unit"), F("org_unit"))
    return rows.annotate(later=later, unit_then=then).placed_at(UNIT_THEN)


def unit_on(resident: Resident, day: date) -> int:
    """Return the key of the unit to which a resident belonged at the end of a day."""
    rows = resident.relocations.filter(belonged_on(day))
    return rows.values_list("from_unit", flat=True).first() or resident.org_unit_id


def moves_in_street(period):
    """Moves of people on the rolls between two communities of the street."""
    left = departures().filter(already_known(), resident=OuterRef("resident"))
    back = PopulationEvent.objects.standing().filter(
        resident=OuterRef("resident"),
        kind__in=ARRIVALS,
        pk__gt=OuterRef("pk"),
        happened_on__lte=OuterRef(OuterRef("moved_on")),
    )
    came = first_arrivals().filter(~already_known(), resident=OuterRef("resident"))
    rows = Relocation.objects.standing().filter(period.on("moved_on"))
    return (
        rows.exclude(from_unit__community=F("org_unit__community"))
        .exclude(resident__ended_by=Resident.Ending.MISTAKEN)
        .filter(~Exists(left.filter(~Exists(back))), ~Exists(came))
    )


def already_known() -> Q:
    """The condition that an entry lies before the move that is looked at.

    On the same day, what was entered first came first.
    """
    day, moment = OuterRef("moved_on"), OuterRef("created_at")
    return Q(happened_on__lt=day) | Q(happened_on=day, created_at__lt=moment)
