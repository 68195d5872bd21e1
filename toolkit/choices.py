"""What a related row is called where it stands without the others of its kind.

    class OrgUnit(models.Model):
        choice_name = "full_name"              # 东湖社区01网格, not 01网格
        choice_reads = ("community",)          # the related rows the name is made of

A model that says nothing is called by its `str()`, as everywhere else.
"""

from operator import attrgetter

from django import forms
from django.db.models import Model


def name_choices(field: forms.Field) -> None:
    """Let a field offer the rows of its queryset by the name that tells them apart."""
    model = getattr(getattr(field, "queryset", None), "model", None)
    name = getattr(model, "choice_name", "")
    if name:
        field.queryset = field.queryset.select_related(*model.choice_reads)
        field.label_from_instance = attrgetter(name)


def name_of(row: Model) -> str:
    """Return the name of a row that tells it apart from the others of its kind."""
    name = getattr(row, "choice_name", "")
    return getattr(row, name) if name else str(row)
