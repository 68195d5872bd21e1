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
from governance.forms.meetings import MeetingFilters, MeetingForm
from governance.forms.members import (
    KinTieFilters,
    KinTieForm,
    MemberFilters,
    MemberForm,
    ResidentGroupFilters,
    ResidentGroupForm,
)
from governance.forms.motions import CountForm, MotionFilters, MotionForm
from governance.forms.questions import (
    ComplaintFilters,
    ComplaintForm,
    QuestionFilters,
    QuestionForm,
)

__all__ = [
    "ApprovalTierFilters",
    "ApprovalTierForm",
    "BodyFilters",
    "BodyForm",
    "ComplaintFilters",
    "ComplaintForm",
    "CountForm",
    "DisclosureFilters",
    "DisclosureForm",
    "DutyFilters",
    "KinTieFilters",
    "KinTieForm",
    "MatterFilters",
    "MatterForm",
    "MeetingFilters",
    "MeetingForm",
    "MemberFilters",
    "MemberForm",
    "MotionFilters",
    "MotionForm",
    "PostingFilters",
    "PostingForm",
    "QuestionFilters",
    "QuestionForm",
    "ResidentGroupFilters",
    "ResidentGroupForm",
    "StatementFilters",
    "StatementForm",
    "TermFilters",
    "TermForm",
    "VoucherFilters",
    "VoucherForm",
]
