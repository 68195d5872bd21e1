from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from toolkit.privacy.fields import SealedTextField


class SyncItem(models.Model):
    """One thing that a phone handed in, kept as it came, with what became of it.

    The record that it has become, or has put right, bears `record` as its
    `client_uuid`; its kind finds it.

    The same text under the same number is one row, however often it is sent. Of several
    texts under one number the first is taken over; the others wait for a person, who
    sees them beside it.
    """

    class Result(models.TextChoices):
        CREATED = "created", _("已登记")
        CONFLICT = "conflict", _("与已登记的不同")
        HANDOVER = "handover", _("转所在社区")

    class Status(models.TextChoices):
        SETTLED = "settled", _("已登记")
        WAITING = "waiting", _("待核对")
        TAKEN = "taken", _("已采用")
        SET_ASIDE = "set_aside", _("未采用")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    client_uuid = models.UUIDField(_("手机编号"))
    kind = models.SlugField(_("种类"), max_length=30)
    # SHA-256 of the body as it was sent, octet for octet.
    digest = models.CharField(_("摘要"), max_length=64)
    body = SealedTextField(_("内容"))
    # What was stored until this text took its place, field by field in words: JSON.
    replaced = SealedTextField(_("被更正的内容"), blank=True)
    base_version = models.CharField(_("依据版本"), max_length=64, blank=True)
    # As the phone told it, and the name of its time zone.
    occurred_at = models.DateTimeField(_("手机上的时间"))
    zone = models.CharField(_("时区"), max_length=40, blank=True)
    # The moment after the error of the phone's clock has been taken out.
    moment = models.DateTimeField(_("发生时间"))
    # Seconds by which the clock was slow (fast: negative) when the batch was sent.
    clock_error = models.IntegerField(_("时钟误差（秒）"), default=0)
    is_uncertain = models.BooleanField(_("时间存疑"), default=False)
    received_at = models.DateTimeField(_("收到时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("登记人"),
    )
    # What the phone was told.
    result = models.CharField(_("结果"), max_length=10, choices=Result)
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=Status,
        default=Status.SETTLED,
        editable=False,
    )
    status_since = models.DateTimeField(
        _("状态时间"), default=timezone.now, editable=False
    )
    # In the language of the office where it is a known sentence.
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    # None as long as it has become nothing: it waits, or was set aside.
    record = models.UUIDField(_("记录编号"), null=True, blank=True, editable=False)
    # The version of that record as it was written, which a correction is based on.
    version = models.CharField(_("版本"), max_length=64, blank=True, editable=False)
    # The unit to whose tray it goes: of the person as he is registered now.
    unit_path = models.CharField(_("所属社区或网格"), max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("离线登记")
        ordering = ["-pk"]
        permissions = [("export_syncitem", _("导出离线登记"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="created", status="settled")
                | Q(
                    result__in=("conflict", "handover"),
                    status__in=("waiting", "taken", "set_aside"),
                ),
                name="a_sync_item_waits_unless_it_was_taken_over",
                violation_error_message=_("没有直接登记的要由人核对。"),
            ),
            models.UniqueConstraint(
                fields=["client_uuid", "digest"],
                name="one_sync_item_for_the_same_text",
                violation_error_message=_("这一条已经收到过。"),
            ),
            models.UniqueConstraint(
                fields=["client_uuid"],
                condition=Q(result="created"),
                name="one_sync_item_of_a_number_is_taken_over",
                violation_error_message=_("这个编号已登记了一条。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit_path", "id"],
                condition=Q(result__in=("conflict", "handover")),
                name="sync_item_waiting",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.client_uuid}"

    @classmethod
    def first_status(cls, result: str) -> str:
        """Return the state in which an item begins that was answered like this."""
        is_over = result == cls.Result.CREATED
        return cls.Status.SETTLED if is_over else cls.Status.WAITING
