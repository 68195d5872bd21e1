"""The database refuses what each constraint forbids; no constraint goes unproved."""

from copy import copy

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint

from tests.contracts.breaches import MAKERS, REFUSED, TWICE
from tests.contracts.test_constraints import OURS
from tests.guards import APPEND_ONLY, unguarded

CONSTRAINTS = {one.name: one for _label, one in OURS}
every_change = pytest.mark.parametrize(
    ("name", "label", "change"),
    [
        pytest.param(name, label, change, id=f"{name}-{number}")
        for name, (label, *changes) in REFUSED.items()
        for number, change in enumerate(changes)
    ],
)


def test_each_constraint_is_broken_here():
    checks = {
        name for name, one in CONSTRAINTS.items() if isinstance(one, CheckConstraint)
    }
    assert set(REFUSED) == checks
    assert set(TWICE) == set(CONSTRAINTS) - checks


def told_by(constraint, model) -> str:
    """Return how the database calls the constraint; SQLite names columns instead."""
    fields = getattr(constraint, "fields", ())
    if connection.vendor != "sqlite" or not fields:
        return constraint.name
    columns = [model._meta.get_field(name).column for name in fields]
    return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)


def refuses(constraint, model, act) -> None:
    """See that the act fails because of the constraint, and of no other."""
    with pytest.raises(IntegrityError) as failure, transaction.atomic():
        act()
    assert told_by(constraint, model) in str(failure.value)


@every_change
def test_a_check_refuses_the_changed_row(name, label, change, donghu):
    row = MAKERS[label](donghu)
    model = row._meta.concrete_model
    rows = model._base_manager.filter(pk=row.pk)
    assert rows.exists()
    frozen = {model._meta.db_table} & set(APPEND_ONLY)
    with unguarded(*frozen):
        refuses(CONSTRAINTS[name], model, lambda: rows.update(**change))


@pytest.mark.parametrize("name", TWICE)
def test_a_row_is_not_there_twice(name, donghu):
    label, chosen, change = TWICE[name]
    row = MAKERS[label](donghu, **chosen)
    double = copy(row)
    double.pk = None
    for field, value in change.items():
        setattr(double, field, value)
    model = row._meta.concrete_model
    refuses(CONSTRAINTS[name], model, lambda: model._base_manager.bulk_create([double]))
