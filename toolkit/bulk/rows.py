"""Write some columns of rows that are at hand: a hundred in one go.

    update_rows(duties, ("next_due_on", "why"))

Django's bulk_update puts a CASE together for every value, which takes several times as
long as the database needs.
"""

from collections.abc import Sequence
from itertools import chain

from django.db import connection, models

# Rows in one message to the database.
PAGE = 200


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write the named fields of the rows, each found by its primary key."""
    if not rows:
        return
    sql = statement(type(rows[0]), fields)
    told = [values_of(row, fields) for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(sql, told)
            return
        for start in range(0, len(told), PAGE):
            part = told[start : start + PAGE]
            cursor.execute("; ".join([sql] * len(part)), [*chain(*part)])


def statement(model: type[models.Model], fields: Sequence[str]) -> str:
    """Return the statement that writes the fields of one row."""
    quoted, meta = connection.ops.quote_name, model._meta
    columns = [quoted(meta.get_field(name).column) for name in fields]
    assigned = ", ".join(f"{column} = %s" for column in columns)
    key, table = quoted(meta.pk.column), quoted(meta.db_table)
    # Names of tables and columns, as the model declares them.
    return f"UPDATE {table} SET {assigned} WHERE {key} = %s"  # noqa: S608  # nosec


def values_of(row: models.Model, fields: Sequence[str]) -> list:
    """Return what the statement needs of a row: the fields and the key."""
    columns = [row._meta.get_field(name) for name in fields]
    found = [(one, one.pre_save(row, False)) for one in columns]
    told = [one.get_db_prep_save(value, connection) for one, value in found]
    return [*told, row.pk]
