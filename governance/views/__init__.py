from governance.views.board import BoardView
from governance.views.documents import document_urls
from governance.views.marks import enter_marks
from governance.views.staffing import WorkerStatistics

__all__ = ["BoardView", "WorkerStatistics", "document_urls", "enter_marks"]
