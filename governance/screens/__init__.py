from governance.screens.bodies import BodyScreens, TermScreens
from governance.screens.disclosure import (
    DisclosureScreens,
    DutyScreens,
    MatterScreens,
    PostingScreens,
)
from governance.screens.finance import (
    ApprovalTierScreens,
    StatementScreens,
    VoucherScreens,
)
from governance.screens.meetings import MeetingScreens
from governance.screens.members import (
    KinTieScreens,
    MemberScreens,
    ResidentGroupScreens,
)
from governance.screens.motions import MotionScreens
from governance.screens.questions import ComplaintScreens, QuestionScreens

__all__ = [
    "ApprovalTierScreens",
    "BodyScreens",
    "ComplaintScreens",
    "DisclosureScreens",
    "DutyScreens",
    "KinTieScreens",
    "MatterScreens",
    "MeetingScreens",
    "MemberScreens",
    "MotionScreens",
    "PostingScreens",
    "QuestionScreens",
    "ResidentGroupScreens",
    "StatementScreens",
    "TermScreens",
    "VoucherScreens",
]
