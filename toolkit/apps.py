from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

# What an app may offer, one module each; having the module is enough.
OFFERS = (
    "workflows",
    "screens",
    "metrics",
    "schedules",
    "duties",
    "job_kinds",
    "reference",
    "reference_calendar",
    "reference_clocks",
    "navigation",
    "demo",
    "search",
    "sync_kinds",
    "taps",
    "ledgers",
    "publications",
    "tiles",
    "dues",
    "changes",
    "sections",
    "trail",
    "rotations",
    "proofs",
)


class ToolkitConfig(AppConfig):
    name = "toolkit"
    verbose_name = _("工具")

    def ready(self):
        autodiscover_modules(*OFFERS)
