from governance.screens.bodies import BodyScreens, TermScreens
from governance.screens.members import (
    KinTieScreens,
    MemberScreens,
    ResidentGroupScreens,
)

__all__ = [
    "BodyScreens",
    "KinTieScreens",
    "MemberScreens",
    "ResidentGroupScreens",
    "TermScreens",
]
