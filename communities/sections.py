"""What other apps add to the pages of a resident, household, organisation or unit.

    # visits/sections.py
    @resident_section(order=50)
    def visits(resident, user) -> dict | None:
        return {"title": _("走访"), "note": "", "template": "…", "context": {…}}

    @resident_banner(order=10)
    def overdue(resident, user) -> list[dict]: ...   # {"tone", "title", "text"}

    @resident_action(order=10)
    def log_visit(resident, user) -> dict | None:    # {"label", "url", "primary"}

    @resident_column(_("下次走访"), order=10, is_lead=True)
    def next_visit(residents, user) -> dict[int, str]:   # safe cells by primary key

    @resident_category("relief", _("低保"))          # a choice of the list's filter
    def on_relief(residents, day) -> QuerySet: ...

A function answers None, [] or {} where it has nothing to say to this user; it asks the
scope of its own rows itself. A section with "side": True stands in the side column.
Columns are asked once a page with all its rows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from toolkit.registry import Registry

offers = Registry("section")
columns = Registry("resident column")
categories = Registry("category of residents")
SECTION, BANNER, ACTION, CHIP = "section", "banner", "action", "chip"
RESIDENT, HOUSEHOLD, UNIT = "resident", "household", "unit"
ORGANISATION = "organisation"


def offer(subject: str, part: str) -> Callable:
    """Return the decorator under which a part of a subject's page is offered."""

    def at(*, order: int) -> Callable:
        def register(function):
            key = (subject, part, order, f"{function.__module__}.{function.__name__}")
            return offers.add(key, function)

        return register

    return at


resident_section = offer(RESIDENT, SECTION)
resident_banner = offer(RESIDENT, BANNER)
resident_action = offer(RESIDENT, ACTION)
resident_chip = offer(RESIDENT, CHIP)
household_section = offer(HOUSEHOLD, SECTION)
household_action = offer(HOUSEHOLD, ACTION)
organisation_action = offer(ORGANISATION, ACTION)
unit_section = offer(UNIT, SECTION)


def offered(subject: str, part: str, row, user) -> list[dict]:
    """Return what the apps add to this part of the row's page, in their order."""
    found = []
    for key in sorted(offers):
        if key[:2] == (subject, part):
            answer = offers[key](row, user)
            found += answer if isinstance(answer, list) else [answer]
    return [one for one in found if one]


@dataclass(frozen=True)
class ExtraColumn:
    """A column that another app adds to the list of residents."""

    label: str
    order: int
    cells: Callable  # (residents, user) -> {pk: safe text}
    is_lead: bool = False
    is_dropped: bool = False


def resident_column(label, *, order: int, **details) -> Callable:
    """Register a function (residents, user) -> {pk: cell} as a column of the list."""

    def register(function):
        columns.add(
            (order, function.__module__, function.__name__),
            ExtraColumn(label, order, function, **details),
        )
        return function

    return register


def extra_columns() -> list[ExtraColumn]:
    """Return the columns that apps add, in their order."""
    return [columns[key] for key in sorted(columns)]


@dataclass(frozen=True)
class Category:
    """A kind of person by which the list of residents is filtered."""

    label: str
    rows: Callable  # (queryset, day) -> queryset


def resident_category(slug: str, label) -> Callable:
    """Register a function (queryset, day) -> queryset as a category of residents."""
    return lambda function: categories.add(slug, Category(label, function))


@resident_category("minor", _("未成年人"))
def minors(residents, day):
    return residents.minors(day)


@resident_category("60", _("60 岁以上"))
def sixty(residents, day):
    return residents.aged_at_least(60, day)


@resident_category("80", _("80 岁以上"))
def eighty(residents, day):
    return residents.aged_at_least(80, day)


@resident_category("80-alone", _("80 岁以上独居"))
def eighty_alone(residents, day):
    return residents.aged_at_least(80, day).living_alone()
