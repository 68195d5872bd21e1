from governance.workflows.applicants import ApplicantWorkflow
from governance.workflows.recruitments import RecruitmentWorkflow

__all__ = ["ApplicantWorkflow", "RecruitmentWorkflow"]
