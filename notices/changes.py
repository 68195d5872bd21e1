from django.utils.translation import gettext_lazy as _

from notices.models import Notice
from toolkit.changes import SHOWN, Change, changes, from_history

WORDS = {"withdraw": _("撤下")}


@changes("notices")
def published_and_withdrawn(user, since):
    """What became public, at its own time, or ceased to be; in the user's scope."""
    if not user.has_perm("notices.view_notice"):
        return
    mine = Notice.objects.in_scope_of(user)
    shown = mine.published().filter(publish_at__gte=since).order_by("-publish_at")
    for notice in shown[:SHOWN]:
        yield change(notice, notice.publish_at, _("发布"))
    for entry, notice in from_history(mine, since, WORDS):
        yield change(notice, entry.at, WORDS[entry.verb])


def change(notice: Notice, at, words) -> Change:
    return Change(
        at,
        words,
        title=_("《%(title)s》") % {"title": notice},
        url=notice.get_absolute_url(),
    )
