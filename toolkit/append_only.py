"""Tables to which rows are only added: the database itself refuses the rest."""

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
TRIGGERS = {
    "postgresql": ("no_change", "no_truncate"),
    "sqlite": ("no_update", "no_delete"),
}


def guard(connection, table: str) -> None:
    """Create the triggers that refuse UPDATE, DELETE and TRUNCATE on the table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in SQLITE.format(table=table).strip().split("END;")[:-1]:
                cursor.execute(f"{statement}END;")
        else:
            cursor.execute(POSTGRESQL.format(table=table))


def unguard(connection, table: str) -> None:
    """Drop the triggers; only a reversed migration and the test runner do this."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in TRIGGERS[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on_table}")


def append_only(*tables: str) -> migrations.RunPython:
    """Return the migration operation that makes the tables append-only."""

    def forwards(apps, schema_editor):
        for table in tables:
            guard(schema_editor.connection, table)

    def backwards(apps, schema_editor):
        for table in tables:
            unguard(schema_editor.connection, table)

    return migrations.RunPython(forwards, backwards)
