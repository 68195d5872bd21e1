from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Resident
from toolkit.history import remember
from visits.actions.lapsing import lapse_before_end
from visits.actions.settling import drop_open, settle
from visits.intervals import midnight
from visits.models import DueVisit, VisitDuty, VisitRule

EARLIEST = timedelta(days=365)


@transaction.atomic
def enrol(
    *,
    resident: Resident,
    rule: VisitRule,
    reason: str,
    by,
    since: date | None = None,
) -> VisitDuty:
    """Put a person under a rule by hand; the first visit is owed within its days.

    Raises ValidationError if the person is no longer registered, the rule has ended or
    belongs elsewhere, the day lies ahead, or the person is under the rule already.
    """
    since = since or timezone.localdate()
    if fault := fault_of_enrolment(resident, rule, since):
        raise ValidationError(fault)
    due_on = since + timedelta(days=rule.first_within_days)
    duty = VisitDuty(
        resident=resident,
        rule=rule,
        reason=reason,
        since=since,
        next_due_on=due_on,
        enrolled_by=by,
    )
    try:
        with transaction.atomic():
            duty.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(_("此人已在这项走访名单里。")) from clash
    owe_first_visit(duty)
    # Visits since the day from which the duty holds count for it.
    settle([duty], midnight(since))
    remember(duty, "created", _("列入走访"), by=by, note=reason)
    return duty


def owe_first_visit(duty: VisitDuty) -> None:
    DueVisit.objects.create(
        duty=duty,
        org_unit_id=duty.resident.org_unit_id,
        opened_on=duty.since,
        due_on=duty.next_due_on,
        why=VisitDuty.Why.FIRST,
    )


def fault_of_enrolment(resident: Resident, rule: VisitRule, since: date) -> str:
    """Return why the person cannot come under the rule from that day, "" if he can."""
    today = timezone.localdate()
    if resident.ended_on is not None:
        return _("此人已注销，不能列入走访。")
    if rule.ended_on is not None:
        return _("这项走访频次已停用。")
    if not resident.get_scope_path().startswith(rule.get_scope_path()):
        return _("这项走访频次是别的社区的。")
    if not today - EARLIEST <= since <= today:
        return _("列入日期要在最近一年内，不能晚于今天。")
    return ""


@transaction.atomic
def end_duty(*, duty: VisitDuty, reason: str, by) -> None:
    """End a duty with a reason; its owed visit falls away.

    An automatic rule leaves the person alone until he has ceased to fit it. Raises
    ValidationError if the duty has ended before.
    """
    today = timezone.localdate()
    lapse_before_end([duty.pk], today)
    rows = VisitDuty.objects.open().filter(pk=duty.pk)
    ended = {"until": today, "end_reason": reason[:120], "retry_on": None}
    if not rows.update(**ended, stays_off=True):
        raise ValidationError(_("已经办过了。"))
    drop_open([duty.pk], today)
    remember(duty, "closed", _("结束走访任务"), by=by, note=reason)
