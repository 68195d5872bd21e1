"""The board of publication: units by matters, for the duties due in one quarter."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from governance.disclosing.standing import (
    DONE,
    DUE,
    LATE,
    MISSING,
    WORST_FIRST,
    Standing,
    standing_of,
    why,
)
from governance.models import DisclosureDuty, Matter
from toolkit import formats

HEAT = {DONE: "yh-h0", LATE: "yh-h1", MISSING: "yh-h2", DUE: ""}


@dataclass(frozen=True)
class Cell:
    """What one unit owes of one matter in the quarter: its worst duty in words."""

    text: str
    small: str = ""
    heat: str = "yh-hx"
    url: str = ""
    said: str = ""


@dataclass(frozen=True)
class Line:
    """A duty on the list below the board, with the sentences that explain it."""

    duty: DisclosureDuty
    standing: Standing
    why: str


class Board:
    """The duties of a quarter as rows of cells, their counts, and what is missing."""

    def __init__(self, duties: Iterable[DisclosureDuty], units: list[OrgUnit]):
        today = timezone.localdate()
        self.units = units
        self.standings = [(duty, standing_of(duty, today)) for duty in duties]

    @property
    def matters(self) -> list[Matter]:
        """The matters of which something is owed, in the order of the catalogue."""
        found = {duty.matter_id: duty.matter for duty, _standing in self.standings}
        return sorted(found.values(), key=lambda one: (one.number, one.pk))

    @property
    def counts(self) -> Counter:
        return Counter(standing.state for _duty, standing in self.standings)

    def rows(self) -> list[dict]:
        """Return a row for each unit with a cell for each matter."""
        held: dict[tuple, list] = {}
        for duty, standing in self.standings:
            held.setdefault((duty.org_unit_id, duty.matter_id), []).append(
                (duty, standing)
            )
        matters = self.matters
        return [
            {
                "unit": unit,
                "cells": [cell_of(held.get((unit.pk, one.pk), [])) for one in matters],
            }
            for unit in self.units
        ]

    def missing(self) -> list[Line]:
        """Return what is missing, the longest first."""
        rows = [pair for pair in self.standings if pair[1].state == MISSING]
        rows.sort(key=lambda pair: -pair[1].days)
        return [Line(duty, standing, why(duty)) for duty, standing in rows]


def cell_of(owed: list[tuple[DisclosureDuty, Standing]]) -> Cell:
    """Return the worst of several duties: missing, late, not due yet, done."""
    if not owed:
        return Cell(_("本季无"))
    duty, standing = min(
        owed, key=lambda pair: (WORST_FIRST.index(pair[1].state), -pair[1].days)
    )
    url, heat = duty.get_absolute_url(), HEAT[standing.state]
    if standing.state == DONE:
        day = formats.cn_day(duty.met_on)
        return Cell(day, heat=heat, url=url, said=_("已公开，"))
    if standing.state == DUE:
        return Cell(standing.text, heat=heat, url=url)
    small = _("缺") if standing.state == MISSING else _("迟")
    days = _("%(days)d 天") % {"days": standing.days}
    return Cell(days, small=small, heat=heat, url=url)


def narrowed(owed, *, state: str, today: date):
    """Return the duties of one standing: what is open, or missing and late."""
    if state == "bad":
        return owed.missing_on(today) | owed.met_late()
    return owed.filter(met_on=None, due_on__gte=today) if state == "due" else owed
