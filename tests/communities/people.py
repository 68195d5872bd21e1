"""People as the office enters them: with the keys by which they are found."""

from communities.actions.residents import save_resident
from communities.finding import find_households, find_residents
from communities.models import Resident
from tests.factories import make_building, make_household


def enter(org_unit, name, **fields):
    """Enter a resident."""
    resident = Resident(org_unit=org_unit, name=name, **fields)
    save_resident(resident)
    return resident


def names(user, text, **place):
    """Return the names of the people whom a search finds."""
    return [one.name for one in find_residents(user, text, **place).rows]


def homes(user, text, **place):
    """Return the addresses of the households that a search finds."""
    return [one.address for one in find_households(user, text, **place).rows]


def make_home(lane, door, address, **fields):
    """Build a household in a house of a lane."""
    building = make_building(lane.org_unit, lane=lane, number=door)
    return make_household(lane.org_unit, building=building, address=address, **fields)
