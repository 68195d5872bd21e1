from django.db import migrations

from toolkit.append_only import append_only


class Migration(migrations.Migration):
    """No column of a report is ever changed: a unit may be renamed, its report not."""

    dependencies = [("reports", "0002_frozen_figures")]
    operations = [append_only("reports_report")]
