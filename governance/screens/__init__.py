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
from governance.screens.recruitments import ApplicantScreens, RecruitmentScreens
from governance.screens.upgrades import UpgradeScreens
from governance.screens.voters import (
    CandidateScreens,
    ObjectionScreens,
    ProxyScreens,
    VoterScreens,
)
from governance.screens.workers import (
    CertificateScreens,
    ContractScreens,
    WorkerScreens,
)

__all__ = [
    "ApplicantScreens",
    "ApprovalTierScreens",
    "BallotCountScreens",
    "BodyScreens",
    "CandidateScreens",
    "CertificateScreens",
    "ComplaintScreens",
    "ContractScreens",
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
    "RecruitmentScreens",
    "ResidentGroupScreens",
    "ResignationScreens",
    "StatementScreens",
    "TermScreens",
    "TermTransferScreens",
    "TransferItemScreens",
    "UpgradeScreens",
    "VoterScreens",
    "VoucherScreens",
    "WorkerScreens",
]
