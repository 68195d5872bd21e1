from governance.models.applicants import IN_PLACE, OUT, Applicant, Step
from governance.models.bodies import Body, Term
from governance.models.documents import Document
from governance.models.members import KinTie, Member, ResidentGroup
from governance.models.recruitments import PATH, Recruitment, Stage
from governance.models.upgrades import Upgrade
from governance.models.workers import Certificate, Contract, Level, Worker

__all__ = [
    "IN_PLACE",
    "OUT",
    "PATH",
    "Body",
    "Applicant",
    "Certificate",
    "Contract",
    "Document",
    "KinTie",
    "Level",
    "Member",
    "Recruitment",
    "ResidentGroup",
    "Stage",
    "Step",
    "Term",
    "Upgrade",
    "Worker",
]
