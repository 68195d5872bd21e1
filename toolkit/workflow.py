"""State machines as data: the life of a case is one table of transitions.

    @register
    class NoticeWorkflow(Workflow):
        model = Notice
        transitions = (
            Transition("submit", _("提交审核"), (Status.DRAFT,), Status.REVIEW),
            …
        )

    NoticeWorkflow.apply(notice, "submit", by=user)

`apply` is the only writer of a status. It writes with UPDATE … WHERE status =
expected, so that of two people pressing two buttons exactly one is heard.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit.history import remember
from toolkit.permissions import permission_name
from toolkit.refusals import Denied
from toolkit.registry import Registry

workflows = Registry("workflow")


@dataclass(frozen=True)
class Transition:
    """One step of a case: who may take it, from where to where, on what condition."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    action: str = "change"
    needs_note: bool = False
    # What the note is asked for as, where 办理意见 says too little.
    note_label: str = ""
    # What is asked before the step is taken: a sentence, or (case, by) -> one.
    warning: str | Callable = ""
    is_primary: bool = False
    # It takes something away for good.
    is_final: bool = False
    # (case, by) -> the sentence that forbids the step, or "".
    guard: Callable | None = None
    # (case, by) -> what the trail keeps of the step, before its line is written.
    seal: Callable | None = None
    # (case, by) -> None, inside the transaction of the step.
    effects: tuple[Callable, ...] = ()
    # (case, by) -> None, once the step is committed.
    after_commit: tuple[Callable, ...] = ()

    def warning_for(self, case, by) -> str:
        """Return the sentence to think over before the step, "" for none."""
        return self.warning(case, by) if callable(self.warning) else self.warning


@dataclass(frozen=True)
class Escalation:
    """Apply a transition by itself once a case has stayed in a state too long."""

    transition: str
    after: timedelta


class Workflow:
    """The life of the cases of one model."""

    model = None
    transitions: tuple[Transition, ...] = ()
    # States in which a case may begin, beside the default of its field.
    begins: tuple[str, ...] = ()
    escalations: tuple[Escalation, ...] = ()

    def __init_subclass__(cls):
        cls.by_name = {transition.name: transition for transition in cls.transitions}

    @classmethod
    def available(cls, case, user) -> list[Transition]:
        """Return the transitions that the user may apply to the case now."""
        return [
            step
            for step in cls.transitions
            if case.status in step.sources
            and cls.permits(user, step, case)
            and not cls.why_hidden(case, step, user)
        ]

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return why this person can never take the step with this case, or "".

        Such a step is neither offered nor, if it is asked for all the same, taken.
        """
        return ""

    @classmethod
    def permits(cls, user, transition, case) -> bool:
        """Answer whether the user may take the step with this case."""
        return user.has_perm(permission_name(cls.model, transition.action), case)

    @classmethod
    @transaction.atomic
    def apply(cls, case, name: str, *, by=None, note: str = ""):
        """Move the case through a transition and return it.

        `by=None` means the clock did it, which needs no permission. Raises
        ValidationError with a sentence for the user, or PermissionDenied.
        """
        transition = cls.by_name[name]
        case = cls.model.objects.get(pk=case.pk)
        cls.check(case, transition, by, note.strip())
        came_from, now = case.status, timezone.now()
        moved = cls.model.objects.filter(pk=case.pk, status=came_from).update(
            status=transition.target, status_since=now
        )
        if not moved:
            raise ValidationError(_("刚才已有人办理，请刷新后再看。"))
        case.refresh_from_db(fields=["status", "status_since"])
        kept = transition.seal(case, by) if transition.seal else None
        remember(
            case,
            transition.name,
            transition.label,
            by=by,
            before=came_from,
            after=transition.target,
            note=note.strip(),
            about=kept,
        )
        for effect in transition.effects:
            effect(case, by)
        for effect in transition.after_commit:
            # The step is taken by then; a failure here is logged and undoes nothing.
            transaction.on_commit(lambda effect=effect: effect(case, by), robust=True)
        return case

    @classmethod
    def check(cls, case, transition, by, note: str) -> None:
        """Raise what forbids the step."""
        if case.status not in transition.sources:
            raise ValidationError(
                _("“%(status)s”状态下不能%(step)s。")
                % {"status": case.get_status_display(), "step": transition.label}
            )
        if by is not None and not cls.permits(by, transition, case):
            raise Denied(permission_name(cls.model, transition.action), case)
        if by is not None and (refusal := cls.why_hidden(case, transition, by)):
            raise ValidationError(refusal)
        if transition.needs_note and not note:
            if not transition.note_label:
                raise ValidationError(_("请填写办理意见。"))
            told = {"label": transition.note_label}
            raise ValidationError(_("请填写%(label)s。") % told)
        if transition.guard and (refusal := transition.guard(case, by)):
            raise ValidationError(refusal)

    @classmethod
    def escalate_overdue(cls, now: datetime) -> int:
        """Apply every escalation that is due; return how many cases moved."""
        moved = 0
        for escalation in cls.escalations:
            transition = cls.by_name[escalation.transition]
            overdue = cls.model.objects.filter(
                status__in=transition.sources,
                status_since__lte=now - escalation.after,
            )
            for case in overdue:
                try:
                    cls.apply(case, transition.name)
                except ValidationError:
                    continue  # Somebody moved the case first, or a guard forbids it.
                moved += 1
        return moved


def register(workflow):
    """Register a workflow under the label of its model."""
    return workflows.add(workflow.model._meta.label_lower, workflow)


def workflow_of(model):
    """Return the workflow of a model, or None."""
    return workflows.get(model._meta.label_lower)
