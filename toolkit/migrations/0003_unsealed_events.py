import django.db.models.deletion
from django.db import migrations, models

INSERT = "INSERT INTO toolkit_unsealedevent (event_id, at)"
NOTE = {
    "postgresql": f"""
CREATE FUNCTION toolkit_note_unsealed() RETURNS trigger AS $$
BEGIN
  {INSERT} VALUES (NEW.id, NEW.at);
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER toolkit_auditevent_unsealed AFTER INSERT ON toolkit_auditevent
  FOR EACH ROW EXECUTE FUNCTION toolkit_note_unsealed();
""",
    "sqlite": f"""
CREATE TRIGGER toolkit_auditevent_unsealed AFTER INSERT ON toolkit_auditevent
BEGIN {INSERT} VALUES (NEW.id, NEW.at); END;
""",
}
FORGET = {
    "postgresql": """
DROP TRIGGER toolkit_auditevent_unsealed ON toolkit_auditevent;
DROP FUNCTION toolkit_note_unsealed();
""",
    "sqlite": "DROP TRIGGER toolkit_auditevent_unsealed",
}
NOTE_PRESENT_ONES = """
INSERT INTO toolkit_unsealedevent (event_id, at)
SELECT event.id, event.at FROM toolkit_auditevent AS event
  LEFT JOIN toolkit_auditseal AS seal ON seal.event_id = event.id
  WHERE seal.seq IS NULL
"""


def note(apps, schema_editor):
    """Have the database note every new event as unsealed, and note the present ones."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(NOTE_PRESENT_ONES)
        cursor.execute(NOTE[schema_editor.connection.vendor])


def forget(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FORGET[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0002_append_only_trail")]
    operations = [
        migrations.CreateModel(
            name="UnsealedEvent",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="unsealed",
                        serialize=False,
                        to="toolkit.auditevent",
                        verbose_name="审计记录",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "待封存的审计记录",
                "verbose_name_plural": "待封存的审计记录",
                "ordering": ["event"],
            },
        ),
        migrations.RunPython(note, forget),
    ]
