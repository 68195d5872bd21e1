"""Applicants entered, marked and employed."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Applicant, Recruitment, Stage, Step, Worker
from toolkit import formats
from toolkit.history import remember

# Which marks are entered while the recruitment stands where, and of whom.
WRITTEN, INTERVIEW, EXTRA = "written", "interview", "extra"
MARKED = {
    WRITTEN: ((Stage.WRITTEN,), (Step.ELIGIBLE,)),
    INTERVIEW: ((Stage.INTERVIEW,), (Step.INTERVIEWED,)),
    EXTRA: (
        (Stage.INTERVIEW, Stage.MEDICAL, Stage.VETTING, Stage.PUBLICITY),
        (Step.INTERVIEWED, Step.WAITING),
    ),
}


@transaction.atomic
def register_applicant(*, applicant: Applicant) -> Applicant:
    """Write a new applicant under the next number of his recruitment.

    Raises ValidationError outside of the days of registration.
    """
    rows = Recruitment.objects.select_for_update(of=("self",))
    notice = rows.get(pk=applicant.recruitment_id)
    if fault := fault_of_registration(notice):
        raise ValidationError(fault)
    last = notice.applicants.aggregate(last=Max("number"))["last"] or 0
    applicant.number = last + 1
    applicant.org_unit = notice.org_unit
    applicant.save()
    return applicant


def fault_of_registration(notice: Recruitment) -> str:
    """Return why nobody can register now, "" if one can."""
    if notice.status != Stage.REGISTRATION:
        return _("“%(stage)s”环节不能报名。") % {"stage": notice.get_status_display()}
    if notice.closes_on < timezone.localdate():
        return _("报名已于%(day)s截止。") % {"day": formats.cn_date(notice.closes_on)}
    return ""


@transaction.atomic
def enter_marks(
    *, recruitment: Recruitment, kind: str, marks: dict[int, Decimal | None], by
) -> int:
    """Write the marks of one round, by key of the applicant; return how many changed.

    Marks are out of 100 points. Raises ValidationError outside of the round.
    """
    rows = Recruitment.objects.select_for_update(of=("self",))
    notice = rows.get(pk=recruitment.pk)
    stages, steps = MARKED[kind]
    if notice.status not in stages:
        raise ValidationError(_("这个环节已经过了，成绩不能再改。"))
    changed = 0
    for one in notice.applicants.filter(status__in=steps, pk__in=marks):
        old, new = getattr(one, kind), marks[one.pk]
        if old == new:
            continue
        setattr(one, kind, new)
        one.save(update_fields=[kind])
        remember(one, "marked", _("登记成绩"), by=by, changes=[told(one, kind, old)])
        changed += 1
    return changed


def told(applicant: Applicant, kind: str, old: Decimal | None) -> dict:
    """Return the change of a mark as the history keeps it."""
    label = str(Applicant._meta.get_field(kind).verbose_name)
    words = [
        "" if mark is None else str(mark) for mark in (old, getattr(applicant, kind))
    ]
    return {"field": kind, "label": label, "old": words[0], "new": words[1]}


def employ(applicant: Applicant, by) -> Worker:
    """Enter a applicant as a worker of the unit that recruits, from today on."""
    notice = applicant.recruitment
    worker = Worker.objects.create(
        org_unit=notice.org_unit,
        name=applicant.name,
        sex=applicant.sex,
        birth_year=applicant.birth_on.year,
        education=applicant.education,
        route=Worker.Route.EXAM,
        post=notice.post,
        employed_on=timezone.localdate(),
    )
    Applicant.objects.filter(pk=applicant.pk).update(worker=worker)
    remember(worker, "created", _("登记"), by=by, note=str(notice))
    return worker
