from django.db import migrations

from toolkit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0001_initial")]
    operations = [
        append_only(
            "toolkit_auditevent", "toolkit_auditseal", "toolkit_historyentry"
        )
    ]
