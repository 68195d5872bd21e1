from governance.workflows.meetings import MeetingWorkflow
from governance.workflows.motions import MotionWorkflow

__all__ = ["MeetingWorkflow", "MotionWorkflow"]
