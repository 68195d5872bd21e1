from django.utils.translation import gettext_lazy as _

from reports.forms import MetricTargetForm
from reports.models import MetricTarget
from toolkit.columns import Column, LinkColumn
from toolkit.paging import Sort
from toolkit.screens import Closing, ModelScreens, register


@register
class MetricTargetScreens(ModelScreens):
    model = MetricTarget
    icon = "target"
    form_class = MetricTargetForm
    columns = (
        LinkColumn("metric_label", _("指标")),
        Column("org_unit", _("街道或社区")),
        Column("sense"),
        Column("target_text", _("目标"), is_number=True),
        Column("limit_text", _("督办线"), is_number=True),
        Column("source"),
    )
    sorts = {"metric": (_("指标"), Sort("metric"))}
    closing = Closing(label=_("停用"), hint=_("停用后工作台不再按它分颜色，记录保留。"))

    @classmethod
    def create_label(cls):
        return _("设定指标目标")

    @classmethod
    def chips(cls, row) -> list[dict]:
        if row.closed_on:
            return [{"text": _("已停用"), "tone": "draft"}]
        return []

    @classmethod
    def empty(cls, request) -> dict:
        return {
            "title": _("还没有定目标"),
            "hint": _("定了目标，工作台的表格才会分颜色，并写明谁定的、按什么定的。"),
        }
