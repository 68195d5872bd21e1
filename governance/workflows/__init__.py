from governance.workflows.disclosure import (
    ComplaintWorkflow,
    DisclosureWorkflow,
    QuestionWorkflow,
)
from governance.workflows.finance import StatementWorkflow, VoucherWorkflow
from governance.workflows.meetings import MeetingWorkflow
from governance.workflows.motions import MotionWorkflow

__all__ = [
    "ComplaintWorkflow",
    "DisclosureWorkflow",
    "MeetingWorkflow",
    "MotionWorkflow",
    "QuestionWorkflow",
    "StatementWorkflow",
    "VoucherWorkflow",
]
