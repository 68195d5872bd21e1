"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

from toolkit.stack_room import roomy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuhai_portal.settings.production")

application = roomy(get_wsgi_application())
