from visits.views.correcting import CorrectView
from visits.views.coverage import CoverageView
from visits.views.ledgers import EnterView, StrikeView
from visits.views.logging import FindView, LogView, ReceiptView
from visits.views.offline import ShellView, TakeAlongView, WorkerView
from visits.views.overdue import OverdueView
from visits.views.photos import PhotoView, TrayPhotoView
from visits.views.responsible import ResponsibleView
from visits.views.today import SheetView, TodayView

__all__ = [
    "CorrectView",
    "CoverageView",
    "EnterView",
    "FindView",
    "LogView",
    "OverdueView",
    "PhotoView",
    "ReceiptView",
    "ResponsibleView",
    "SheetView",
    "ShellView",
    "TakeAlongView",
    "TrayPhotoView",
    "StrikeView",
    "TodayView",
    "WorkerView",
]
