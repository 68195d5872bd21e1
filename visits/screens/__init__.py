from visits.screens.caseloads import CaseloadScreens
from visits.screens.duties import DueVisitScreens, VisitDutyScreens
from visits.screens.handovers import HandOverScreens
from visits.screens.rounds import ExtraRoundScreens, ExtraVisitScreens
from visits.screens.rules import VisitRuleScreens
from visits.screens.visits import VisitScreens

__all__ = [
    "CaseloadScreens",
    "DueVisitScreens",
    "ExtraRoundScreens",
    "ExtraVisitScreens",
    "HandOverScreens",
    "VisitDutyScreens",
    "VisitRuleScreens",
    "VisitScreens",
]
