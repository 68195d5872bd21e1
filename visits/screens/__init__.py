from visits.screens.caseloads import CaseloadScreens
from visits.screens.duties import DueVisitScreens, VisitDutyScreens
from visits.screens.entries import LedgerEntryScreens
from visits.screens.handovers import HandOverScreens
from visits.screens.rounds import ExtraRoundScreens, ExtraVisitScreens
from visits.screens.rules import VisitRuleScreens
from visits.screens.trays import HandedInScreens
from visits.screens.visits import VisitScreens

__all__ = [
    "DueVisitScreens",
    "LedgerEntryScreens",
    "HandedInScreens",
    "CaseloadScreens",
    "DueVisitScreens",
    "ExtraRoundScreens",
    "ExtraVisitScreens",
    "HandOverScreens",
    "VisitDutyScreens",
    "VisitRuleScreens",
    "VisitScreens",
]
