from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.models import Notice
from toolkit.navigation import DAILY, Item, add


def waiting_for_me(user) -> int:
    """How many notices wait for this person's review."""
    if not user.has_perm("notices.publish_notice"):
        return 0
    return Notice.objects.waiting_for(user).count()


add(
    DAILY,
    Item(
        _("通知公告"),
        "notice",
        "notices:notice-list",
        "notices.view_notice",
        order=40,
        bar_label=pgettext_lazy("导航", "通知"),
        gives_way=True,
        count=waiting_for_me,
    ),
)
