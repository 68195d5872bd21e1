from governance.views.attending import DoorView, SeatView
from governance.views.board import BoardView
from governance.views.meetings import (
    AttendanceView,
    InvitationsView,
    MinutesView,
    SheetView,
)
from governance.views.motions import PapersView, TallyView

__all__ = [
    "AttendanceView",
    "BoardView",
    "DoorView",
    "InvitationsView",
    "MinutesView",
    "PapersView",
    "SeatView",
    "SheetView",
    "TallyView",
]
