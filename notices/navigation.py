from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.scoping import scope_of
from notices.models import Notice
from toolkit.navigation import DAILY, Item, add
from toolkit.prepared import PreparedFor, number_of

WAITING = PreparedFor(
    lambda scope, reader: number_of(Notice.objects.in_review(scope, reader))
)


def waiting_for_me(user) -> int:
    """How many notices wait for this person's review."""
    scope = scope_of(user, "notices.publish_notice")
    return 0 if scope.is_empty else WAITING.number(scope, user.pk)


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
