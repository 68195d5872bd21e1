from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance.forms import (
    CertificateFilters,
    CertificateForm,
    ContractFilters,
    ContractForm,
    WorkerFilters,
    WorkerForm,
)
from governance.models import Certificate, Contract, Worker
from governance.screens.worker_parts import certificates_section, contracts_section
from toolkit import formats
from toolkit.columns import Column, DateColumn, LinkColumn
from toolkit.paging import Sort
from toolkit.screens import Closing, ModelScreens, register

# From so many days before its end a contract is named.
SOON = timedelta(days=90)


@register
class WorkerScreens(ModelScreens):
    model = Worker
    about = _("聘用途径、合同、职业资格和离岗")
    icon = "people"
    form_class = WorkerForm
    filter_class = WorkerFilters
    counted_in = _("人")
    export_action = "export"
    export_needs_purpose = True
    columns = (
        LinkColumn("name"),
        Column("org_unit__name", _("社区（村）")),
        Column("post"),
        Column("sex"),
        Column("birth_year"),
        Column("education"),
        Column("certificate_words", _("职业资格")),
        Column("route"),
        DateColumn("employed_on"),
        DateColumn("contract_ends", _("合同到期"), is_dropped=True),
        DateColumn("left_on", is_dropped=True),
    )
    facts = (
        "org_unit",
        "post",
        "grade",
        "sex",
        "birth_year",
        "education",
        "certificate_words",
        "route",
        "employed_on",
        "service_words",
        "contract_words",
        "left_on",
    )
    passed_over = ("grade", "left_on")
    sorts = {
        "newest": (_("最近登记"), Sort("pk", descending=True)),
        "units": (_("社区（村）"), Sort("org_unit__path")),
    }
    closing = Closing(
        field="left_on", label=_("离岗"), hint=_("离岗后不再计入在岗人数，记录保留。")
    )

    @classmethod
    def get_queryset(cls):
        return super().get_queryset().with_facts()

    @classmethod
    def create_label(cls):
        return _("登记社区工作者")

    @classmethod
    def list_actions(cls, request):
        url = reverse("governance:worker-statistics")
        return [*super().list_actions(request), {"label": _("结构统计"), "url": url}]

    @classmethod
    def banners(cls, row, request):
        if row.left_on:
            return []
        if row.contract is None:
            return [{"text": _gettext("还没有登记聘用合同。"), "tone": "wait"}]
        end, today = row.contract.ends_on, timezone.localdate()
        told = {"day": formats.cn_date(end)}
        if end and end < today:
            words = _gettext("合同已于%(day)s到期，请续签或办理离岗。")
            return [{"text": words % told, "tone": "urgent"}]
        if end and end - today <= SOON:
            words = _gettext("合同将于%(day)s到期，请准备续签。")
            return [{"text": words % told, "tone": "wait"}]
        return []

    @classmethod
    def sections(cls, row, request):
        return [
            contracts_section(row, request.user),
            certificates_section(row, request.user),
        ]


class OfWorker(ModelScreens):
    """Screens of what hangs below a worker: not on the first page of the pillar."""

    export_action = "export"
    export_needs_purpose = True

    @classmethod
    def belongs_to(cls, pillar):
        return False


@register
class ContractScreens(OfWorker):
    model = Contract
    about = _("社区工作者的聘用合同")
    icon = "calendar"
    form_class = ContractForm
    filter_class = ContractFilters
    counted_in = _("份")
    columns = (
        LinkColumn("worker__name", _("姓名")),
        Column("worker__org_unit__name", _("社区（村）")),
        Column("kind"),
        DateColumn("begins_on"),
        DateColumn("ends_on"),
    )
    facts = ("worker", "kind", "begins_on", "ends_on")
    passed_over = ("ends_on",)


@register
class CertificateScreens(OfWorker):
    model = Certificate
    about = _("社区工作者的职业资格证书")
    icon = "list"
    form_class = CertificateForm
    filter_class = CertificateFilters
    counted_in = _("本")
    columns = (
        LinkColumn("worker__name", _("姓名")),
        Column("worker__org_unit__name", _("社区（村）")),
        Column("level"),
        DateColumn("issued_on"),
    )
    facts = ("worker", "level", "issued_on")
