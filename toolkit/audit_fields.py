"""The fields of an event of the trail in words, and what else it tells of a list."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from toolkit import formats
from toolkit.audit import about, names_of
from toolkit.declared import screens
from toolkit.metrics import metrics, rates
from toolkit.models import AuditEvent
from toolkit.tables import label_of

# What is told of a list that left, beside its columns.
CONDITIONS = ("conditions", "file", "form")


def field_words(event: AuditEvent) -> str:
    """Return the labels of the fields or columns of an event: 证件号码、电话."""
    name = event.subject_type or event.batch.partition(":")[0]
    return formats.listed(word_of(name, field) for field in names_of(event))


def word_of(model_name: str, field: str) -> str:
    """Return the label of a figure, a column or a field; else the name as it is."""
    if field in metrics or field in rates:
        return str((metrics.get(field) or rates[field]).label)
    declared = screens.get(model_name)
    columns = declared.columns if declared is not None else ()
    labels = {column.path: column.verbose_name for column in columns}
    return str(labels.get(field) or field_word(model_name, field))


def field_word(model_name: str, path: str) -> str:
    """Return the label of a field of a model, the path itself for an unknown one."""
    try:
        model = apps.get_model(model_name)
        owned = {one.name: one for one in model._meta.related_objects}
        if path in owned:
            return str(owned[path].related_model._meta.verbose_name)
        return str(label_of(model, path))
    except (LookupError, ValueError, AttributeError, FieldDoesNotExist):
        return path


def condition_words(event: AuditEvent) -> str:
    """Return the conditions of a list that left, its file and form: "" for others."""
    told = about(event)
    return formats.phrased(told.get(name, "") for name in CONDITIONS)
