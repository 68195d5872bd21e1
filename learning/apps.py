from django.utils.translation import gettext_lazy as _

from toolkit import pillars


class LearningConfig(pillars.PillarConfig):
    name = "learning"
    verbose_name = _("学习")
    icon = "learning"
    hue = "learning"
    order = 3
