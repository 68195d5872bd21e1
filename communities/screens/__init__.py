"""The staff screens of the registry, split by noun."""

from communities.screens.households import HouseholdScreens
from communities.screens.office import OfficeDayScreens, OfficeLimitScreens
from communities.screens.people import PopulationEventScreens, RelocationScreens
from communities.screens.places import BuildingScreens, LaneScreens, OrganisationScreens
from communities.screens.registers import (
    BoundaryChangeScreens,
    ConversionConditionScreens,
    HonourScreens,
    PopulationSnapshotScreens,
)
from communities.screens.residents import ResidentScreens
from communities.screens.rosters import RosterImportScreens
from communities.screens.units import OrgUnitScreens, UnitProfileScreens

__all__ = [
    "BoundaryChangeScreens",
    "BuildingScreens",
    "ConversionConditionScreens",
    "HonourScreens",
    "HouseholdScreens",
    "LaneScreens",
    "OfficeDayScreens",
    "OfficeLimitScreens",
    "OrgUnitScreens",
    "OrganisationScreens",
    "PopulationEventScreens",
    "PopulationSnapshotScreens",
    "RelocationScreens",
    "ResidentScreens",
    "RosterImportScreens",
    "UnitProfileScreens",
]
