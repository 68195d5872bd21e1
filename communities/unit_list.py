"""The real units of the street, from a list with their dates, and what is known of it.

    load_units()                                  # all units there ever were
    load_units(as_of=date(2006, 6, 30))           # those of that day, as if it were now

Loading only adds. A unit that is in the database keeps its row as it is, and so does
what the office has entered about the street; what differs from the list is told.
"""

import csv
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.models import (
    BoundaryChange,
    ConversionCondition,
    OrgUnit,
    UnitProfile,
)

DATA = Path(__file__).parent / "data"
UNITS = DATA / "units.csv"
STREET = DATA / "street.toml"
DATES = ("valid_from", "valid_to")
PRECISIONS = tuple(f"{name}_precision" for name in DATES)
COLUMNS = ("code", "name", "level", *DATES, *PRECISIONS)
LEVELS = (OrgUnit.Level.STREET, OrgUnit.Level.COMMUNITY, OrgUnit.Level.VILLAGE)


@dataclass
class Loaded:
    """What loading came to: rows made, and a sentence for what was left different."""

    made: int = 0
    differences: list[str] = field(default_factory=list)


@transaction.atomic
def load_units(file: Path = UNITS, as_of: date | None = None) -> Loaded:
    """Add the units of the list that are missing; tell of the others what differs.

    With a day, only the units of that day are loaded, and none of them ends. Raises
    ValidationError with a sentence for a list that cannot be read.
    """
    rows = read_units(file)
    if as_of is not None:
        no_end = {"valid_to": None, "valid_to_precision": OrgUnit.Precision.DAY}
        rows = [row | no_end for row in rows if is_valid_on(row, as_of)]
    street, loaded = None, Loaded()
    for row in rows:
        unit = add_unit(row, street, loaded)
        street = street or unit
    if street is not None and street.level == OrgUnit.Level.STREET:
        loaded.made += load_street(street)
    return loaded


def read_units(file: Path) -> list[dict]:
    """Return the rows of a list of units; the street comes first."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = [dict(row) for row in csv.DictReader(lines)]
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        raise ValidationError(_("社区表读不出来：%s") % failure) from failure
    if not rows or not set(COLUMNS) <= set(rows[0]):
        raise ValidationError(_("社区表应有这些列：%s") % "、".join(COLUMNS))
    for line, row in enumerate(rows, start=2):
        check_row(line, row)
    return sorted(rows, key=lambda row: (LEVELS.index(row["level"]), row["code"]))


def check_row(line: int, row: dict) -> None:
    """Give the dates of a row their type; raises ValidationError for a bad row."""
    code = row["code"] or ""
    if not (code.isascii() and code.isdigit() and len(code) == 12 and row["name"]):
        raise ValidationError(_("社区表第%d行：编码应为12位数字，名称不能空。") % line)
    # Of a day that is not there the precision may be left out.
    for name in PRECISIONS:
        row[name] = row[name] or OrgUnit.Precision.DAY
    is_precise = {row[name] for name in PRECISIONS} <= set(OrgUnit.Precision.values)
    if row["level"] not in LEVELS or not is_precise:
        raise ValidationError(_("社区表第%d行：层级或日期精度不对。") % line)
    for name in DATES:
        try:
            row[name] = date.fromisoformat(row[name]) if row[name] else None
        except ValueError as failure:
            sentence = _("社区表第%d行：日期应写成2003-12-01。") % line
            raise ValidationError(sentence) from failure


def is_valid_on(row: dict, day: date) -> bool:
    began = row["valid_from"] is None or row["valid_from"] <= day
    return began and (row["valid_to"] is None or row["valid_to"] > day)


def add_unit(row: dict, street: OrgUnit | None, loaded: Loaded) -> OrgUnit:
    """Make a unit unless it is there; one that is there stays as the office has it."""
    profile = {
        OrgUnit.Level.STREET: OrgUnit.RuleProfile.STREET,
        OrgUnit.Level.VILLAGE: OrgUnit.RuleProfile.VILLAGE,
    }.get(row["level"], OrgUnit.RuleProfile.COMMUNITY)
    wanted = {name: row[name] for name in COLUMNS if name != "code"}
    wanted |= {"parent": street, "rule_profile": profile}
    unit = OrgUnit.objects.filter(code=row["code"]).first()
    if unit is None:
        loaded.made += 1
        return OrgUnit.objects.create(code=row["code"], **wanted)
    differing = [name for name in wanted if getattr(unit, name) != wanted[name]]
    if differing:
        loaded.differences.append(difference(unit, wanted, differing))
    return unit


def difference(unit: OrgUnit, wanted: dict, names: list[str]) -> str:
    """Return 330381002036 虹桥社区: valid_to is empty, 2019-01-01 in the list."""
    told = [
        f"{name} is {getattr(unit, name) or 'empty'}, "
        f"{wanted[name] or 'empty'} in the list"
        for name in names
    ]
    return f"{unit.code} {unit.name}: {'; '.join(told)}"


def load_street(street: OrgUnit) -> int:
    """Write what is known of the street where nothing stands yet; return the count."""
    known = tomllib.loads(STREET.read_text(encoding="utf-8"))
    _profile, made = UnitProfile.objects.get_or_create(
        org_unit=street, defaults=known["profile"]
    )
    merger = known["merger"]
    _change, is_new = BoundaryChange.objects.get_or_create(
        org_unit=street,
        kind=BoundaryChange.Kind.MERGE,
        decided_on=merger.pop("decided_on"),
        defaults=merger,
    )
    return made + is_new + load_conditions(street, known["conversion"]["conditions"])


def load_conditions(street: OrgUnit, conditions: list[str]) -> int:
    """Give every kept village its list of conditions, unless it has one."""
    villages = OrgUnit.objects.within(street).filter(level=OrgUnit.Level.VILLAGE)
    rows = [
        ConversionCondition(org_unit=village, text=text)
        for village in villages.order_by("code")
        if not ConversionCondition.objects.filter(org_unit=village).exists()
        for text in conditions
    ]
    return len(ConversionCondition.objects.bulk_create(rows))
