from governance.forms.bodies import BodyFilters, BodyForm, TermFilters, TermForm
from governance.forms.disclosure import (
    DisclosureFilters,
    DisclosureForm,
    DutyFilters,
    MatterFilters,
    MatterForm,
    PostingFilters,
    PostingForm,
)
from governance.forms.finance import (
    ApprovalTierFilters,
    ApprovalTierForm,
    StatementFilters,
    StatementForm,
    VoucherFilters,
    VoucherForm,
)
from governance.forms.members import (
    KinTieFilters,
    KinTieForm,
    MemberFilters,
    MemberForm,
    ResidentGroupFilters,
    ResidentGroupForm,
)
from governance.forms.questions import (
    ComplaintFilters,
    ComplaintForm,
    QuestionFilters,
    QuestionForm,
)

__all__ = [
    "ApprovalTierFilters",
    "ApprovalTierForm",
    "ComplaintFilters",
    "ComplaintForm",
    "DisclosureFilters",
    "DisclosureForm",
    "DutyFilters",
    "MatterFilters",
    "MatterForm",
    "PostingFilters",
    "PostingForm",
    "QuestionFilters",
    "QuestionForm",
    "StatementFilters",
    "StatementForm",
    "VoucherFilters",
    "VoucherForm",
    "BodyFilters",
    "BodyForm",
    "KinTieFilters",
    "KinTieForm",
    "MemberFilters",
    "MemberForm",
    "ResidentGroupFilters",
    "ResidentGroupForm",
    "TermFilters",
    "TermForm",
]
