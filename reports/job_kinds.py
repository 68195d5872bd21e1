from reports.actions import produce
from reports.schedules import schedules
from toolkit.jobs import job_kind


@job_kind("report")
def make_report(job) -> dict:
    """Make the reports of one schedule and period, for all units."""
    schedule = schedules[job.payload["schedule"]]
    return {"made": produce(schedule, schedule.parse(job.payload["period"]))}
