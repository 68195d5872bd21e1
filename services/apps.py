from django.utils.translation import gettext_lazy as _

from toolkit import pillars


class ServicesConfig(pillars.PillarConfig):
    name = "services"
    verbose_name = _("服务")
    icon = "services"
    hue = "services"
    order = 2
