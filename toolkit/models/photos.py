from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from toolkit.models.sync import SyncItem
from toolkit.uploads import upload_path


class SyncPhoto(models.Model):
    """A photo that a phone hands in piece by piece, beside what it belongs to.

    It belongs to the item with which it came, and is shown with the record that the
    item has become. `digest` is that of the envelope in which it comes; what is kept is
    a picture drawn anew, without where and when it was taken.
    """

    # The address of the picture; it tells nothing about others.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client_uuid = models.UUIDField(_("手机编号"))
    # None once the item has been let go: then it is nobody's.
    item = models.ForeignKey(
        SyncItem,
        models.SET_NULL,
        null=True,
        related_name="photos",
        verbose_name=SyncItem._meta.verbose_name,
    )
    digest = models.CharField(_("摘要"), max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("登记人"),
    )
    # Bytes of the envelope, and how many of them are here.
    size = models.PositiveIntegerField(_("大小"))
    received = models.PositiveIntegerField(_("已收到"), default=0)
    begun_at = models.DateTimeField(_("开始时间"), auto_now_add=True)
    finished_at = models.DateTimeField(_("收完时间"), null=True)
    file = models.FileField(
        _("照片"), upload_to=upload_path, max_length=120, blank=True
    )
    # Why it is no picture that we keep.
    refusal = models.CharField(_("未保存的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("手机照片")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client_uuid", "digest"],
                name="one_sync_photo_for_the_same_picture",
                violation_error_message=_("这张照片已经收到过。"),
            ),
            models.CheckConstraint(
                condition=Q(received__lte=F("size")),
                name="no_more_of_a_photo_than_there_is",
                violation_error_message=_("收到的比照片还多，请重新发送。"),
            ),
        ]

    def __str__(self):
        return f"{self.client_uuid} {self.digest[:8]}"

    @property
    def is_whole(self) -> bool:
        """Whether nothing more is to be sent, kept or refused."""
        return self.finished_at is not None
