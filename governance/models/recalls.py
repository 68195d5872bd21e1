from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, OrgUnit
from governance.models.elections import Mode
from governance.models.members import Member


class OfMember(CaseModel):
    """Base of what ends the office of a member before the term is over."""

    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("社区（村）"),
    )

    class Meta:
        abstract = True

    def save(self, **kwargs):
        self.org_unit_id = self.member.term.body.org_unit_id
        super().save(**kwargs)


class Caller(models.TextChoices):
    """Who may call for a recall together; the shares stand in `governance.law`."""

    VOTERS = "voters", _("有选举权的居民（村民）")
    HOUSEHOLDS = "households", _("户的代表")
    REPRESENTATIVES = "representatives", _("居民（村民）代表")


class Recall(OfMember):
    """A demand to recall a member of a committee: who asks, hearing, vote, result.

    居委会法 20, 村委会法 19.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("已提出")
        ACCEPTED = "accepted", _("已受理，待申辩")
        HEARD = "heard", _("已申辩，待表决")
        PASSED = "passed", _("罢免通过")
        FAILED = "failed", _("罢免未通过")
        DISMISSED = "dismissed", _("不予受理")

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="recalls", verbose_name=_("被要求罢免的人")
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=Status,
        default=Status.PROPOSED,
        editable=False,
    )
    proposed_on = models.DateField(_("提出日期"))
    reason = models.CharField(_("罢免理由"), max_length=200)
    called_by = models.CharField(
        _("由谁联名"), max_length=16, choices=Caller, default=Caller.VOTERS
    )
    callers = models.PositiveIntegerField(_("联名人数"))
    callers_of = models.PositiveIntegerField(_("有权联名的总人数"))
    # As the member was elected.
    mode = models.CharField(
        _("表决方式"),
        max_length=16,
        choices=Mode,
        default=Mode.VOTERS,
    )
    voted_on = models.DateField(_("投票日期"), null=True, blank=True)
    entitled = models.PositiveIntegerField(_("有投票权人数"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("投票人数"), null=True, blank=True)
    in_favour = models.PositiveIntegerField(_("赞成罢免票"), null=True, blank=True)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("计票人"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("罢免")
        ordering = ["-proposed_on", "-pk"]
        permissions = [("export_recall", _("导出罢免"))]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(status__in=["proposed", "accepted", "heard"]),
                name="one_open_recall_per_member",
                violation_error_message=_("对此人的罢免要求正在办理。"),
            ),
            models.CheckConstraint(
                condition=Q(callers__lte=F("callers_of")),
                name="no_more_callers_than_there_are",
                violation_error_message=_("联名人数不能多于总人数。"),
            ),
            models.CheckConstraint(
                condition=Q(returned=None) | Q(returned__lte=F("entitled")),
                name="no_more_voted_on_a_recall_than_may",
                violation_error_message=_("投票人数不能多于有投票权的人数。"),
            ),
            models.CheckConstraint(
                condition=Q(in_favour=None) | Q(in_favour__lte=F("returned")),
                name="no_more_for_a_recall_than_voted",
                violation_error_message=_("赞成票不能多于投票人数。"),
            ),
        ]

    def __str__(self):
        return str(_("罢免%(name)s") % {"name": self.member})

    @property
    def is_counted(self) -> bool:
        return None not in (self.voted_on, self.entitled, self.returned, self.in_favour)


class Resignation(OfMember):
    """A member asks to leave; the office ends when a meeting agrees (居委会法 21)."""

    class Status(models.TextChoices):
        HANDED_IN = "handed_in", _("待审议")
        AGREED = "agreed", _("审议通过，职务终止")
        REFUSED = "refused", _("审议未通过")
        TAKEN_BACK = "taken_back", _("本人撤回")

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="resignations", verbose_name=_("辞职人")
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=Status,
        default=Status.HANDED_IN,
        editable=False,
    )
    handed_in_on = models.DateField(_("提出日期"))
    reason = models.CharField(_("辞职原因"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("辞职")
        ordering = ["-handed_in_on", "-pk"]
        permissions = [("export_resignation", _("导出辞职"))]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(status="handed_in"),
                name="one_open_resignation_per_member",
                violation_error_message=_("此人的辞职申请正在审议。"),
            )
        ]

    def __str__(self):
        return str(_("%(name)s辞职") % {"name": self.member})
