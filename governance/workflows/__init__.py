from governance.workflows.candidates import CandidateWorkflow
from governance.workflows.recruitments import RecruitmentWorkflow

__all__ = ["CandidateWorkflow", "RecruitmentWorkflow"]
