"""When something happened, told by a phone whose clock may be wrong."""

from datetime import datetime, timedelta
from typing import NamedTuple

# A clock as good as this is left alone: a request may be that long on its way.
TOLERATED = timedelta(minutes=2)


class Moment(NamedTuple):
    """The moment as it was by our clock, and how sure that is."""

    at: datetime
    # By how much the phone's clock was slow; fast is negative.
    error: timedelta
    is_uncertain: bool = False


def is_before(one: datetime, other: datetime) -> bool:
    """Answer whether a moment is clearly before another of the same clock."""
    return one < other - TOLERATED


def moment_of(
    occurred_at: datetime, sent_at: datetime, received_at: datetime
) -> Moment:
    """Return when it happened, with the error of the clock taken out.

    A phone that says it happened after it was sent has been set back in between: then
    nothing is known but that it was before it arrived, and that is said.
    """
    error = received_at - sent_at
    if occurred_at > sent_at + TOLERATED:
        return Moment(received_at, error, is_uncertain=True)
    if abs(error) <= TOLERATED:
        return Moment(min(occurred_at, received_at), error)
    return Moment(min(occurred_at + error, received_at), error)
