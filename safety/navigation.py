from django.utils.translation import gettext_lazy as _

from safety.roll import count_waiting, is_calling
from toolkit.navigation import DAILY, Item, add
from toolkit.pillar_home import add_to_menu

add(
    DAILY,
    Item(
        _("应急点名"),
        "phone",
        "safety:roll",
        "safety.change_rollcall",
        order=15,
        bar_label=_("应急点名"),
        bar_when=is_calling,
        count=count_waiting,
        covers=("safety:rollcall-list",),
    ),
)
add(
    DAILY,
    Item(
        _("应急任务"),
        "shield",
        "safety:team-posts",
        "safety.view_shelterpost",
        order=16,
    ),
)
add_to_menu("safety")
