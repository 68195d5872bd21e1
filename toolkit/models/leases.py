from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PhoneLease(models.Model):
    """A phone may hold a part of its owner's work for a time, and hand in for him.

    What the phone reads with dies with the lease. What it has written down is handed in
    with it whenever it is back in reach, even after the lease and the sign-in are over.
    """

    uid = models.UUIDField(_("编号"), default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="phone_leases",
        verbose_name=_("人员"),
    )
    # A keyed hash of the sign-in in which it was taken.
    session_mark = models.CharField(_("登录"), max_length=64)
    # How many homes the phone was given.
    homes = models.PositiveSmallIntegerField(_("户数"), default=0)
    issued_at = models.DateTimeField(_("开始时间"))
    until = models.DateTimeField(_("到期时间"))
    # When its owner signed out, or somebody took it from him.
    ended_at = models.DateTimeField(_("结束时间"), null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("离线授权")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("issued_at")),
                name="a_lease_ends_after_it_begins",
                violation_error_message=_("到期时间要晚于开始时间。"),
            )
        ]
        indexes = [
            models.Index(
                fields=["session_mark"],
                condition=Q(ended_at=None),
                name="lease_open_of_a_session",
            )
        ]

    def __str__(self):
        return f"{self.user} {self.uid}"
