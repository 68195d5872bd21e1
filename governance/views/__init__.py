from governance.views.attending import DoorView, SeatView
from governance.views.board import BoardView
from governance.views.disclosures import DisclosuresView, posting_photo, voucher_file
from governance.views.documents import document_urls
from governance.views.elections import (
    BoardSheetView,
    CalendarView,
    RegisterView,
    TransferPackView,
)
from governance.views.marks import enter_marks
from governance.views.meetings import (
    AttendanceView,
    InvitationsView,
    MinutesView,
    SheetView,
)
from governance.views.motions import PapersView, TallyView
from governance.views.staffing import WorkerStatistics

__all__ = [
    "AttendanceView",
    "BoardSheetView",
    "BoardView",
    "CalendarView",
    "DisclosuresView",
    "DoorView",
    "InvitationsView",
    "MinutesView",
    "PapersView",
    "RegisterView",
    "SeatView",
    "SheetView",
    "TallyView",
    "TransferPackView",
    "WorkerStatistics",
    "document_urls",
    "enter_marks",
    "posting_photo",
    "voucher_file",
]
