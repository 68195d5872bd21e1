from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, OrgUnit, ScopedModel
from communities.scoping import ScopedQuerySet
from governance.models.bodies import Term


class TransferQuerySet(ScopedQuerySet):
    def begun_in(self, period):
        """Hand-overs of committees whose new term began in the period."""
        return self.filter(period.on("began_on"))

    def in_time(self):
        """Hand-overs that were signed by all on their last day at the latest."""
        return self.filter(done_on__lte=F("due_on"))


class TermTransfer(CaseModel):
    """What an old committee hands over to the new one within ten days (T07).

    居委会法 25, 村委会法 24: the election committee presides, the street watches.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("待移交")
        GIVEN = "given", _("移交人已签字")
        TAKEN = "taken", _("接收人已签字")
        DONE = "done", _("移交完成")

    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("社区（村）"),
    )
    term = models.OneToOneField(
        Term,
        models.PROTECT,
        editable=False,
        related_name="transfer",
        verbose_name=_("新一届"),
    )
    status = models.CharField(
        _("状态"), max_length=20, choices=Status, default=Status.OPEN, editable=False
    )
    began_on = models.DateField(_("新一届产生日期"), editable=False)
    due_on = models.DateField(_("最迟移交日期"), editable=False)
    done_on = models.DateField(_("移交完成日期"), null=True, editable=False)
    giver = models.CharField(_("移交人"), max_length=50, blank=True)
    taker = models.CharField(_("接收人"), max_length=50, blank=True)
    witness = models.CharField(_("监交人"), max_length=50, blank=True)

    objects = TransferQuerySet.as_manager()
    fact_labels = {"clock_words": _("移交期限")}

    class Meta:
        verbose_name = verbose_name_plural = _("换届工作移交")
        ordering = ["-began_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(giver="") | ~Q(giver=F("taker")),
                name="giver_and_taker_of_a_transfer_are_two",
                violation_error_message=_("移交人和接收人不能是同一人。"),
            ),
            models.CheckConstraint(
                condition=Q(witness="")
                | (~Q(witness=F("giver")) & ~Q(witness=F("taker"))),
                name="the_witness_of_a_transfer_is_a_third",
                violation_error_message=_("监交人不能是移交人或接收人。"),
            ),
        ]

    def __str__(self):
        return f"{self.term.body}　{_('工作移交')}"

    def save(self, **kwargs):
        self.org_unit_id = self.term.body.org_unit_id
        super().save(**kwargs)


class TransferItem(ScopedModel):
    """One thing on the list of a hand-over: seal, accounts, files, property."""

    class Kind(models.TextChoices):
        SEAL = "seal", _("印章")
        CERTIFICATE = "certificate", _("证照")
        ACCOUNTS = "accounts", _("账簿和资金")
        PROPERTY = "property", _("设施和财产")
        FILES = "files", _("档案")
        ELECTION = "election", _("选举文件")
        CONTRACTS = "contracts", _("合同和债权债务")
        UNFINISHED = "unfinished", _("未办完的事")

    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("社区（村）"),
    )
    transfer = models.ForeignKey(
        TermTransfer, models.PROTECT, related_name="items", verbose_name=_("移交单")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    name = models.CharField(_("名称"), max_length=60)
    amount = models.CharField(_("数量或金额"), max_length=40, blank=True)
    checked_on = models.DateField(_("清点日期"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("移交事项")
        ordering = ["transfer", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "kind", "name"],
                name="one_line_per_transfer_kind_and_name",
                violation_error_message=_("这一项已在移交清单上。"),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.org_unit_id = self.transfer.org_unit_id
        super().save(**kwargs)
