import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def where_they_live(apps, schema_editor):
    """What was owed until now belongs where its person is registered today."""
    rows = apps.get_model("visits", "DueVisit").objects
    duties = apps.get_model("visits", "VisitDuty").objects
    home = duties.filter(pk=OuterRef("duty")).values("resident__org_unit")
    rows.update(org_unit=Subquery(home))
    if schema_editor.connection.vendor == "postgresql":
        # Keys are checked now: PostgreSQL alters no table with checks outstanding.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0001_initial"),
        ("visits", "0003_missed_visits"),
    ]
    operations = [
        migrations.AddField(
            model_name="duevisit",
            name="org_unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communities.orgunit",
                verbose_name="所属单元",
            ),
        ),
        migrations.RunPython(where_they_live, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="duevisit",
            name="org_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communities.orgunit",
                verbose_name="所属单元",
            ),
        ),
    ]
