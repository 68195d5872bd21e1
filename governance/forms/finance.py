from datetime import timedelta

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from communities.forms.fields import OFFICE_LEVELS, PastDateField, narrow_units
from governance.books.periods import opening_of, why_shut
from governance.forms.disclosure import OF_COMMUNITIES, action_of
from governance.models import (
    ApprovalTier,
    Statement,
    StatementStatus,
    Voucher,
    VoucherStatus,
)
from toolkit.filters import FirstDayFilter, LastDayFilter, ScreenFilters, SearchFilter
from toolkit.forms import StaffForm
from toolkit.periods import MONTH, QUARTER, Period
from toolkit.uploads import PICTURES, Checked, validate_upload

MONTHS_OFFERED, QUARTERS_OFFERED = 12, 4
PAPERS = (*PICTURES, "pdf")


class ApprovalTierForm(StaffForm):
    class Meta:
        model = ApprovalTier
        fields = ["org_unit", "profile", "least", "approver", "source"]
        help_texts = {"source": _("写明文件、条款或街道的规定。")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, action_of(self, "approvaltier"), OFFICE_LEVELS)


class ApprovalTierFilters(ScreenFilters):
    approver = django_filters.ChoiceFilter(
        choices=ApprovalTier.Approver, label=_("由谁审批")
    )

    class Meta:
        model = ApprovalTier
        fields = ["approver"]


class VoucherForm(StaffForm):
    """One income or expense with its paper; who registers it has handled it."""

    public = ("purpose",)
    sensitive = ("paper",)

    dated_on = PastDateField(label=_("日期"))
    paper = forms.FileField(
        label=_("附件"),
        required=False,
        max_length=200,
        help_text=_("发票、收据或合同，PDF 或照片。"),
    )

    class Meta:
        model = Voucher
        fields = [
            "org_unit",
            "kind",
            "dated_on",
            "amount",
            "purpose",
            "corrects",
            "decided_on",
            "decision",
        ]
        help_texts = {
            "purpose": _("写用途，会在收支表上公开，不写居民姓名。"),
            "corrects": _("更正已公布的凭证时才选。"),
            "decision": _("按审批权限须开会决定的，写会议名称和记录编号。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, action_of(self, "voucher"), OF_COMMUNITIES)
        rows = Voucher.objects.in_scope_of(self.user).filter(status="approved")
        self.fields["corrects"].queryset = rows
        self.order_fields([*self._meta.fields[:5], "paper"])
        if self.instance.pk:
            del self.fields["org_unit"]

    def clean_paper(self) -> Checked | None:
        sent = self.cleaned_data["paper"]
        return validate_upload(sent, kinds=PAPERS) if sent else None

    def clean(self):
        """Refuse a day of a published period, and an original of another unit."""
        data = super().clean()
        unit = data.get("org_unit") or (self.instance.pk and self.instance.org_unit)
        day, original = data.get("dated_on"), data.get("corrects")
        if unit and day and (refusal := why_shut(unit.pk, day)):
            raise ValidationError({"dated_on": refusal})
        if unit and original and original.org_unit_id != unit.pk:
            raise ValidationError({"corrects": _("原凭证要在同一个社区（村）。")})
        return data

    def save(self, commit=True):
        if not self.instance.pk:
            self.instance.handler = self.user
        if checked := self.cleaned_data["paper"]:
            self.instance.file, self.instance.file_kind = checked.file, checked.kind
        return super().save(commit)


class VoucherFilters(ScreenFilters):
    q = SearchFilter("purpose")
    community = CommunityFilter()
    kind = django_filters.ChoiceFilter(choices=Voucher.Kind, label=_("收支"))
    status = django_filters.ChoiceFilter(choices=VoucherStatus, label=_("状态"))
    since = FirstDayFilter("dated_on", label=_("日期从"))
    until = LastDayFilter("dated_on", label=_("日期到"))

    class Meta:
        model = Voucher
        fields = ["q", "community", "kind", "status", "since", "until"]


def periods_offered() -> list[tuple[str, str]]:
    """Return the months and quarters that are over, the newest first."""
    today, offered = timezone.localdate(), []
    for kind, count in ((MONTH, MONTHS_OFFERED), (QUARTER, QUARTERS_OFFERED)):
        period = Period.of(kind, Period.of(kind, today).start - timedelta(days=1))
        for _number in range(count):
            offered.append((period.slug, period.label))
            period = period.previous()
    return offered


class StatementForm(StaffForm):
    """A period of one unit and what was counted; the rest comes from the vouchers."""

    period = forms.ChoiceField(label=_("期间"))

    class Meta:
        model = Statement
        fields = ["org_unit", "opening", "counted"]
        help_texts = {
            "opening": _("有上期报表的不用填，自动取上期期末。"),
            "counted": _("清点现金、核对银行存款后的合计。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, action_of(self, "statement"), OF_COMMUNITIES)
        self.fields["opening"].required = False
        self.fields["period"].choices = periods_offered()
        self.order_fields(["org_unit", "period"])
        if self.instance.pk:
            del self.fields["org_unit"], self.fields["period"]

    def clean(self):
        """Take the opening from what was published before, where there is something."""
        data = super().clean()
        if slug := data.get("period"):
            period = Period.parse(slug)
            self.instance.starts_on, self.instance.ends_on = period.start, period.end
        unit = data.get("org_unit") or (self.instance.pk and self.instance.org_unit)
        if not unit or self.instance.starts_on is None or self.has_error("opening"):
            return data
        due = opening_of(unit, self.instance.period)
        if due is not None:
            data["opening"] = due
        elif data.get("opening") is None:
            self.add_error("opening", _("这是第一期报表，请填期初余额。"))
        return data

    def save(self, commit=True):
        if not self.instance.pk:
            self.instance.author = self.user
        return super().save(commit)


class StatementFilters(ScreenFilters):
    community = CommunityFilter()
    status = django_filters.ChoiceFilter(choices=StatementStatus, label=_("状态"))

    class Meta:
        model = Statement
        fields = ["community", "status"]
