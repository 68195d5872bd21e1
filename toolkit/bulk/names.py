"""Tables and columns as a statement names them."""

from collections.abc import Iterable

from django.db import connection, models


def columns_of(model: type[models.Model], names: Iterable[str]) -> str:
    """Return the quoted columns of fields, given by name or attname."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return ", ".join(connection.ops.quote_name(fields[name].column) for name in names)


def table_of(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
