"""Figures of publication and of the books (F025, F026)."""

from django.db.models import F, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from governance.models import Disclosure, DisclosureDuty, Question, Voucher
from toolkit.metrics import metric, rate


@metric(
    "governance.disclosures_due",
    label=_("应公开事项"),
    unit=_("项"),
    meaning=_("最迟公开日期在期内的事项数。"),
    source="F025",
)
def due(period):
    return DisclosureDuty.objects.due_in(period)


@metric(
    "governance.disclosures_on_time",
    label=_("按时公开"),
    unit=_("项"),
    meaning=_("最迟公开日期在期内、按时公开的事项数。"),
    source="F025",
    better="up",
)
def on_time(period):
    return due(period).kept()


rate(
    "governance.disclosure_rate",
    label=_("按时公开率"),
    part="governance.disclosures_on_time",
    whole="governance.disclosures_due",
    meaning=_("按时公开的事项占应公开事项的比例。"),
    source="F025",
    better="up",
)


@metric(
    "governance.disclosures_late",
    label=_("迟公开"),
    unit=_("项"),
    meaning=_("最迟公开日期在期内、过期后才公开的事项数。"),
    source="F025",
    better="down",
)
def late(period):
    return due(period).met_late()


@metric(
    "governance.disclosures_missing",
    label=_("缺公开"),
    unit=_("项"),
    meaning=_("最迟公开日期在期内，到期末已过期还没有公开的事项数。"),
    source="F025",
    better="down",
)
def missing(period):
    return due(period).missing_on(period.last_day)


@metric(
    "governance.disclosures_published",
    label=_("公开内容"),
    sentence=_("公开{number}项"),
    unit=_("项"),
    meaning=_("期内公开的内容数，更正和后来撤下的也算。"),
    source="F025",
)
def published(period):
    return Disclosure.objects.filter(period.on("published_on"))


@metric(
    "governance.questions_due",
    label=_("应答复的居民提问"),
    unit=_("个"),
    meaning=_("最迟答复日期在期内的提问数。"),
    source="F025",
)
def questions_due(period):
    return Question.objects.filter(period.on("due_on"))


@metric(
    "governance.questions_answered_in_time",
    label=_("按期答复的居民提问"),
    unit=_("个"),
    meaning=_("最迟答复日期在期内、按期答复的提问数。"),
    source="F025",
    better="up",
)
def answered_in_time(period):
    rows = questions_due(period).annotate(replied_on=TruncDate("replied_at"))
    return rows.filter(replied_on__lte=F("due_on"))


@metric(
    "governance.income",
    label=_("社区（村）收入"),
    unit=_("元"),
    value=Sum("amount"),
    decimals=2,
    meaning=_("期内日期、已审批的收入凭证金额。"),
    source="F026",
)
def income(period):
    return Voucher.objects.approved_in(period).filter(kind=Voucher.Kind.INCOME)


@metric(
    "governance.expense",
    label=_("社区（村）支出"),
    unit=_("元"),
    value=Sum("amount"),
    decimals=2,
    meaning=_("期内日期、已审批的支出凭证金额。"),
    source="F026",
)
def expense(period):
    return Voucher.objects.approved_in(period).filter(kind=Voucher.Kind.EXPENSE)
