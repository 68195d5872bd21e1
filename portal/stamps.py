"""Whether what a page shows has changed, answered by one cheap query.

    stamp = stamp_of(now)
    stamp.token      # a new edition of the notices
    stamp.since      # the last moment at which a notice appeared or ended by time
    stamp.until      # the next such moment: until then nothing changes by itself

Each process keeps the moments of the edition it knows and asks again once a moment has
passed, so a notice comes and goes at its very time without any job.
"""

from datetime import datetime
from typing import NamedTuple

from notices import editions
from notices.models import Notice

_held: "Stamp | None" = None


class Stamp(NamedTuple):
    """What distinguishes the public notices of now from those of before."""

    token: str
    since: datetime | None
    until: datetime | None
    # When the oldest notice was published: where the choice of years begins.
    first: datetime | None
    changed_at: datetime | None

    def holds_at(self, now: datetime) -> bool:
        begun = self.since is None or self.since <= now
        return begun and (self.until is None or now < self.until)

    @property
    def modified_at(self) -> datetime | None:
        """The last change, by hand or by time."""
        return max(filter(None, (self.changed_at, self.since)), default=None)


def stamp_of(now: datetime) -> Stamp:
    """Return the stamp of the moment: one query while nothing has changed."""
    global _held
    token = editions.current_token()
    held = _held
    if held is not None and token and held.token == token and held.holds_at(now):
        return held
    since, until = Notice.objects.turning_points(now)
    first = Notice.objects.published(now).order_by("publish_at")
    _held = Stamp(
        token,
        since,
        until,
        first.values_list("publish_at", flat=True).first(),
        editions.changed_at(),
    )
    return _held
