"""The demo's part: people on the list, their visits, and who answers for them."""

from visits.demo import caseloads, entries, handed_in, walks

__all__ = ["caseloads", "entries", "handed_in", "walks"]
