"""The demo street: real units, made-up people, loaded as a real roster is."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from communities.demo import happenings, offices  # noqa: F401 - register their parts
from communities.demo.places import grids_of, people_of_units
from communities.demo.roll import Roll
from communities.models import Honour, OrgUnit, PopulationSnapshot
from communities.roster.actions import import_file
from communities.roster.reading import MOST_ROWS
from communities.unit_list import load_units
from toolkit.demo import DemoPlan, demo

# The day of the founding figures, whose 16 communities and 2 villages the demo has.
FOUNDING_DAY = date(2006, 6, 30)
DECLARED_POPULATION = 103_000
# How many communities bore the title of each level on that day (F008). Which ones is
# made up, since it is not known.
HONOURS = (
    (Honour.Level.PROVINCE, "省级文明社区", "浙江省精神文明建设委员会", 1),
    (Honour.Level.PREFECTURE, "温州市级文明社区", "温州市精神文明建设委员会", 4),
    (Honour.Level.CITY, "瑞安市级文明社区", "瑞安市精神文明建设委员会", 8),
)


@demo("units", order=10)
def load_demo_units(plan: DemoPlan) -> str:
    """The street as of the founding figures, with grids, honours and population."""
    load_units(as_of=FOUNDING_DAY)
    street = OrgUnit.objects.get(level=OrgUnit.Level.STREET)
    units = list(OrgUnit.objects.current().communities().order_by("code"))
    shares = people_of_units([unit.name for unit in units], plan.residents)
    grids = 0
    for unit in units:
        for number in range(1, grids_of(shares[unit.name]) + 1):
            make_grid(unit, number)
            grids += 1
    load_honours(units)
    PopulationSnapshot.objects.get_or_create(
        org_unit=street,
        as_of=FOUNDING_DAY,
        # The founding document gives the number and no kind (F004).
        kind=PopulationSnapshot.Kind.UNSPECIFIED,
        source=_("2006年创建申报材料"),
        defaults={"people": DECLARED_POPULATION},
    )
    return f"{len(units)} communities and villages, {grids} grids"


def make_grid(unit: OrgUnit, number: int) -> None:
    OrgUnit.objects.create(
        level=OrgUnit.Level.GRID,
        parent=unit,
        code=f"{unit.code}{number:03d}",
        name=f"{number:02d}网格",
        rule_profile=unit.rule_profile,
    )


def load_honours(units: list[OrgUnit]) -> None:
    """Give the titles to communities, none of them two."""
    communities = [unit for unit in units if unit.level == OrgUnit.Level.COMMUNITY]
    waiting = iter(communities)
    for level, title, awarded_by, count in HONOURS:
        for _number in range(count):
            Honour.objects.create(
                org_unit=next(waiting),
                level=level,
                title=title,
                awarded_by=awarded_by,
                awarded_on=date(2005, 12, 31),
            )


@demo("residents", order=20)
def load_residents(plan: DemoPlan, most_rows: int = MOST_ROWS) -> str:
    """Made-up residents, through the same import as a real roster.

    A street with more people than a roster has rows hands in one for each community.
    """
    folder = Path(settings.VAR_DIR) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    roll, made, rosters = Roll(plan), 0, 0
    for unit, units in roll.parts(most_rows):
        path = folder / f"roster-{unit.code}.xlsx"
        roll.write(path, units)
        done = import_file(path, unit=unit, purpose=_("演示数据"))
        made, rosters = made + done.count("create"), rosters + 1
    return f"{made} residents in {rosters} roster(s) under {folder.name}/"
