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
from toolkit.metrics import definitions, label_in
from toolkit.periods import CHINA, ONE_DAY, Period
from toolkit.tiles import chosen_tiles, table_figures

COLUMNS = 8


def so_far(today: date) -> Period:
    """Return the running month up to yesterday; on its first day the month before.

    A day that still runs would count visits as overdue that are paid this afternoon.
    """
    month = Period.month_of(today)
    return Period(month.start, today) if today > month.start else month.previous()


class MonthSoFar:
    """The figures of the running month for the units whose reports a user may see."""

    def __init__(self, user, units: list[OrgUnit], now: datetime):
        self.today = now.astimezone(CHINA).date()
        self.period = so_far(self.today)
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
    def is_running(self) -> bool:
        """Whether the month shown is the one that runs, not the whole one before."""
        return self.period.start == Period.month_of(self.today).start

    @property
    def days_left(self) -> int | None:
        """The days that the month has after today, None where it is over."""
        month = Period.month_of(self.period.start)
        return (month.last_day - self.today).days if self.is_running else None

    @property
    def name(self) -> str:
        """11月."""
        return formats.month_words(self.period.start)

    @property
    def whole(self) -> str:
        """11月全月, "" for a month that still runs."""
        return "" if self.is_running else _("%(month)s全月") % {"month": self.name}

    @property
    def title(self) -> str:
        """各单位本月情况; on the first of a month what is shown, and from when on."""
        if not self.is_running:
            facts = {
                "last": self.name,
                "month": formats.month_words(self.today),
                "day": formats.cn_day(self.today + ONE_DAY),
            }
            return _("%(last)s情况（%(month)s数据自%(day)s起统计）") % facts
        if self.is_of_one:
            kind = self.units[0].get_level_display()
            return _("本%(kind)s本月情况") % {"kind": kind}
        return _("各单位本月情况")

    @property
    def file_title(self) -> str:
        """各单位11月情况."""
        return _("各单位%(month)s情况") % {"month": self.name}

    @property
    def rows_units(self) -> list[OrgUnit]:
        below = [unit for unit in self.units if unit != self.top]
        return below or self.units

    @property
    def is_of_one(self) -> bool:
        return len(self.units) == 1

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
        label = label_in(column, self.period)
        return {"label": label, "note": note, "meaning": column.meaning}

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
        stands = standing(column, value, target, days_left=self.days_left)
        return {
            "css": stands.css,
            "word": stands.word,
            "text": stands.instead or formats.number(value, column.decimals),
            "value": value,
            "url": self.links.url(column.slug, unit),
        }

    @property
    def has_targets(self) -> bool:
        return any(self.targets.of(c.slug, u) for c in self.columns for u in self.units)
