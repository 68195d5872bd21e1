from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.scoping import ScopedQuerySet
from notices.models.notices import Notice
from toolkit.uploads import KINDS, upload_path


class AttachmentQuerySet(ScopedQuerySet):
    def kept(self):
        """Attachments that were not taken off again, in the order they came."""
        return self.filter(removed_at=None).order_by("pk")


class NoticeAttachment(models.Model):
    """A file that belongs to a notice: a plan, a form to fill in, a list."""

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="attachments", verbose_name=_("通知公告")
    )
    # The public address of the file; it tells nothing about other files.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(_("格式"), max_length=10)
    size = models.PositiveIntegerField(_("大小"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    file = models.FileField(_("文件"), upload_to=upload_path, max_length=120)
    # Personal numbers found inside: [{"place", "label", "masked"}], never the numbers.
    findings = models.JSONField(_("检查结果"), default=list)
    # Pictures and scans have no text that a program could read.
    was_read = models.BooleanField(_("文字已检查"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("上传人"),
    )
    added_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    removed_at = models.DateTimeField(_("移除时间"), null=True)

    objects = AttachmentQuerySet.as_manager()
    scope_path = "notice__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("通知附件")
        ordering = ["pk"]

    def __str__(self):
        return self.title

    @property
    def media_type(self) -> str:
        return KINDS[self.kind].media_type

    @property
    def file_name(self) -> str:
        """The name under which the file is saved by whoever downloads it."""
        return f"{self.title}.{self.kind}"

    def get_scope_path(self) -> str:
        return self.notice.org_unit.path
