"""The five pillars announce themselves by their app config."""

from django.apps import AppConfig


class PillarConfig(AppConfig):
    """Base for the app config of a pillar; the menu is drawn from these attributes.

    Import the module, not the class: Django ignores the config of an `apps.py` in
    which it finds two config classes.
    """

    icon = ""
    hue = ""
    order = 0
    # Where there are many registers the home page has chapters: (label, names of its
    # models), the first of which shows the beginning of its list.
    chapters: tuple = ()
