from governance.workflows.elections import (
    BallotCountWorkflow,
    CandidateWorkflow,
    ElectionWorkflow,
    ObjectionWorkflow,
)
from governance.workflows.offices import (
    RecallWorkflow,
    ResignationWorkflow,
    TermTransferWorkflow,
)

__all__ = [
    "BallotCountWorkflow",
    "CandidateWorkflow",
    "ElectionWorkflow",
    "ObjectionWorkflow",
    "RecallWorkflow",
    "ResignationWorkflow",
    "TermTransferWorkflow",
]
