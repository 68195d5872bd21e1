from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def name_records(apps, schema_editor):
    """What was taken over has become the record that bears its number."""
    items = apps.get_model("toolkit", "SyncItem").objects
    items.filter(status__in=("settled", "taken")).update(record=F("client_uuid"))


def give_photos(apps, schema_editor):
    """A photo came with the last text that its owner had handed in by then."""
    items = apps.get_model("toolkit", "SyncItem").objects.filter(
        client_uuid=OuterRef("client_uuid"), by=OuterRef("by")
    )
    came_with = items.filter(received_at__lte=OuterRef("begun_at")).order_by("-pk")
    photos = apps.get_model("toolkit", "SyncPhoto").objects
    photos.update(item=Subquery(came_with.values("pk")[:1]))
    first = items.order_by("pk").values("pk")[:1]
    photos.filter(item=None).update(item=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0011_records_of_items")]
    operations = [
        migrations.RunPython(name_records, migrations.RunPython.noop),
        migrations.RunPython(give_photos, migrations.RunPython.noop),
    ]
