from django.utils.translation import gettext_lazy as _

from toolkit import pillars


class EcologyConfig(pillars.PillarConfig):
    name = "ecology"
    verbose_name = _("生态")
    icon = "ecology"
    hue = "ecology"
    order = 4
