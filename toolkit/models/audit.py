from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One act worth proving later: a write, a reading of a sensitive field, a login.

    Written in the transaction of the act; the table refuses changes. It names the
    fields that were touched, never their values.
    """

    at = models.DateTimeField(_("时间"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    actor_name = models.CharField(_("操作人姓名"), max_length=150, blank=True)
    verb = models.CharField(_("动作"), max_length=30)
    subject_type = models.CharField(_("对象类别"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("对象编号"), null=True)
    subject_path = models.CharField(_("所属社区或网格"), max_length=80, blank=True)
    # Names of fields; of a list that left an object, see `toolkit.audit.about`. Kept in
    # one column, so that the digests of events sealed before go on to fit.
    fields = models.JSONField(_("字段"), default=list)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    count = models.PositiveIntegerField(_("条数"), null=True)
    batch = models.CharField(_("批次"), max_length=60, blank=True)
    ip = models.GenericIPAddressField(_("网络地址"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审计记录")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "-id"], name="audit_by_subject"
            ),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb}"


class AuditSeal(models.Model):
    """A link of the chain over committed events; each digest covers the one before."""

    seq = models.BigIntegerField(_("序号"), primary_key=True)
    event = models.OneToOneField(
        AuditEvent, models.PROTECT, related_name="seal", verbose_name=_("审计记录")
    )
    digest = models.CharField(_("摘要"), max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("审计封存")
        ordering = ["seq"]

    def __str__(self):
        return f"{self.seq} {self.digest[:12]}"


class UnsealedEvent(models.Model):
    """An event that is not in the chain yet: what the next sealing has to do.

    The database adds the row with the event and sealing removes it, so nobody has to
    look for unsealed events in a trail of millions.
    """

    event = models.OneToOneField(
        AuditEvent,
        models.PROTECT,
        primary_key=True,
        related_name="unsealed",
        verbose_name=_("审计记录"),
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("待封存的审计记录")
        ordering = ["event"]

    def __str__(self):
        return str(self.event_id)
