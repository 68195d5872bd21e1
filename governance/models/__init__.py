from governance.models.bodies import Body, Term
from governance.models.members import KinTie, Member, ResidentGroup

__all__ = ["Body", "KinTie", "Member", "ResidentGroup", "Term"]
