"""The table that a run prints: Markdown, so that it goes into docs as it is."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADS = ("work", "ours", "compared with", "ratio", "bar", "")
AT_MOST, AT_LEAST = "≤", "≥"


@dataclass(frozen=True)
class Bar:
    """What a ratio is to keep to; `side` is AT_MOST or AT_LEAST."""

    side: str
    value: float
    unit: str = "×"

    def holds_for(self, ratio: float) -> bool:
        return ratio <= self.value if self.side == AT_MOST else ratio >= self.value

    def __str__(self):
        return f"{self.side} {self.value:g} {self.unit}"


@dataclass(frozen=True)
class Row:
    """One comparison; without a bar it is for information."""

    work: str
    ours: str
    other: str
    ratio: float
    bar: Bar | None = None

    def cells(self) -> tuple[str, ...]:
        verdict, unit = "", self.bar.unit if self.bar else "×"
        if self.bar is not None:
            verdict = "ok" if self.bar.holds_for(self.ratio) else "MISSED"
        decimals = 0 if self.ratio >= 100 else 1 if self.ratio >= 10 else 2
        ratio = f"{self.ratio:.{decimals}f} {unit}"
        return (self.work, self.ours, self.other, ratio, str(self.bar or ""), verdict)


def at_most(value: float, unit: str = "×") -> Bar:
    return Bar(AT_MOST, value, unit)


def at_least(value: float) -> Bar:
    return Bar(AT_LEAST, value)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def seconds(value: float) -> str:
    return f"{value:.1f} s"


def rate(value: float) -> str:
    """Return how often a second something is done that takes so many seconds."""
    return f"{1 / value:,.0f} /s"


def lines(rows: Iterable[Row]) -> list[str]:
    """Return the table, its columns under each other."""
    table = [HEADS, *(row.cells() for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    drawn = ["| " + " | ".join(map(str.ljust, cells, widths)) + " |" for cells in table]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return [drawn[0], rule, *drawn[1:]]
