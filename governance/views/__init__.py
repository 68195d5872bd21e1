from governance.views.attending import DoorView, SeatView
from governance.views.board import BoardView
from governance.views.disclosures import DisclosuresView, posting_photo, voucher_file
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
    "DisclosuresView",
    "DoorView",
    "InvitationsView",
    "MinutesView",
    "PapersView",
    "SeatView",
    "SheetView",
    "TallyView",
    "posting_photo",
    "voucher_file",
]
