from visits.screens.duties import DueVisitScreens, VisitDutyScreens
from visits.screens.entries import LedgerEntryScreens
from visits.screens.rules import VisitRuleScreens
from visits.screens.trays import HandedInScreens
from visits.screens.visits import VisitScreens

__all__ = [
    "DueVisitScreens",
    "LedgerEntryScreens",
    "HandedInScreens",
    "VisitDutyScreens",
    "VisitRuleScreens",
    "VisitScreens",
]
