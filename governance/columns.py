"""Columns of lists about money and clocks."""

from django.utils import timezone

from toolkit import formats
from toolkit.columns import Column
from toolkit.deadlines import LATE, NEAR


class MoneyColumn(Column):
    """An amount in yuan with two decimals, aligned right."""

    def __init__(self, accessor, label=None, **kwargs):
        super().__init__(accessor, label, is_number=True, **kwargs)

    def show(self, row) -> str:
        return formats.money(self.raw(row))


class PublishedMoneyColumn(MoneyColumn):
    """An amount that stands only once its statement is published."""

    def __init__(self, accessor, label=None, **kwargs):
        super().__init__(accessor, label, **kwargs)
        self.reads = (accessor, "status")

    def raw(self, row):
        return super().raw(row) if row.status == "published" else None


class ClockColumn(Column):
    """How the clock of a row stands: a chip on pages, its words in files."""

    def __init__(self, accessor="deadline", label=None, **kwargs):
        super().__init__(accessor, label, **kwargs)

    def raw(self, row):
        return str(super().raw(row).status(timezone.now()))

    def show(self, row) -> str:
        status = getattr(row, self.path).status(timezone.now())
        return formats.clock(status.text, status.tone)


def clock_chip(deadline) -> dict:
    """Return a clock as a chip beside the title of a row."""
    status = deadline.status(timezone.now())
    tones = {LATE: "bad", NEAR: "wait"}
    return {"text": status.text, "tone": tones.get(status.tone, "")}
