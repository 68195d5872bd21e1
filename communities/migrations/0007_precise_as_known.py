"""Each date of a unit is as exact as it is known, and a number may be of no kind."""

from django.db import migrations, models
from django.db.models import F

from toolkit.append_only import guard, unguard

SNAPSHOTS = "communities_populationsnapshot"
PRECISION = [("year", "年"), ("month", "月"), ("day", "日")]


def as_the_beginning(apps, schema_editor):
    """Give the end of a unit the precision that stood for both of its dates."""
    units = apps.get_model("communities", "OrgUnit").objects
    ended = units.exclude(valid_to=None)
    ended.update(valid_to_precision=F("valid_from_precision"))


def unguarded(apps, schema_editor):
    """Lift the guard of the snapshots: SQLite makes the table anew, without it."""
    unguard(schema_editor.connection, SNAPSHOTS)


def guarded(apps, schema_editor):
    guard(schema_editor.connection, SNAPSHOTS)


class Migration(migrations.Migration):
    dependencies = [("communities", "0006_relocations")]

    operations = [
        migrations.RenameField("orgunit", "precision", "valid_from_precision"),
        migrations.AlterField(
            model_name="orgunit",
            name="valid_from_precision",
            field=models.CharField(
                choices=PRECISION,
                default="day",
                max_length=5,
                verbose_name="设立日期精度",
            ),
        ),
        migrations.AddField(
            model_name="orgunit",
            name="valid_to_precision",
            field=models.CharField(
                choices=PRECISION,
                default="day",
                max_length=5,
                verbose_name="撤销日期精度",
            ),
        ),
        migrations.RunPython(as_the_beginning, migrations.RunPython.noop),
        migrations.RunPython(unguarded, guarded),
        migrations.AlterField(
            model_name="populationsnapshot",
            name="kind",
            field=models.CharField(
                choices=[
                    ("registered", "户籍人口"),
                    ("resident", "常住人口"),
                    ("floating", "流动人口"),
                    ("unspecified", "未分口径"),
                ],
                max_length=12,
                verbose_name="口径",
            ),
        ),
        migrations.RunPython(guarded, unguarded),
    ]
