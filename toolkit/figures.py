"""The rows behind a figure: the same query as a list screen.

/visits/visits/?figure=visits.visits&period=2026-10&unit=330381002036
"""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from toolkit import formats
from toolkit.metrics import Metric, label_in, metrics
from toolkit.periods import Period

# What names a figure in the URL of a list.
PARAMETERS = ("figure", "period", "unit")


@dataclass(frozen=True)
class Figure:
    """A metric over a period and, perhaps, a unit."""

    metric: Metric
    period: Period
    rows: QuerySet
    unit: str = ""

    def condition(self, clear_url: str, shown: QuerySet | None = None) -> dict:
        """Return the removable condition that a list shows for the figure.

        `shown` are the rows of the list: what they add up to stands in the words.
        """
        words = [self.in_words(shown), self.period.label, self.unit_name]
        value = formats.phrased(words)
        return {"label": _("数字"), "value": value, "remove_url": clear_url}

    def in_words(self, shown: QuerySet | None) -> str:
        """Return 慰问金额 7,800.00 元, or the bare label of a number of rows."""
        label, metric = str(label_in(self.metric, self.period)), self.metric
        if shown is None or metric.value == Count("pk"):
            return label
        rows = self.rows.filter(pk__in=shown.order_by().values("pk"))
        total = metric.filled(rows.aggregate(total=metric.value)["total"])
        number = formats.number(total, metric.decimals)
        return _("%(label)s %(number)s %(unit)s，由下列记录得出") % {
            "label": label,
            "number": number,
            "unit": metric.unit,
        }

    def in_short(self) -> str:
        """Return which figure it is, without what it adds up to."""
        label = label_in(self.metric, self.period)
        return formats.phrased([label, self.period.label, self.unit_name])

    @property
    def unit_name(self) -> str:
        """Return the name of the unit, "" for none or an unknown code."""
        if not self.unit:
            return ""
        model = self.rows.model
        for name in model.scope_path.split("__")[:-1]:
            model = model._meta.get_field(name).related_model
        found = model._base_manager.filter(code=self.unit)
        return found.values_list("name", flat=True).first() or ""


def rows_behind(request, model) -> Figure | None:
    """Return the figure that the URL names, None for none; BadRequest on nonsense."""
    slug = request.GET.get("figure")
    if not slug:
        return None
    metric = metrics.get(slug)
    try:
        period = Period.parse(request.GET.get("period", ""))
    except ValueError as refusal:
        raise BadRequest(str(refusal)) from refusal
    if metric is None:
        raise BadRequest(_("没有这个指标。"))
    rows = metric.rows(period)
    if rows.model._meta.concrete_model is not model._meta.concrete_model:
        raise BadRequest(_("这个指标不在此列表。"))
    unit = request.GET.get("unit", "")
    if unit:
        rows = rows.in_unit(unit)
    return Figure(metric, period, rows, unit)
