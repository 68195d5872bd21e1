import django.utils.timezone
from django.db import migrations, models
from django.db.models import F, Q

import toolkit.privacy.fields


def let_them_wait(apps, schema_editor):
    """What was not taken over has waited since it came."""
    rows = apps.get_model("toolkit", "SyncItem").objects
    rows.exclude(result="created").update(status="waiting")
    rows.update(status_since=F("received_at"))
    if schema_editor.connection.vendor == "postgresql":
        # Keys are checked now: PostgreSQL alters no table with checks outstanding.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0008_phone_leases")]
    operations = [
        migrations.AlterModelOptions(
            name="syncitem",
            options={
                "ordering": ["-pk"],
                "permissions": [("export_syncitem", "导出离线登记")],
                "verbose_name": "离线登记",
                "verbose_name_plural": "离线登记",
            },
        ),
        migrations.AddField(
            model_name="syncitem",
            name="status",
            field=models.CharField(
                choices=[
                    ("settled", "已入库"),
                    ("waiting", "待核对"),
                    ("taken", "已采用"),
                    ("set_aside", "未采用"),
                ],
                default="settled",
                editable=False,
                max_length=20,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            model_name="syncitem",
            name="status_since",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                editable=False,
                verbose_name="状态时间",
            ),
        ),
        migrations.AddField(
            model_name="syncitem",
            name="replaced",
            field=toolkit.privacy.fields.SealedTextField(
                blank=True, null=True, verbose_name="被更正的内容"
            ),
        ),
        migrations.RunPython(let_them_wait, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="syncitem",
            constraint=models.CheckConstraint(
                condition=Q(("result", "created"), ("status", "settled"))
                | Q(
                    ("result__in", ("conflict", "handover")),
                    ("status__in", ("waiting", "taken", "set_aside")),
                ),
                name="a_sync_item_waits_unless_it_was_taken_over",
                violation_error_message="没有直接入库的离线登记要由人核对。",
            ),
        ),
    ]
