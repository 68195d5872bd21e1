from visits.views.correcting import CorrectView
from visits.views.logging import FindView, LogView, ReceiptView
from visits.views.overdue import OverdueView
from visits.views.responsible import ResponsibleView
from visits.views.today import SheetView, TodayView

__all__ = [
    "CorrectView",
    "FindView",
    "LogView",
    "OverdueView",
    "ReceiptView",
    "ResponsibleView",
    "SheetView",
    "TodayView",
]
