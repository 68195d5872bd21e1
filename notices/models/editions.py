from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """How often the published notices changed: one row that only counts up.

    Public pages compare it to answer "unchanged" without looking at any notice.
    """

    number = models.BigIntegerField(_("版次"), default=0)
    changed_at = models.DateTimeField(_("变更时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("发布版次")

    def __str__(self):
        return str(self.number)
