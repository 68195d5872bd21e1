"""A form that is opened and sent back as it is changes nothing, on every screen."""

from datetime import timedelta

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

from communities.models.fields import CodeField
from tests.demo.pages import form_on
from tests.factories import FACTORIES, make_org_unit
from toolkit.models import AuditEvent, HistoryEntry
from toolkit.screens import screens

UPDATED = [one for one in screens.values() if one.has_update]
every_update = pytest.mark.parametrize(
    "declaration", UPDATED, ids=[one.model._meta.label_lower for one in UPDATED]
)

# What a row needs beside what its factory gives to be one that its form would take.
FITTING = {
    "governance.contract": {"kind": "open", "ends_on": None},
    "communities.resident": {"name": "张三"},
    "reports.metrictarget": {"metric": "communities.residents"},
}
IN_VILLAGES = {"communities.conversioncondition"}


def row_of(declaration, community):
    label = declaration.model._meta.label_lower
    unit = community
    if label in IN_VILLAGES:
        unit = make_org_unit("village", "330381002200", parent=community.parent)
    return FACTORIES[label](unit, **FITTING.get(label, {}))


def fields_of(declaration):
    """Yield the model fields that the form of a screen asks for."""
    for name in declaration.form_class.base_fields:
        try:
            field = declaration.model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.concrete and not field.many_to_many:
            yield field


def may_be_empty(field) -> bool:
    """Whether a row may come without the field: left empty, or by a roster."""
    is_choice_of_rows = field.is_relation
    return (
        field.null
        or isinstance(field, CodeField)
        or (field.blank and not is_choice_of_rows and field.empty_strings_allowed)
    )


def stored(row) -> dict:
    """Return what is stored of a row, with the rows it is linked to."""
    model = type(row)
    values = model._base_manager.filter(pk=row.pk).values().get()
    kept = model._base_manager.get(pk=row.pk)
    links = {
        field.name: set(getattr(kept, field.name).values_list("pk", flat=True))
        for field in model._meta.many_to_many
    }
    return values | links


def save_untouched(declaration, row, visitor):
    url = declaration.url("update", row.pk)
    sent = form_on(visitor.get(url))
    return visitor.post(url, sent)


def check_nothing_changes(declaration, row, visitor):
    before = stored(row)
    acts = AuditEvent.objects.filter(verb="changed")
    answer = save_untouched(declaration, row, visitor)
    told = answer.context["form"].errors if answer.status_code == 422 else ""
    assert answer.status_code == 302, told
    assert stored(row) == before
    assert not HistoryEntry.objects.exists()
    assert not acts.exists()


@every_update
def test_a_row_as_it_is_made(declaration, browse, mei, donghu):
    row = row_of(declaration, donghu)
    check_nothing_changes(declaration, row, browse(mei))


@every_update
def test_a_row_without_what_may_be_left_empty(declaration, browse, mei, donghu):
    row = row_of(declaration, donghu)
    empty = {
        field.attname: None if field.null else ""
        for field in fields_of(declaration)
        if may_be_empty(field)
    }
    type(row)._base_manager.filter(pk=row.pk).update(**empty)
    check_nothing_changes(declaration, row, browse(mei))


@every_update
def test_a_row_with_moments_to_the_second(declaration, browse, mei, donghu):
    row = row_of(declaration, donghu)
    moments = [
        field.attname
        for field in fields_of(declaration)
        if isinstance(field, models.DateTimeField)
    ]
    moment = timezone.now().replace(second=31, microsecond=5) + timedelta(days=3)
    for number, name in enumerate(moments):
        setattr(row, name, moment + timedelta(days=number))
    row.save()
    check_nothing_changes(declaration, row, browse(mei))
