from toolkit.models.audit import AuditEvent, AuditSeal, UnsealedEvent
from toolkit.models.calendar import CalendarDay
from toolkit.models.clocks import ClockLimit
from toolkit.models.history import HistoryEntry
from toolkit.models.jobs import Job
from toolkit.models.leases import PhoneLease
from toolkit.models.photos import SyncPhoto
from toolkit.models.sync import SyncItem

__all__ = [
    "AuditEvent",
    "AuditSeal",
    "CalendarDay",
    "ClockLimit",
    "HistoryEntry",
    "Job",
    "PhoneLease",
    "SyncItem",
    "SyncPhoto",
    "UnsealedEvent",
]
