"""Pages of the toolkit: the progress and the result of a job."""

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit import audit, exported_files, jobs
from toolkit.models import Job
from toolkit.policy import signed_in
from toolkit.refusals import Denied, OutOfReach

VIEW = "toolkit.view_job"


def own_job(request, pk: int) -> Job:
    """Return a job of one's own; that of another is as little there as none."""
    words = _("这条记录不存在，或不在您的工作范围。")
    job = Job.objects.filter(pk=pk).first()
    if job is None:
        raise Http404(words)
    if job.by_id != request.user.pk:
        raise OutOfReach(words, VIEW, job)
    return job


@signed_in
def show_job(request, pk):
    """Show how far a job of one's own is; htmx asks for the panel alone."""
    job = own_job(request, pk)
    template = "toolkit/_job.html" if request.htmx else "toolkit/job.html"
    return render(request, template, {"job": job, "title": job.title})


@signed_in
def download(request, pk):
    """Hand out the file of a finished job to the person who ordered it, for a day.

    Whoever has lost the permission meanwhile, or works elsewhere, is refused.
    """
    job = own_job(request, pk)
    if job.state != Job.State.DONE:
        raise Http404
    if not jobs.may_fetch(job, request.user):
        raise Denied(VIEW, job)
    name = job.result.get("file")
    path = exported_files.folder() / (name or "")
    too_old = timezone.now() - job.finished_at > exported_files.KEPT_FOR
    if not name or too_old or not path.is_file():
        raise Http404(_("文件已经过期，请重新导出。"))
    tell_fetched(job)
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=job.result["name"]
    )


def tell_fetched(job: Job) -> None:
    """Write down that the file of a job went out: which export, how many rows."""
    audit.record(
        "fetched",
        count=job.result.get("count"),
        purpose=job.payload.get("purpose", ""),
        batch=f"{job.payload.get('model', '')}:job {job.pk}",
        reach=job.result.get("unit", ""),
        about={"file": job.result["name"]},
    )
