from django.db import migrations

from toolkit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("communities", "0001_initial")]
    operations = [
        append_only(
            "communities_populationevent",
            "communities_householdstep",
            "communities_householdevent",
            "communities_populationsnapshot",
        )
    ]
