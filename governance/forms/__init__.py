from governance.forms.bodies import BodyFilters, BodyForm, TermFilters, TermForm
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

__all__ = [
    "BodyFilters",
    "BodyForm",
    "CountForm",
    "KinTieFilters",
    "KinTieForm",
    "MeetingFilters",
    "MeetingForm",
    "MemberFilters",
    "MemberForm",
    "MotionFilters",
    "MotionForm",
    "ResidentGroupFilters",
    "ResidentGroupForm",
    "TermFilters",
    "TermForm",
]
