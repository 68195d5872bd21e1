from django.db import migrations

from notices.sealing import sealed_notices


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [sealed_notices()]
