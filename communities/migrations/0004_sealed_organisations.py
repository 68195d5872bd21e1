"""Phones of organisations were stored in plain text; from here on they are sealed."""

from uuid import uuid4

from django.db import migrations, models

import toolkit.privacy.fields
from toolkit.privacy.sealing import Sealer

TABLE, COLUMN = "communities_organisation", "phone"


def seal_phones(apps, schema_editor):
    """Give every row its own uid and seal its phone to it."""
    rows = apps.get_model("communities", "Organisation").objects
    sealer = None
    for pk, plain in rows.values_list("pk", "plain_phone").iterator():
        uid, token = uuid4(), None
        if plain:
            # Only rows with a phone ask for the keys.
            sealer = sealer or Sealer(TABLE, COLUMN)
            token = sealer.seal(uid, plain)
        rows.filter(pk=pk).update(uid=uid, phone=token)


def open_phones(apps, schema_editor):
    """Write the phones back as they were."""
    names = ("pk", "uid", "phone")
    rows = apps.get_model("communities", "Organisation").objects
    for pk, uid, token in rows.filter(phone__isnull=False).values_list(*names):
        rows.filter(pk=pk).update(plain_phone=Sealer(TABLE, COLUMN).open(uid, token))


class Migration(migrations.Migration):
    dependencies = [("communities", "0003_number_searches")]

    operations = [
        migrations.AlterModelOptions(
            name="organisation",
            options={
                "ordering": ["name", "pk"],
                "permissions": [("reveal_organisation", "查看驻区单位电话")],
                "verbose_name": "驻区单位",
                "verbose_name_plural": "驻区单位",
            },
        ),
        migrations.RenameField("organisation", "phone", "plain_phone"),
        migrations.AddField(
            model_name="organisation",
            name="phone",
            field=toolkit.privacy.fields.SealedTextField(
                blank=True, null=True, verbose_name="单位电话"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="uid",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(seal_phones, open_phones),
        migrations.AlterField(
            model_name="organisation",
            name="uid",
            field=models.UUIDField(default=uuid4, editable=False),
        ),
        migrations.RemoveField("organisation", "plain_phone"),
    ]
