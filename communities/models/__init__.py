from communities.models.base import CaseModel, ScopedModel
from communities.models.households import (
    FOUNDING,
    Household,
    HouseholdEvent,
    HouseholdStep,
)
from communities.models.office import OfficeDay, OfficeLimit
from communities.models.org_units import COMMUNITY_LEVELS, Community, OrgUnit
from communities.models.organisations import Organisation
from communities.models.places import Building, Lane
from communities.models.population import ARRIVALS, DEPARTURES, PopulationEvent
from communities.models.profiles import (
    FIRST_REPORT_DAY,
    BoundaryChange,
    ConversionCondition,
    Honour,
    PopulationSnapshot,
    UnitProfile,
    UnitSuccession,
)
from communities.models.relocations import HomeRelocation, Relocation
from communities.models.residents import (
    AT_HOME,
    HEAD,
    Resident,
    SearchKey,
    age_on,
    years_before,
)
from communities.models.rolls import RollsEdition
from communities.models.roster import RosterImport
from communities.models.searches import NumberSearches

__all__ = [
    "ARRIVALS",
    "AT_HOME",
    "COMMUNITY_LEVELS",
    "FIRST_REPORT_DAY",
    "FOUNDING",
    "HEAD",
    "BoundaryChange",
    "Building",
    "CaseModel",
    "Community",
    "ConversionCondition",
    "DEPARTURES",
    "HomeRelocation",
    "Honour",
    "Household",
    "HouseholdEvent",
    "HouseholdStep",
    "Lane",
    "NumberSearches",
    "OfficeDay",
    "OfficeLimit",
    "OrgUnit",
    "Organisation",
    "PopulationEvent",
    "PopulationSnapshot",
    "Relocation",
    "Resident",
    "RollsEdition",
    "RosterImport",
    "ScopedModel",
    "SearchKey",
    "UnitProfile",
    "UnitSuccession",
    "age_on",
    "years_before",
]
