"""Worker and beat. Beat only rings: what is due is read from the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuhai_portal.settings.local")

app = Celery("yuhai_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# May run twice, late or not at all for a while without harm.
app.conf.beat_schedule = {
    "perform-duties": {"task": "toolkit.tasks.perform_duties", "schedule": 30.0},
}
