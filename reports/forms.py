from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import MetricTarget
from reports.tables import title_of
from reports.units import REPORTED_LEVELS
from toolkit.forms import StaffForm
from toolkit.metrics import definitions


def metric_choices() -> list[tuple]:
    """Return the registered figures under the names of their apps."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in definitions().values():
        label = _("%(label)s（%(unit)s）") % {"label": one.label, "unit": one.unit}
        groups.setdefault(title_of(one.app), []).append((one.slug, label))
    return [("", _("请选择")), *groups.items()]


class MetricTargetForm(StaffForm):
    metric = forms.ChoiceField(label=_("指标"), choices=metric_choices)

    class Meta:
        model = MetricTarget
        fields = ["org_unit", "metric", "sense", "target", "limit", "source"]
        help_texts = {
            "org_unit": _("对这个单位和它下面的单位都有效。"),
            "limit": _("到了这个数由街道督办；不填就只分达到和没有达到。"),
            "source": _("哪个文件或会议定的，例如年度工作责任书。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["org_unit"]
        field.queryset = field.queryset.filter(level__in=REPORTED_LEVELS)
        if self.instance.pk is None and "org_unit" not in self.initial:
            self.initial["org_unit"] = field.queryset.order_by("path").first()
