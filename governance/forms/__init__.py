from governance.forms.bodies import BodyFilters, BodyForm, TermFilters, TermForm
from governance.forms.members import (
    KinTieFilters,
    KinTieForm,
    MemberFilters,
    MemberForm,
    ResidentGroupFilters,
    ResidentGroupForm,
)

__all__ = [
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
