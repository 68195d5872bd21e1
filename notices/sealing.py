"""Published text is fixed by the database itself, whatever code tries to change it.

A notice is sealed from the moment it has a content hash. Its status may still change;
nothing that residents have read does.

SQLite rebuilds a table to alter it and loses its triggers: a later migration that
alters notices must end with `sealed_notices()` again.
"""

from django.db import migrations

TABLE = "notices_notice"
FIXED = (
    "org_unit_id",
    "category",
    "title",
    "gist",
    "body",
    "easy_title",
    "easy_body",
    "facts",
    "contact",
    "contact_phone",
    "document_number",
    "publish_at",
    "expires_at",
    "is_pinned",
    "is_emergency",
    "lists_people",
    "author_id",
    "content_hash",
)
POSTGRESQL = """
CREATE OR REPLACE FUNCTION yuhai_sealed_notice() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'a published notice does not change';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_is_sealed BEFORE UPDATE ON {table}
  FOR EACH ROW WHEN (OLD.content_hash <> '' AND ({changed}))
  EXECUTE FUNCTION yuhai_sealed_notice();
"""
SQLITE = """
CREATE TRIGGER {table}_is_sealed BEFORE UPDATE ON {table}
WHEN OLD.content_hash <> '' AND ({changed})
BEGIN SELECT RAISE(ABORT, 'a published notice does not change'); END;
"""


def seal(apps, schema_editor) -> None:
    """Create the trigger that refuses changes of a sealed notice."""
    vendor = schema_editor.connection.vendor
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in FIXED)
    statement = SQLITE if vendor == "sqlite" else POSTGRESQL
    unseal(apps, schema_editor)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(statement.format(table=TABLE, changed=changed))


def unseal(apps, schema_editor) -> None:
    """Drop the trigger; only a reversed migration does this."""
    on_table = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_is_sealed{on_table}")


def sealed_notices() -> migrations.RunPython:
    """Return the migration operation that fixes published text."""
    return migrations.RunPython(seal, unseal)
