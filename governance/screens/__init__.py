from governance.screens.bodies import BodyScreens, TermScreens
from governance.screens.disclosure import (
    DisclosureScreens,
    DutyScreens,
    MatterScreens,
    PostingScreens,
)
from governance.screens.elections import (
    BallotCountScreens,
    ElectionOfficerScreens,
    ElectionScreens,
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
from governance.screens.offices import (
    RecallScreens,
    ResignationScreens,
    TermTransferScreens,
    TransferItemScreens,
)
from governance.screens.questions import ComplaintScreens, QuestionScreens
from governance.screens.voters import (
    CandidateScreens,
    ObjectionScreens,
    ProxyScreens,
    VoterScreens,
)

__all__ = [
    "ApprovalTierScreens",
    "BallotCountScreens",
    "BodyScreens",
    "CandidateScreens",
    "ComplaintScreens",
    "DisclosureScreens",
    "DutyScreens",
    "ElectionOfficerScreens",
    "ElectionScreens",
    "KinTieScreens",
    "MatterScreens",
    "MeetingScreens",
    "MemberScreens",
    "MotionScreens",
    "ObjectionScreens",
    "PostingScreens",
    "ProxyScreens",
    "QuestionScreens",
    "RecallScreens",
    "ResidentGroupScreens",
    "ResignationScreens",
    "StatementScreens",
    "TermScreens",
    "TermTransferScreens",
    "TransferItemScreens",
    "VoterScreens",
    "VoucherScreens",
]
