"""What two workers told differently of one person, in words for whoever looks at it."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from safety.actions.calling import counted_events
from safety.models import RollCall, RollCallEvent
from safety.steps import contradicted_by_last
from toolkit import formats


def told_differently(lines: Iterable[RollCall]) -> dict[int, str]:
    """Return for each line whose last event is contradicted who told what, and when.

    吴丽君 10:05 已转移；林芳 10:02 拒绝转移. The first of them counts.
    """
    events = counted_events(lines)
    prefetch_related_objects(events, "by")
    words = {}
    for line, group in groupby(events, key=attrgetter("line_id")):
        told = list(group)
        if others := contradicted_by_last(told):
            words[line] = formats.clauses(map(in_words, [told[-1], *others]))
    return words


def in_words(event: RollCallEvent) -> str:
    """Return who told what and when: 吴丽君 12月1日 10:05 已转移."""
    told = {
        "by": event.by,
        "at": formats.cn_day_time(event.happened_at),
        "state": event.get_state_display(),
    }
    return _("%(by)s %(at)s 登记“%(state)s”") % told
