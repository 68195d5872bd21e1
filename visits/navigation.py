from django.utils.translation import gettext_lazy as _

from toolkit.navigation import DAILY, Item, add
from visits.day import count_due
from visits.overdue import count_overdue
from visits.trays import count_waiting

add(
    DAILY,
    Item(
        _("今日走访"),
        "door",
        "visits:today",
        "visits.add_visit",
        order=12,
        bar_label=_("走访"),
        count=count_due,
        covers=("visits:visit-new", "visits:visit-find", "visits:duevisit-list"),
    ),
)
add(
    DAILY,
    Item(
        _("超期未访"),
        "missed",
        "visits:overdue",
        "visits.change_visitduty",
        order=13,
        count=count_overdue,
    ),
)
add(
    DAILY,
    Item(
        _("责任区"),
        "team",
        "visits:responsible",
        "visits.view_caseload",
        order=13,
        covers=("visits:caseload-list", "visits:handover-list"),
    ),
)
add(
    DAILY,
    Item(
        _("加访"),
        "extra",
        "visits:extraround-list",
        "visits.view_extraround",
        order=13,
        covers=("visits:extravisit-list",),
    ),
)
add(
    DAILY,
    Item(_("走访记录"), "history", "visits:visit-list", "visits.view_visit", order=14),
)
add(
    DAILY,
    Item(
        _("台账"),
        "ledger",
        "visits:ledgerentry-list",
        "visits.view_ledgerentry",
        order=15,
    ),
)
add(
    DAILY,
    Item(
        _("离线登记核对"),
        "wait",
        "visits:handedin-list",
        "toolkit.view_syncitem",
        order=16,
        count=count_waiting,
    ),
)
