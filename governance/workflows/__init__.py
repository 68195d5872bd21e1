from governance.workflows.applicants import ApplicantWorkflow
from governance.workflows.disclosure import (
    ComplaintWorkflow,
    DisclosureWorkflow,
    QuestionWorkflow,
)
from governance.workflows.elections import (
    BallotCountWorkflow,
    CandidateWorkflow,
    ElectionWorkflow,
    ObjectionWorkflow,
)
from governance.workflows.finance import StatementWorkflow, VoucherWorkflow
from governance.workflows.meetings import MeetingWorkflow
from governance.workflows.motions import MotionWorkflow
from governance.workflows.offices import (
    RecallWorkflow,
    ResignationWorkflow,
    TermTransferWorkflow,
)
from governance.workflows.recruitments import RecruitmentWorkflow

__all__ = [
    "ApplicantWorkflow",
    "BallotCountWorkflow",
    "CandidateWorkflow",
    "ComplaintWorkflow",
    "DisclosureWorkflow",
    "ElectionWorkflow",
    "MeetingWorkflow",
    "MotionWorkflow",
    "ObjectionWorkflow",
    "QuestionWorkflow",
    "RecallWorkflow",
    "RecruitmentWorkflow",
    "ResignationWorkflow",
    "StatementWorkflow",
    "TermTransferWorkflow",
    "VoucherWorkflow",
]
