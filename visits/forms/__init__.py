from visits.forms.correcting import CorrectionForm
from visits.forms.duties import VisitDutyForm
from visits.forms.logging import LogForm
from visits.forms.rules import VisitRuleForm

__all__ = [
    "CorrectionForm",
    "LogForm",
    "VisitDutyForm",
    "VisitRuleForm",
]
