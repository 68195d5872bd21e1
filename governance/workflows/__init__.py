from governance.workflows.disclosure import (
    ComplaintWorkflow,
    DisclosureWorkflow,
    QuestionWorkflow,
)
from governance.workflows.finance import StatementWorkflow, VoucherWorkflow

__all__ = [
    "ComplaintWorkflow",
    "DisclosureWorkflow",
    "QuestionWorkflow",
    "StatementWorkflow",
    "VoucherWorkflow",
]
