from governance.screens.bodies import BodyScreens, TermScreens
from governance.screens.elections import (
    BallotCountScreens,
    ElectionOfficerScreens,
    ElectionScreens,
)
from governance.screens.members import (
    KinTieScreens,
    MemberScreens,
    ResidentGroupScreens,
)
from governance.screens.offices import (
    RecallScreens,
    ResignationScreens,
    TermTransferScreens,
    TransferItemScreens,
)
from governance.screens.voters import (
    CandidateScreens,
    ObjectionScreens,
    ProxyScreens,
    VoterScreens,
)

__all__ = [
    "BallotCountScreens",
    "BodyScreens",
    "CandidateScreens",
    "ElectionOfficerScreens",
    "ElectionScreens",
    "KinTieScreens",
    "MemberScreens",
    "ObjectionScreens",
    "ProxyScreens",
    "RecallScreens",
    "ResidentGroupScreens",
    "ResignationScreens",
    "TermScreens",
    "TermTransferScreens",
    "TransferItemScreens",
    "VoterScreens",
]
