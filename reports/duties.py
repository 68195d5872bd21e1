from datetime import datetime

from reports import actions
from toolkit.duties import duty


@duty("reports")
def produce_due_reports(now: datetime) -> int:
    """Order the reports of every period that has ended without one."""
    return actions.produce_due_reports(now)
