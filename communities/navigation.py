from django.utils.translation import gettext_lazy as _

from toolkit.navigation import DAILY, SYSTEM, Item, add

# What hangs on the tree of units and has no line of its own.
REGISTERS = (
    "lane",
    "building",
    "organisation",
    "populationsnapshot",
    "honour",
    "boundarychange",
    "conversioncondition",
    "unitprofile",
    "orgunit",
)

add(
    DAILY,
    Item(
        _("居民档案"),
        "people",
        "communities:resident-list",
        "communities.view_resident",
        order=20,
        bar_label=_("居民"),
        covers=("communities:rosterimport-list", "communities:populationevent-list"),
    ),
)
add(
    DAILY,
    Item(
        _("住户"),
        "house",
        "communities:household-list",
        "communities.view_household",
        order=22,
    ),
)
add(
    DAILY,
    Item(
        _("社区和网格"),
        "grid",
        "communities:unit-tree",
        "communities.view_orgunit",
        order=60,
        covers=tuple(f"communities:{name}-list" for name in REGISTERS),
    ),
)
add(
    SYSTEM,
    Item(
        _("放假安排"),
        "calendar",
        "communities:officeday-list",
        "toolkit.view_calendarday",
        order=84,
    ),
)
add(
    SYSTEM,
    Item(
        _("办理时限"),
        "clock",
        "communities:officelimit-list",
        "toolkit.view_clocklimit",
        order=85,
    ),
)
