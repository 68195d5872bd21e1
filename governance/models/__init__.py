from governance.models.bodies import Body, Term
from governance.models.candidates import BallotCount, Candidate, CandidateVotes
from governance.models.elections import Election, ElectionOfficer, ElectionStatus, Mode
from governance.models.members import KinTie, Member, ResidentGroup
from governance.models.recalls import Recall, Resignation
from governance.models.transfers import TermTransfer, TransferItem
from governance.models.voters import Objection, Proxy, Voter

__all__ = [
    "BallotCount",
    "Body",
    "Candidate",
    "CandidateVotes",
    "Election",
    "ElectionOfficer",
    "ElectionStatus",
    "KinTie",
    "Member",
    "Mode",
    "Objection",
    "Proxy",
    "Recall",
    "ResidentGroup",
    "Resignation",
    "Term",
    "TermTransfer",
    "TransferItem",
    "Voter",
]
