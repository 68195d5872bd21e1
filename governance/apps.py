from django.utils.translation import gettext_lazy as _

from toolkit import pillars


class GovernanceConfig(pillars.PillarConfig):
    name = "governance"
    verbose_name = _("自治")
    icon = "governance"
    hue = "governance"
    order = 1
