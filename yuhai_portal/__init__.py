"""Wiring of the portal: settings, URLs, Celery. Imported by nobody."""

from yuhai_portal.celery import app as celery_app

__all__ = ["celery_app"]
