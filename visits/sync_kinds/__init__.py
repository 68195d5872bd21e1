"""What phones hand in of visits (see toolkit/sync): visits, and corrections of them."""

from visits.sync_kinds.corrections import CORRECTION, values_of
from visits.sync_kinds.visits import VISIT, entries_of, visit_of

__all__ = ["CORRECTION", "VISIT", "entries_of", "values_of", "visit_of"]
