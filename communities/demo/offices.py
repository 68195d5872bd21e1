"""Where the offices of the demo are and whom to call; all of it is made up."""

import tomllib
from pathlib import Path

from communities.demo.places import places
from communities.models import OrgUnit, UnitProfile
from toolkit.demo import DemoPlan, demo

DATA = Path(__file__).parents[1] / "data" / "demo_offices.toml"
HOUSE_NUMBER = 2


@demo("offices", order=15)
def load_offices(plan: DemoPlan) -> str:
    """Give the street and every unit an address, phones, hours and a head."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    units = OrgUnit.objects.current().communities().order_by("code")
    for number, unit in enumerate(units, start=1):
        lane = places()["lanes"][unit.name][0]
        write_profile(
            unit,
            address=f"{lane}{HOUSE_NUMBER * number}号",
            phone=f"0577-658100{number:02d}",
            duty_phone=f"0577-658200{number:02d}",
            director=data["directors"][unit.name],
            office_hours=data["hours"],
        )
    street = OrgUnit.objects.get(level=OrgUnit.Level.STREET)
    write_profile(street, **data["street"], office_hours=data["hours"])
    return f"{len(units) + 1} offices with address and phone"


def write_profile(unit: OrgUnit, **fields) -> None:
    UnitProfile.objects.update_or_create(org_unit=unit, defaults=fields)
