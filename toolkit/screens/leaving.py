"""What the audit trail keeps of rows that leave as a list: a file, a sheet, an answer.

Enough to tell later whose data went away: which rows, out of which part of the street,
in which columns, under which conditions. A word that somebody typed is not among the
conditions, it may be the name of a person; that a search was made is.
"""

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from toolkit.privacy.fields import SealedTextField

CONDITIONS, FORM = "conditions", "form"


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


def conditions_of(screen) -> str:
    """Return the conditions of a list in words that name nobody."""
    told = []
    if screen.figure is not None:
        told.append(_("数字：%(words)s") % {"words": screen.figure.in_short()})
    if screen.filterset is not None:
        chosen = screen.filterset.conditions()
        told += [told_condition(screen.filterset, condition) for condition in chosen]
    return "；".join(dict.fromkeys(told)) or _("全部可见")


def told_condition(filterset, condition: dict) -> str:
    """Return one condition: its label and value, or that something was searched for."""
    name = condition["name"]
    field, value = filterset.form.fields[name], filterset.form.cleaned_data[name]
    if names_somebody(field, value):
        return _("按姓名等查找")
    return f"{condition['label']}：{condition['value']}"


def names_somebody(field: forms.Field, value) -> bool:
    """Answer whether a condition may hold a word about a person."""
    if isinstance(value, Model):
        return any(isinstance(f, SealedTextField) for f in value._meta.fields)
    return isinstance(field, forms.CharField)
