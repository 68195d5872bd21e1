"""Write rows that are at hand: a hundred in one go.

    insert_rows(visits)
    update_rows(duties, ("next_due_on", "why"))

Django's bulk_create compiles every value of every row as an expression, its bulk_update
puts a CASE together for each: both take several times as long as the database needs.
"""

from collections.abc import Sequence
from itertools import chain

from django.db import connection, connections, models

# Rows in one message to the database.
PAGE = 200


def insert_rows(
    rows: Sequence[models.Model], *, ignore_conflicts: bool = False
) -> None:
    """Add rows of one model and give them their keys, as bulk_create does.

    With `ignore_conflicts` what stands there already stays, and no row gets a key.
    """
    if not rows:
        return
    if connection.vendor != "postgresql":
        type(rows[0]).objects.bulk_create(rows, ignore_conflicts=ignore_conflicts)
        return
    fields = [one for one in rows[0]._meta.local_concrete_fields if not one.primary_key]
    for start in range(0, len(rows), PAGE):
        part = rows[start : start + PAGE]
        keys = insert_page(part, fields, ignore_conflicts)
        for row, (key,) in zip(part, keys, strict=not ignore_conflicts):
            row.pk, row._state.adding, row._state.db = key, False, connection.alias


def insert_page(rows, fields: Sequence[models.Field], ignore_conflicts: bool) -> list:
    """Send some rows in one statement; return their keys where they are asked for."""
    quoted, meta, link = connection.ops.quote_name, rows[0]._meta, direct()
    columns = ", ".join(quoted(one.column) for one in fields)
    values = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    end = f"RETURNING {quoted(meta.pk.column)}"
    if ignore_conflicts:
        end = "ON CONFLICT DO NOTHING"
    into = f"{quoted(meta.db_table)} ({columns})"
    # Names of a table and its columns, as the model declares them.
    sql = f"INSERT INTO {into} VALUES {values} {end}"  # noqa: S608  # nosec
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [cell_of(row, one, link, is_new=True) for row in rows for one in fields],
        )
        return [] if ignore_conflicts else cursor.fetchall()


def direct():
    """Return the connection of this thread, which need not be looked for each time."""
    return connections[connection.alias]


def cell_of(row: models.Model, field: models.Field, link, *, is_new: bool):
    """Return what the database is told of one field of a row."""
    return field.get_db_prep_save(field.pre_save(row, is_new), link)


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
    link = direct()
    return [*(cell_of(row, one, link, is_new=False) for one in columns), row.pk]
