from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class HistoryEntry(models.Model):
    """One line of the append-only history of a row: what was done to it, by whom."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    verb = models.CharField(_("动作"), max_length=30)
    label = models.CharField(_("说明"), max_length=60)
    before = models.CharField(_("原状态"), max_length=20, blank=True)
    after = models.CharField(_("新状态"), max_length=20, blank=True)
    # Names of the fields; old and new text only where the field is not sensitive.
    changes = models.JSONField(_("变更"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    note = models.TextField(_("办理意见"), blank=True)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办理记录")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["content_type", "object_id"], name="history_by_subject"
            )
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.label}"
