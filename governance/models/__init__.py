from governance.models.ballots import Elector, NamedBallot, Poll, SealedBallot
from governance.models.bodies import Body, Term
from governance.models.meetings import Meeting, Seat
from governance.models.members import KinTie, Member, ResidentGroup
from governance.models.motions import Motion

__all__ = [
    "Body",
    "Elector",
    "KinTie",
    "Meeting",
    "Member",
    "Motion",
    "NamedBallot",
    "Poll",
    "ResidentGroup",
    "Seat",
    "SealedBallot",
    "Term",
]
