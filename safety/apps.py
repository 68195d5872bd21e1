from django.utils.translation import gettext_lazy as _

from toolkit import pillars


class SafetyConfig(pillars.PillarConfig):
    name = "safety"
    verbose_name = _("平安")
    icon = "safety"
    hue = "safety"
    order = 5
