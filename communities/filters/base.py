"""Filters of the lists of the registry. All of them stand in the URL, so none asks for
a name, an ID number or a phone: for those there is the search box, which posts.
"""

from itertools import groupby
from operator import attrgetter

import django_filters
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from communities.models import COMMUNITY_LEVELS, OrgUnit
from communities.scoping import Scope, rows_below, scope_of
from communities.units_of_today import UnitLine, units_of_today
from toolkit.filters import ScreenFilters
from toolkit.permissions import permission_name
from toolkit.sharing import SharedList

LONGEST_CODE = 15
ALL, ENDED, CLOSED = "all", "ended", "closed"
Level = OrgUnit.Level
HOMES = frozenset(COMMUNITY_LEVELS)


class Select(forms.Select):
    """A select drawn in one go: a template for each option costs most of a list."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        attrs = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        options = SafeString("".join(drawn(self.choices, chosen)))
        return format_html("<select{}>{}</select>", flatatt(attrs), options)


def drawn(choices, chosen: str):
    """Yield the options of a select, grouped ones under their group."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            inner = SafeString("".join(drawn(label, chosen)))
            yield format_html('<optgroup label="{}">{}</optgroup>', value, inner)
        else:
            mark = SafeString(" selected") if str(value) == chosen else ""
            yield format_html('<option value="{}"{}>{}</option>', value, mark, label)


class Choice(django_filters.ChoiceFilter):
    """One of a few words; nothing chosen means all of them."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("empty_label", _("全部"))
        kwargs.setdefault("widget", Select)
        super().__init__(*args, **kwargs)


class UnitFilters(ScreenFilters):
    """Base: community and grid of the units of today.

    A question that the user's scope has answered already is not asked.
    """

    unit = Choice(label=_("社区（村）"), method="in_unit")
    grid = Choice(label=_("网格"), method="in_unit")
    has_grids = True
    # Of more grids those of the chosen community are offered.
    most_grids = 200
    # The permission whose units are offered, where it is not that to view the rows.
    permission = ""

    def __init__(self, *args, request=None, **kwargs):
        super().__init__(*args, request=request, **kwargs)
        permission = self.permission or permission_name(self._meta.model, "view")
        scope = scope_of(request.user, permission)
        units = [unit for unit in units_of_today() if scope.covers(unit.path)]
        self.paths = {unit.code: unit.path for unit in units}
        self.keys = {unit.code: unit.pk for unit in units}
        homes = [(unit.code, unit.name) for unit in units if unit.level in HOMES]
        grids = [unit for unit in units if unit.level == Level.GRID]
        offered = self.near_by(grids, units)
        choices = homes + self.asked_unit(scope, homes)
        self.filters["unit"].extra["choices"] = SharedList(choices)
        self.filters["grid"].extra["choices"] = SharedList(grouped(offered))
        if len(choices) < 2 and "unit" not in self.data:
            del self.filters["unit"]
        is_answered = bool(grids) and "grid" in self.data
        if not (self.has_grids and (offered or is_answered)):
            del self.filters["grid"]

    def near_by(self, grids: list[UnitLine], units: list[UnitLine]) -> list[UnitLine]:
        """Return the grids to choose from: where there are many, of one community.

        Nobody looks through a thousand, and drawing them costs more than the list.
        """
        if len(grids) <= self.most_grids:
            return grids
        asked = {self.data.get("unit"), self.data.get("grid")} - {None}
        homes = tuple(
            "/".join(unit.path.split("/")[:2]) + "/"
            for unit in units
            if unit.code in asked and unit.level != Level.STREET
        )
        return [grid for grid in grids if grid.path.startswith(homes)]

    def asked_unit(self, scope: Scope, homes: list) -> list:
        """Return a choice for the unit in the URL where it is none of the others.

        A figure may name the street, a grid, or a unit that is no more.
        """
        code = self.data.get("unit", "")[:LONGEST_CODE]
        if not code or code in dict(homes):
            return []
        unit = OrgUnit.objects.filter(scope.as_q("path"), code=code).first()
        if unit is None:
            return []
        self.paths[code], self.keys[code] = unit.path, unit.pk
        return [(code, unit.full_name)]

    def row_named(self, name: str, text: str):
        if name not in ("unit", "grid"):
            return super().row_named(name, text)
        return OrgUnit.objects.filter(code=text[:LONGEST_CODE]).first()

    def narrowed_to(self) -> str:
        """Return the path of the unit that is chosen, by name or by another row."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        asked = [self.paths.get(chosen.get(name), "") for name in ("unit", "grid")]
        return max(*asked, super().narrowed_to(), key=len)

    def in_unit(self, queryset, name, code):
        # The rows behind a figure are those of the unit as of its period already.
        if name == "unit" and self.data.get("figure"):
            return queryset
        lookup = queryset.model.scope_path
        return queryset.filter(rows_below(lookup, self.paths[code], self.keys[code]))


def grouped(grids: list[UnitLine]) -> list:
    """Return the grids as choices, under the names of their communities."""
    by_home = [
        (home or "", [(unit.code, unit.name) for unit in few])
        for home, few in groupby(grids, key=attrgetter("community"))
    ]
    return by_home if len(by_home) != 1 else by_home[0][1]
