from visits.models.dues import DueVisit
from visits.models.duties import VisitDuty
from visits.models.entries import LedgerEntry
from visits.models.handed_in import HandedIn
from visits.models.rules import FormerTerms, VisitRule
from visits.models.visits import EFFECTIVE, MISSED, Visit

__all__ = [
    "EFFECTIVE",
    "MISSED",
    "DueVisit",
    "FormerTerms",
    "LedgerEntry",
    "HandedIn",
    "Visit",
    "VisitDuty",
    "VisitRule",
]
