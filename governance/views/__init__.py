from governance.views.board import BoardView
from governance.views.elections import (
    BoardSheetView,
    CalendarView,
    RegisterView,
    TransferPackView,
)

__all__ = [
    "BoardSheetView",
    "BoardView",
    "CalendarView",
    "RegisterView",
    "TransferPackView",
]
