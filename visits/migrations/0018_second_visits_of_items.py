from django.db import migrations
from django.db.models import F


def name_second_visits(apps, schema_editor):
    """Where two texts under a number were both counted, the later bears its own."""
    numbers = apps.get_model("visits", "Visit").objects.values("client_uuid")
    taken = apps.get_model("toolkit", "SyncItem").objects.filter(status="taken")
    taken.filter(kind="visit", uid__in=numbers).update(record=F("uid"))


class Migration(migrations.Migration):
    dependencies = [
        ("toolkit", "0012_records_of_old_items"),
        ("visits", "0017_extra_matters"),
    ]
    operations = [
        migrations.RunPython(name_second_visits, migrations.RunPython.noop)
    ]
