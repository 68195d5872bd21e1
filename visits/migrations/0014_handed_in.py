from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("toolkit", "0009_life_of_sync_items"),
        ("visits", "0013_ledger_entries"),
    ]
    operations = [
        migrations.CreateModel(
            name="HandedIn",
            fields=[],
            options={
                "verbose_name": "离线登记",
                "verbose_name_plural": "离线登记",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("toolkit.syncitem",),
        ),
    ]
