"""Who is not out of danger yet: said before an emergency is closed."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety.board import tally_of
from safety.models import Emergency, RollCall, State
from toolkit import formats

LIST = "safety.view_rollcall"
# In the order in which they are asked about.
STILL_OUT = {
    State.WAITING: gettext_lazy("%(count)s 人未联系"),
    State.HELP: gettext_lazy("%(count)s 人需要帮助"),
    State.REFUSED: gettext_lazy("%(count)s 人拒绝转移"),
    State.MOVED: gettext_lazy("%(count)s 人未返回"),
}


def still_out(emergency: Emergency, by) -> str:
    """Return 还有 2 人未联系、1 人需要帮助, each with the list of them.

    Measures end when the danger is under control or gone (突发事件应对法 2024, 86).
    """
    lines = RollCall.objects.filter(emergency=emergency)
    tally = tally_of(lines)
    found = [
        (
            people_url(emergency, state, by),
            words % {"count": formats.count(tally.of(state))},
        )
        for state, words in STILL_OUT.items()
        if tally.of(state)
    ]
    if not found:
        return _("名单上没有人未联系、需要帮助或未返回。")
    told = format_html_join(
        formats.list_mark(), "{}", [(linked(*one),) for one in found]
    )
    return format_html(_("还有 {people}。"), people=told)


def linked(url: str, words: str) -> str:
    """Return words that lead somewhere, or the words alone."""
    return format_html('<a href="{}">{}</a>', url, words) if url else words


def people_url(emergency: Emergency, state: State, by) -> str:
    """Return the list of the people in a state, "" for who may not open it."""
    if by is None or not by.has_perm(LIST):
        return ""
    asked = urlencode({"emergency": emergency.pk, "state": state.value})
    return f"{reverse('safety:rollcall-list')}?{asked}"
