from visits.models.caseloads import Caseload
from visits.models.dues import DueVisit
from visits.models.duties import VisitDuty
from visits.models.entries import LedgerEntry
from visits.models.handed_in import HandedIn
from visits.models.handovers import HandOver, HandOverMatter, HandOverStatus
from visits.models.rounds import ExtraRound, ExtraVisit, RoundStatus
from visits.models.rules import FormerTerms, VisitRule
from visits.models.visits import EFFECTIVE, MISSED, Visit

__all__ = [
    "EFFECTIVE",
    "MISSED",
    "Caseload",
    "DueVisit",
    "ExtraRound",
    "ExtraVisit",
    "FormerTerms",
    "LedgerEntry",
    "HandedIn",
    "HandOver",
    "HandOverMatter",
    "HandOverStatus",
    "RoundStatus",
    "Visit",
    "VisitDuty",
    "VisitRule",
]
