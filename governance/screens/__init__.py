from governance.screens.bodies import BodyScreens, TermScreens
from governance.screens.members import (
    KinTieScreens,
    MemberScreens,
    ResidentGroupScreens,
)
from governance.screens.recruitments import ApplicantScreens, RecruitmentScreens
from governance.screens.upgrades import UpgradeScreens
from governance.screens.workers import (
    CertificateScreens,
    ContractScreens,
    WorkerScreens,
)

__all__ = [
    "BodyScreens",
    "ApplicantScreens",
    "CertificateScreens",
    "ContractScreens",
    "KinTieScreens",
    "MemberScreens",
    "RecruitmentScreens",
    "ResidentGroupScreens",
    "TermScreens",
    "UpgradeScreens",
    "WorkerScreens",
]
