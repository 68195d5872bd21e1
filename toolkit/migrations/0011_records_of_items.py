import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0010_words_for_trays")]
    operations = [
        migrations.AddField(
            model_name="syncitem",
            name="record",
            field=models.UUIDField(
                blank=True, editable=False, null=True, verbose_name="记录编号"
            ),
        ),
        migrations.AddField(
            model_name="syncitem",
            name="version",
            field=models.CharField(
                blank=True, editable=False, max_length=64, verbose_name="版本"
            ),
        ),
        migrations.AddField(
            model_name="syncphoto",
            name="item",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="photos",
                to="toolkit.syncitem",
                verbose_name="离线登记",
            ),
        ),
    ]
