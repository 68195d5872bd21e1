"""The table of the desk: the running month of each unit, beside the targets."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from communities.models import OrgUnit
from reports.figures import Definition
from reports.links import RowLinks, declaration_of
from reports.recent import figures_lately
from reports.targets import Targets, standing
from reports.units import existed, top_of
from toolkit import formats
from toolkit.metrics import definitions
from toolkit.periods import CHINA, ONE_DAY, Period
from toolkit.tiles import chosen_tiles, table_figures

COLUMNS = 8


def so_far(today: date) -> Period:
    """Return the running month up to yesterday, or the first day of the month itself.

    A day that still runs would count visits as overdue that are paid this afternoon.
    """
    first = Period.month_of(today).start
    return Period(first, max(today, first + ONE_DAY))


class MonthSoFar:
    """The figures of the running month for the units whose reports a user may see."""

    def __init__(self, user, units: list[OrgUnit], now: datetime):
        self.period = so_far(now.astimezone(CHINA).date())
        self.units = [unit for unit in units if existed(unit, self.period)]
        self.top = top_of(self.units)
        self.targets = Targets()
        self.links = RowLinks(user, self.period)
        self.tiles, self.known = chosen_tiles(), definitions()
        self.columns = self.chosen_columns()
        self.figures = self.read()

    def chosen_columns(self) -> list[Definition]:
        """Return the columns: headlines of tiles, what has a target, further facts."""
        targeted = [slug for slug in self.targets.slugs if slug in self.known]
        return [self.known[slug] for slug in table_figures(COLUMNS, targeted)]

    def read(self) -> dict:
        wanted = [slug for tile in self.tiles for slug in tile.slugs]
        wanted += [column.slug for column in self.columns]
        chosen = [self.known[slug] for slug in dict.fromkeys(wanted)]
        return figures_lately(self.units, self.period, chosen)

    @property
    def days(self) -> str:
        """11月1日至22日."""
        first, last = self.period.start, self.period.last_day
        if first == last:
            return formats.cn_day(first)
        days = {"first": formats.cn_day(first), "last": formats.cn_day(last)}
        return _("%(first)s至%(last)s") % days

    @property
    def rows_units(self) -> list[OrgUnit]:
        below = [unit for unit in self.units if unit != self.top]
        return below or self.units

    @property
    def is_of_one(self) -> bool:
        return len(self.units) == 1

    @property
    def own_title(self) -> str:
        """本社区本月情况, for the page of one unit alone."""
        kind = self.units[0].get_level_display()
        return _("本%(kind)s本月情况") % {"kind": kind}

    @property
    def pairs(self) -> list[tuple[dict, dict]]:
        """The figures of one unit alone, each with its name."""
        return list(zip(self.heads(), self.rows()[0]["cells"], strict=True))

    def heads(self) -> list[dict]:
        return [self.head(column) for column in self.columns]

    def head(self, column: Definition) -> dict:
        target = self.targets.of(column.slug, self.units[0])
        note = str(column.unit)
        if target is not None:
            value = formats.number(target.target, column.decimals)
            words = {"unit": column.unit, "value": value}
            if target.sense == target.Sense.AT_MOST and target.target:
                note = _("%(unit)s，不超 %(value)s") % words
            else:
                note = _("%(unit)s，目标 %(value)s") % words
        return {"label": column.label, "note": note, "meaning": column.meaning}

    def rows(self) -> list[dict]:
        return [
            {
                "name": unit.name,
                "url": self.unit_url(unit),
                "cells": [self.cell(unit, column) for column in self.columns],
            }
            for unit in self.rows_units
        ]

    def unit_url(self, unit: OrgUnit) -> str:
        declared = declaration_of(OrgUnit)
        may_open = declared and self.links.user.has_perm(declared.permission("view"))
        return declared.url("detail", unit.pk) if may_open else ""

    def cell(self, unit: OrgUnit, column: Definition) -> dict:
        value = self.figures[unit.pk][column.slug]
        target = self.targets.of(column.slug, unit)
        stands = standing(column, value, target, running=True)
        return {
            "css": stands.css,
            "word": stands.word,
            "text": formats.number(value, column.decimals),
            "value": value,
            "url": self.links.url(column.slug, unit),
        }

    @property
    def has_targets(self) -> bool:
        return any(self.targets.of(c.slug, u) for c in self.columns for u in self.units)
