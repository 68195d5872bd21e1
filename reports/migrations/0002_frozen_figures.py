from django.db import migrations

from toolkit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("toolkit", "0002_append_only_trail")]
    operations = [append_only("reports_reportline", "reports_restatement")]
