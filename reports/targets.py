"""How a figure stands to its target: a tone and, where it falls short, a word."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from communities.models import OrgUnit
from reports.figures import Definition
from reports.models import MetricTarget
from toolkit import formats

Sense = MetricTarget.Sense
REACHED, OFF, ACT, NOT_APPLICABLE = "yh-h0", "yh-h1", "yh-h2", "yh-hx"


@dataclass(frozen=True)
class Standing:
    """The class of a cell of the heat table and the words in it."""

    css: str = ""
    word: str = ""
    # Words in place of the figure.
    instead: str = ""


class Targets:
    """The targets in force, nearest unit first."""

    def __init__(self):
        rows = MetricTarget.objects.filter(closed_on=None).select_related("org_unit")
        self.rows = sorted(rows, key=lambda row: len(row.org_unit.path), reverse=True)

    def of(self, slug: str, unit: OrgUnit) -> MetricTarget | None:
        """Return the target of a metric for a unit: its own or that of a unit above."""
        for row in self.rows:
            if row.metric == slug and unit.path.startswith(row.org_unit.path):
                return row
        return None

    @property
    def slugs(self) -> list[str]:
        return list(dict.fromkeys(sorted(row.metric for row in self.rows)))


def standing(
    metric: Definition,
    value: Decimal | None,
    target: MetricTarget | None,
    *,
    days_left: int | None = None,
) -> Standing:
    """Return how a value stands to its target; no target, no colour.

    What adds up over a period that still runs is not late before its end: nothing is
    coloured while there are `days_left` to do it in.
    """
    if target is None:
        return Standing()
    if value is None:
        return Standing(NOT_APPLICABLE)
    if target.sense == Sense.AT_MOST:
        return at_most(value, target)
    if value >= target.target:
        return Standing(REACHED)
    if metric.is_additive and days_left is not None:
        instead = "" if value else _("未办")
        return Standing(word=left_words(days_left), instead=instead)
    if target.limit is not None and value <= target.limit:
        return Standing(ACT, _("督办"))
    return Standing(OFF, _("未达") if metric.is_additive else _("略低"))


def left_words(days: int) -> str:
    """Return 剩 7 天 for what may still be done, 今天截止 on the last day."""
    return formats.days_left(days) if days else _("今天截止")


def at_most(value: Decimal, target: MetricTarget) -> Standing:
    if value <= target.target:
        return Standing(REACHED)
    if target.limit is not None and value >= target.limit:
        return Standing(ACT, _("督办"))
    return Standing(OFF, _("略多"))
