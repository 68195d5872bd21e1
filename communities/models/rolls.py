from django.db import models
from django.utils.translation import gettext_lazy as _


class RollsEdition(models.Model):
    """How often the rolls changed: one row that only counts up.

    Figures that a process keeps for a while hold for the edition they were counted in,
    whichever process has written since.
    """

    number = models.BigIntegerField(_("版次"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("在册版次")

    def __str__(self):
        return str(self.number)
