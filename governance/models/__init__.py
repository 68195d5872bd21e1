from governance.models.applicants import IN_PLACE, OUT, Applicant, Step
from governance.models.ballots import Elector, NamedBallot, Poll, SealedBallot
from governance.models.bodies import Body, Term
from governance.models.candidates import BallotCount, Candidate, CandidateVotes
from governance.models.disclosure import Disclosure, DisclosureStatus, Posting
from governance.models.documents import Document
from governance.models.elections import Election, ElectionOfficer, ElectionStatus, Mode
from governance.models.finance import Statement, StatementStatus, Voucher, VoucherStatus
from governance.models.matters import DisclosureDuty, Matter
from governance.models.meetings import Meeting, Seat
from governance.models.members import KinTie, Member, ResidentGroup
from governance.models.motions import Motion
from governance.models.questions import (
    AskingTally,
    Complaint,
    ComplaintStatus,
    Question,
    QuestionStatus,
)
from governance.models.recalls import Recall, Resignation
from governance.models.recruitments import PATH, Recruitment, Stage
from governance.models.tiers import ApprovalTier
from governance.models.transfers import TermTransfer, TransferItem
from governance.models.upgrades import Upgrade
from governance.models.voters import Objection, Proxy, Voter
from governance.models.workers import Certificate, Contract, Level, Worker

__all__ = [
    "Applicant",
    "ApprovalTier",
    "AskingTally",
    "BallotCount",
    "Body",
    "Candidate",
    "CandidateVotes",
    "Certificate",
    "Complaint",
    "ComplaintStatus",
    "Contract",
    "Disclosure",
    "DisclosureDuty",
    "DisclosureStatus",
    "Document",
    "Election",
    "ElectionOfficer",
    "ElectionStatus",
    "Elector",
    "IN_PLACE",
    "KinTie",
    "Level",
    "Matter",
    "Meeting",
    "Member",
    "Mode",
    "Motion",
    "NamedBallot",
    "OUT",
    "Objection",
    "PATH",
    "Poll",
    "Posting",
    "Proxy",
    "Question",
    "QuestionStatus",
    "Recall",
    "Recruitment",
    "ResidentGroup",
    "Resignation",
    "SealedBallot",
    "Seat",
    "Stage",
    "Statement",
    "StatementStatus",
    "Step",
    "Term",
    "TermTransfer",
    "TransferItem",
    "Upgrade",
    "Voter",
    "Voucher",
    "VoucherStatus",
    "Worker",
]
