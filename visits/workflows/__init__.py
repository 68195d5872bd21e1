from visits.workflows.caseloads import ExtraRoundWorkflow, HandOverWorkflow
from visits.workflows.trays import HandedInWorkflow

__all__ = ["ExtraRoundWorkflow", "HandOverWorkflow", "HandedInWorkflow"]
