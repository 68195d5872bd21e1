from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Max, Q, Sum
from django.db.models.functions import Round
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, OrgUnit
from communities.scoping import ScopedQuerySet
from governance.models.tiers import FEN, NOTHING, money_field
from toolkit import formats
from toolkit.periods import Period
from toolkit.uploads import KINDS, upload_path


class VoucherStatus(models.TextChoices):
    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("待审批")
    APPROVED = "approved", _("已审批")
    DROPPED = "dropped", _("未采用")


class VoucherQuerySet(ScopedQuerySet):
    def approved_in(self, period):
        return self.filter(period.on("dated_on"), status="approved")

    def open_in(self, period):
        """Vouchers of the period of which nobody has decided yet."""
        return self.filter(period.on("dated_on"), status__in=("draft", "review"))

    def sums(self) -> dict[str, Decimal]:
        """Return what came in and what went out over the rows, in yuan."""
        found = self.aggregate(
            income=Sum("amount", filter=Q(kind="income")),
            expense=Sum("amount", filter=Q(kind="expense")),
        )
        # SQLite adds decimals as binary fractions.
        return {name: (value or NOTHING).quantize(FEN) for name, value in found.items()}


class Voucher(CaseModel):
    """One income or expense of a community, with its paper, approved by another.

    Who handled it never approves it. Once approved it is not changed: a mistake is put
    right by a new voucher that names the old one (F026).
    """

    class Kind(models.TextChoices):
        INCOME = "income", _("收入")
        EXPENSE = "expense", _("支出")

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("社区（村）")
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=VoucherStatus,
        default=VoucherStatus.DRAFT,
        editable=False,
    )
    # Counted within the unit and the year of its entry.
    year = models.PositiveSmallIntegerField(_("年度"), editable=False)
    number = models.PositiveIntegerField(_("凭证号"), editable=False)
    kind = models.CharField(_("收支"), max_length=8, choices=Kind)
    dated_on = models.DateField(_("日期"))
    purpose = models.CharField(_("摘要"), max_length=100)
    amount = money_field(_("金额（元）"), validators=[MinValueValidator(FEN)])
    # What the meeting decided, where the amount asks for one.
    decided_on = models.DateField(_("会议日期"), null=True, blank=True)
    decision = models.CharField(_("会议记录或决议"), max_length=100, blank=True)
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("更正的原凭证"),
    )
    file = models.FileField(
        _("附件"), upload_to=upload_path, max_length=120, blank=True, editable=False
    )
    file_kind = models.CharField(_("附件格式"), max_length=10, editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("经手人"),
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("审批人"),
    )

    objects = VoucherQuerySet.as_manager()
    fact_labels = {"code": _("凭证号"), "amount_words": _("金额")}

    class Meta:
        verbose_name = verbose_name_plural = _("收支凭证")
        ordering = ["-pk"]
        permissions = [("approve_voucher", _("审批收支凭证"))]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "year", "number"],
                name="one_voucher_per_unit_year_and_number",
                violation_error_message=_("刚才有人用了这个凭证号，请再保存一次。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_voucher_has_an_amount",
                violation_error_message=_("金额要大于0。"),
            ),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("handler")),
                name="a_voucher_is_approved_by_another",
                violation_error_message=_("经手人不能审批自己的凭证。"),
            ),
        ]
        indexes = [models.Index(fields=["org_unit", "dated_on"], name="voucher_by_day")]

    def __str__(self):
        return f"{self.code}　{self.purpose}"

    def save(self, **kwargs):
        if self.number is None:
            with transaction.atomic():
                lock_books(self.org_unit_id)
                self.year = self.dated_on.year
                mine = Voucher.objects.filter(org_unit=self.org_unit_id, year=self.year)
                self.number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
                return super().save(**kwargs)
        return super().save(**kwargs)

    @property
    def code(self) -> str:
        """2026-0012, as it is written on the paper."""
        return f"{self.year}-{self.number:04}"

    @property
    def amount_words(self) -> str:
        return in_yuan(self.amount)

    @property
    def file_name(self) -> str:
        return f"{self.code}.{self.file_kind}"

    @property
    def media_type(self) -> str:
        return KINDS[self.file_kind].media_type


def in_yuan(amount: Decimal) -> str:
    """Return 7,800.00 元."""
    return _gettext("%(amount)s 元") % {"amount": formats.money(amount)}


def lock_books(unit_pk: int) -> None:
    """Let one after the other write in the books of a unit: for this transaction."""
    rows = OrgUnit.objects.select_for_update(no_key=True)
    rows.values_list("pk").get(pk=unit_pk)


class StatementStatus(models.TextChoices):
    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("待审")
    PUBLISHED = "published", _("已公布")


class StatementQuerySet(ScopedQuerySet):
    def published(self):
        return self.filter(status="published")


class Statement(CaseModel):
    """Income and expense of a month or quarter, worked out from the vouchers (F026).

    It is published only where opening, income and expense give the counted closing;
    with that its period is shut.
    """

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("社区（村）")
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=StatementStatus,
        default=StatementStatus.DRAFT,
        editable=False,
    )
    starts_on = models.DateField(_("起"), editable=False)
    # The first day that no longer belongs to it.
    ends_on = models.DateField(_("止"), editable=False)
    opening = money_field(_("期初余额（元）"))
    counted = money_field(_("期末清点余额（元）"))
    # As of the publication; before it they are worked out for each look.
    income = money_field(_("本期收入（元）"), default=NOTHING, editable=False)
    expense = money_field(_("本期支出（元）"), default=NOTHING, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("编制人"),
    )

    objects = StatementQuerySet.as_manager()
    fact_labels = {
        "period_words": _("期间"),
        "opening_words": _("期初余额"),
        "counted_words": _("期末清点余额"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("收支报表")
        ordering = ["-starts_on", "-pk"]
        permissions = [("publish_statement", _("审核并公布收支报表"))]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "starts_on", "ends_on"],
                name="one_statement_per_unit_and_period",
                violation_error_message=_("这一期的报表已经有了。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="a_statement_ends_after_it_begins",
                violation_error_message=_("报表的止期要晚于起期。"),
            ),
            models.CheckConstraint(
                condition=~Q(status="published")
                # SQLite adds decimals as binary fractions.
                | Q(counted=Round(F("opening") + F("income") - F("expense"), 2)),
                name="a_published_statement_adds_up",
                violation_error_message=_("期初加收入减支出不等于期末，不能公布。"),
            ),
        ]

    def __str__(self):
        return f"{self.org_unit.name}　{self.period_words}"

    def get_absolute_url(self) -> str:
        return reverse("governance:statement-detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def period_words(self) -> str:
        return self.period.label

    @property
    def opening_words(self) -> str:
        return in_yuan(self.opening)

    @property
    def counted_words(self) -> str:
        return in_yuan(self.counted)

    @property
    def vouchers(self):
        """Its approved vouchers by day and number."""
        mine = Voucher.objects.filter(org_unit=self.org_unit_id)
        return mine.approved_in(self.period).order_by("dated_on", "year", "number")
