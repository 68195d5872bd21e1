from governance.models.ballots import Elector, NamedBallot, Poll, SealedBallot
from governance.models.bodies import Body, Term
from governance.models.candidates import BallotCount, Candidate, CandidateVotes
from governance.models.disclosure import Disclosure, DisclosureStatus, Posting
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
from governance.models.tiers import ApprovalTier
from governance.models.transfers import TermTransfer, TransferItem
from governance.models.voters import Objection, Proxy, Voter

__all__ = [
    "ApprovalTier",
    "AskingTally",
    "BallotCount",
    "Body",
    "Candidate",
    "CandidateVotes",
    "Complaint",
    "ComplaintStatus",
    "Disclosure",
    "DisclosureDuty",
    "DisclosureStatus",
    "Election",
    "ElectionOfficer",
    "ElectionStatus",
    "Elector",
    "KinTie",
    "Matter",
    "Meeting",
    "Member",
    "Mode",
    "Motion",
    "NamedBallot",
    "Objection",
    "Poll",
    "Posting",
    "Proxy",
    "Question",
    "QuestionStatus",
    "Recall",
    "ResidentGroup",
    "Resignation",
    "SealedBallot",
    "Seat",
    "Statement",
    "StatementStatus",
    "Term",
    "TermTransfer",
    "TransferItem",
    "Voter",
    "Voucher",
    "VoucherStatus",
]
