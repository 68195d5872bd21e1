"""Tables to which rows are only added: the database itself refuses the rest."""

from collections.abc import Callable

from django.db import migrations

POSTGRESQL = """
CREATE OR REPLACE FUNCTION yuhai_append_only() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION yuhai_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION yuhai_append_only();
"""
SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END;
"""
# Rows that stay as they were written until all of them must go.
UNCHANGED_POSTGRESQL = """
CREATE OR REPLACE FUNCTION yuhai_append_only() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_no_change BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION yuhai_append_only();
"""
UNCHANGED_SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END;
"""
TRIGGERS = {
    "postgresql": ("no_change", "no_truncate"),
    "sqlite": ("no_update", "no_delete"),
}


def guard(connection, table: str) -> None:
    """Create the triggers that refuse UPDATE, DELETE and TRUNCATE on the table."""
    create(connection, table, SQLITE, POSTGRESQL)


def guard_against_change(connection, table: str) -> None:
    """Create the triggers that refuse UPDATE alone: rows may be destroyed, not bent."""
    create(connection, table, UNCHANGED_SQLITE, UNCHANGED_POSTGRESQL)


def create(connection, table: str, on_sqlite: str, on_postgresql: str) -> None:
    """Run the statements of the database at hand for the table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in on_sqlite.format(table=table).strip().split("END;")[:-1]:
                cursor.execute(f"{statement}END;")
        else:
            cursor.execute(on_postgresql.format(table=table))


def unguard(connection, table: str) -> None:
    """Drop the triggers; only a reversed migration and the test runner do this."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in TRIGGERS[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on_table}")


def append_only(*tables: str) -> migrations.RunPython:
    """Return the migration operation that makes the tables append-only."""
    return guarded_by(guard, tables)


def unchanged(*tables: str) -> migrations.RunPython:
    """Return the migration operation after which no row of the tables is changed.

    For what the law wants destroyed on a day: until then it stays as it was written.
    """
    return guarded_by(guard_against_change, tables)


def guarded_by(put: Callable, tables: tuple[str, ...]) -> migrations.RunPython:
    """Return the migration operation that puts a guard on each of the tables."""

    def forwards(apps, schema_editor):
        for table in tables:
            put(schema_editor.connection, table)

    def backwards(apps, schema_editor):
        for table in tables:
            unguard(schema_editor.connection, table)

    return migrations.RunPython(forwards, backwards)
