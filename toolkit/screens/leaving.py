"""What the audit trail keeps of rows that leave as a list: a file, a sheet, an answer.

Enough to tell later whose data went away: which rows, out of which part of the street,
in which columns, under which conditions. A word that somebody typed is not among the
conditions, it may be the name of a person; that a search was made is.
"""

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit import audit, formats
from toolkit.marks import colon
from toolkit.models import AuditEvent
from toolkit.privacy.fields import SealedTextField

CONDITIONS, FORM = "conditions", "form"
NEWEST = 200


def facts_of(screen, form: str = "") -> dict:
    """Return what `audit.record` is told of a list whose rows have been asked for.

    `form` says in a word how they left: 打印, xlsx.
    """
    declared, user = screen.screens, screen.request.user
    reach = declared.model.objects.reach_of(user, screen.action)
    chosen = screen.filterset.narrowed_to() if screen.filterset else ""
    about = {CONDITIONS: conditions_of(screen)} | ({FORM: str(form)} if form else {})
    return {
        "batch": declared.model._meta.label_lower,
        "reach": max(reach, chosen, key=len),
        "fields": screen.column_names(),
        "about": about,
    }


def tell_read(screen, count: int | None = None, form: str = "") -> None:
    """Write down that a page of the list was read, unless that is told already."""
    told = facts_of(screen, form)
    if not is_told("read", screen, told):
        audit.record("read", count=count, **told)


def is_told(verb: str, screen, told: dict) -> bool:
    """Answer whether the trail tells the same of this person for the time being.

    It is looked for among his newest events, so that a long trail costs no more.
    """
    lasts = screen.screens.told_again_after
    if lasts is None:
        return False
    since, what = timezone.now() - lasts, (told["fields"], told["about"])
    his = AuditEvent.objects.filter(actor=screen.request.user).order_by("-pk")
    return any(
        (one.verb, one.batch) == (verb, told["batch"])
        and one.at > since
        and what == (audit.names_of(one), without_names(one))
        for one in his[:NEWEST]
    )


def without_names(event: AuditEvent) -> dict:
    """Return what an event holds beside the names of columns."""
    return {k: v for k, v in audit.about(event).items() if k != audit.NAMES}


def conditions_of(screen) -> str:
    """Return the conditions of a list in words that name nobody."""
    told = []
    if screen.figure is not None:
        told.append(_("数字：%(words)s") % {"words": screen.figure.in_short()})
    if screen.filterset is not None:
        chosen = screen.filterset.conditions()
        told += [told_condition(screen.filterset, condition) for condition in chosen]
    return formats.clauses(dict.fromkeys(told)) or _("全部")


def told_condition(filterset, condition: dict) -> str:
    """Return one condition: its label and value, or that something was searched for."""
    name = condition["name"]
    field, value = filterset.form.fields[name], filterset.form.cleaned_data[name]
    if names_somebody(field, value):
        return _("按姓名等查找")
    return f"{condition['label']}{colon()}{condition['value']}"


def names_somebody(field: forms.Field, value) -> bool:
    """Answer whether a condition may hold a word about a person."""
    if isinstance(value, Model):
        return any(isinstance(f, SealedTextField) for f in value._meta.fields)
    return isinstance(field, forms.CharField)
