from governance.screens.bodies import BodyScreens, TermScreens
from governance.screens.meetings import MeetingScreens
from governance.screens.members import (
    KinTieScreens,
    MemberScreens,
    ResidentGroupScreens,
)
from governance.screens.motions import MotionScreens

__all__ = [
    "BodyScreens",
    "KinTieScreens",
    "MeetingScreens",
    "MemberScreens",
    "MotionScreens",
    "ResidentGroupScreens",
    "TermScreens",
]
