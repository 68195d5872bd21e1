from visits.filters.caseloads import (
    CaseloadFilters,
    ExtraRoundFilters,
    ExtraVisitFilters,
    HandOverFilters,
)
from visits.filters.entries import HandedInFilters, LedgerEntryFilters
from visits.filters.visits import (
    DueVisitFilters,
    UnitFilter,
    VisitDutyFilters,
    VisitFilters,
    VisitRuleFilters,
)

__all__ = [
    "CaseloadFilters",
    "DueVisitFilters",
    "ExtraRoundFilters",
    "ExtraVisitFilters",
    "HandOverFilters",
    "HandedInFilters",
    "LedgerEntryFilters",
    "UnitFilter",
    "VisitDutyFilters",
    "VisitFilters",
    "VisitRuleFilters",
]
