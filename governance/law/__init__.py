"""The arithmetic of the two laws of self-governance: one module a law, and checks."""

from governance.law import community, elections, meetings, village
from governance.law.checks import (
    Bounds,
    Check,
    Threshold,
    asks,
    bounds,
    cited,
    source_of,
    threshold,
)

__all__ = [
    "Bounds",
    "Check",
    "Threshold",
    "asks",
    "bounds",
    "cited",
    "community",
    "elections",
    "meetings",
    "source_of",
    "threshold",
    "village",
]
