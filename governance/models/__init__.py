from governance.models.ballots import Elector, NamedBallot, Poll, SealedBallot
from governance.models.bodies import Body, Term
from governance.models.disclosure import Disclosure, DisclosureStatus, Posting
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
from governance.models.tiers import ApprovalTier

__all__ = [
    "ApprovalTier",
    "AskingTally",
    "Body",
    "Complaint",
    "ComplaintStatus",
    "Disclosure",
    "DisclosureDuty",
    "DisclosureStatus",
    "Elector",
    "KinTie",
    "Matter",
    "Meeting",
    "Member",
    "Motion",
    "NamedBallot",
    "Poll",
    "Posting",
    "Question",
    "QuestionStatus",
    "ResidentGroup",
    "SealedBallot",
    "Seat",
    "Statement",
    "StatementStatus",
    "Term",
    "Voucher",
    "VoucherStatus",
]
