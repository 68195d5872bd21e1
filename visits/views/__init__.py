from visits.views.correcting import CorrectView
from visits.views.ledgers import EnterView, StrikeView
from visits.views.logging import FindView, LogView, ReceiptView
from visits.views.overdue import OverdueView
from visits.views.today import SheetView, TodayView

__all__ = [
    "CorrectView",
    "EnterView",
    "FindView",
    "LogView",
    "OverdueView",
    "ReceiptView",
    "SheetView",
    "StrikeView",
    "TodayView",
]
