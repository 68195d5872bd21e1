"""The dated lines of a household as people read them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from communities.codes import RELATION
from communities.models import HouseholdEvent
from toolkit import formats

Kind = HouseholdEvent.Kind


def event_lines(events: Iterable[HouseholdEvent]) -> list[dict]:
    """Return the lines, those of one step together under its day."""
    groups: dict[object, dict] = {}
    for event in events:
        key = event.step_id or ("event", event.pk)
        if key not in groups:
            groups[key] = {
                "day": formats.cn_date(event.happened_on),
                "title": title_of(event),
                "reason": event.reason,
                "by": str(event.by or _("系统")),
                "told": [],
            }
        if words := sentence(event):
            groups[key]["told"].append(words)
    return list(groups.values())


def title_of(event: HouseholdEvent) -> str:
    """Return the name of the step, or of the single line without one."""
    return str((event.step or event).get_kind_display())


def sentence(event: HouseholdEvent) -> str:
    """Say what one line means."""
    name = event.resident.name if event.resident else ""
    other = event.other.number if event.other else ""
    words = {"name": name, "other": other}
    words |= {"before": event.before, "after": event.after}
    if event.kind in (Kind.JOIN, Kind.LEAVE, Kind.NEW_HEAD, Kind.RELATE):
        words["before"] = RELATION.label(event.before) if event.before else ""
        words["after"] = RELATION.label(event.after) if event.after else ""
    return SENTENCES[event.kind](words) if event.kind in SENTENCES else ""


SENTENCES = {
    Kind.JOIN: lambda words: (
        _("%(name)s从%(other)s户转入，%(after)s") % words
        if words["other"]
        else _("%(name)s入户，%(after)s") % words
    ),
    Kind.LEAVE: lambda words: (
        _("%(name)s转到%(other)s户") % words
        if words["other"]
        else _("%(name)s离开本户") % words
    ),
    Kind.NEW_HEAD: lambda words: _("%(name)s由%(before)s成为户主") % words,
    Kind.RELATE: lambda words: _("%(name)s与户主关系由%(before)s改为%(after)s") % words,
    Kind.MOVE: lambda words: _("由%(before)s迁到%(after)s") % words,
    Kind.CLOSE: lambda words: _("本户销户"),
    Kind.MERGE: lambda words: _("并入另一户后销户"),
    Kind.SPLIT: lambda words: _("由分户立户"),
    Kind.FOUND: lambda words: _("立户"),
    Kind.REOPEN: lambda words: _("恢复住户"),
}
