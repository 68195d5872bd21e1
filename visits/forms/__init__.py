from visits.forms.correcting import CorrectionForm
from visits.forms.duties import VisitDutyForm
from visits.forms.handovers import HandOverForm
from visits.forms.ledgers import LedgersForm
from visits.forms.logging import LogForm
from visits.forms.rounds import ExtraRoundForm
from visits.forms.rules import VisitRuleForm

__all__ = [
    "CorrectionForm",
    "LedgersForm",
    "ExtraRoundForm",
    "HandOverForm",
    "LogForm",
    "VisitDutyForm",
    "VisitRuleForm",
]
