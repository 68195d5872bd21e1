"""Legal time limits in Chinese working days and hours, with pauses.

    deadline = clocks.run(clocks.limit("T12", "opinion"), received_on)
    deadline = clocks.due(received_on, 15, "working_days")
    deadline.due_on, deadline.certain, deadline.status(now).text, deadline.why

How periods are counted (民法典 200–203):
- by days, months or years, the day of the start does not count; by hours it does, from
  the very moment (201);
- a month ends on the day of the same number, or on the last day of a shorter month
  (202);
- the last day runs to 24:00. It moves past a day of rest only for limits that say so
  (`rolls`): 203 is a rule for the rights of the parties, while an office's own duties
  and the displays it owes end on the day itself.

A pause (from, until) stops the clock: by days, the day of the pause itself still
counts, as in 201, and the days after it up to and including `until` do not. An `until`
of None is a pause that lasts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from toolkit.calendar import (
    CHINA,
    ONE_DAY,
    Calendar,
    Snapshot,
    calendar,
    china_day,
    china_moment,
    working_hours,
)
from toolkit.deadlines import (
    BY_THE_CALENDAR,
    BY_THE_HOUR,
    HOUR,
    Deadline,
    Limit,
    Unit,
    length_text,
)
from toolkit.models import ClockLimit

Pause = tuple[date | datetime, date | datetime | None]
MONTHS_OF = {Unit.MONTHS: 1, Unit.YEARS: 12, Unit.MONTH_ENDS: 1}
ANY = "any"


def limit(code: str, step: str = "", profile: str = ANY) -> Limit:
    """The office's limit for units of the profile; raises LookupError if none."""
    limits = _limits()
    for wanted in (profile, ANY):
        if found := limits.get((wanted, code, step)):
            return found
    raise LookupError(f"no limit {code} {step} for {profile}")


def due(
    start: date | datetime,
    amount: int,
    unit: str,
    pauses: Iterable[Pause] = (),
    rolls: bool = False,
    days: Calendar | None = None,
) -> Deadline:
    """The deadline of a limit that is not in the table; see run()."""
    return run(Limit(amount, unit, rolls=rolls), start, pauses, days=days)


def run(
    limit: Limit,
    start: date | datetime,
    pauses: Iterable[Pause] = (),
    done_at: date | datetime | None = None,
    days: Calendar | None = None,
) -> Deadline:
    """When the limit ends that starts with this event.

    Plain dates and naive times are China's. `days` is the calendar; a list fetches it
    once. A negative amount counts back from the event and knows no pauses.
    """
    days = days or calendar()
    if limit.unit in BY_THE_HOUR:
        ending = _by_the_hour(limit, china_moment(start), _moments(pauses), days)
    else:
        ending = _by_the_day(limit, china_day(start), _days(pauses), days)
    return Deadline(limit=limit, starts_at=start, done_at=done_at, **ending)


def _by_the_day(limit: Limit, start: date, pauses: list, days: Calendar) -> dict:
    """The ending of a limit in days, working days, months or years."""
    if limit.amount < 0:
        pauses = []
    if limit.unit in MONTHS_OF:
        last, left = _count_months(limit, start, pauses)
    else:
        last, left = _count_days(limit, start, pauses, days)
    if last is None:
        return _stopped(limit, pauses[-1][0], left)
    rolled_from = None
    if limit.rolls and not days.is_working_day(last):
        rolled_from = last
        last = days.next_working_day(last, 1 if limit.amount >= 0 else -1)
    uses_calendar = limit.unit in BY_THE_CALENDAR or limit.rolls
    return {
        "due_on": last,
        "due_at": datetime.combine(last + ONE_DAY, time.min, CHINA),
        "certain": not uses_calendar or _known(days, start, last),
        "paused": _paused(pauses, start, last, Unit.DAYS),
        "rolled_from": rolled_from,
    }


def _count_days(limit: Limit, start: date, pauses: list, days: Calendar):
    """(last day, 0), or (None, days left) if a lasting pause comes first."""
    counts = _counts(limit.unit, days)
    if limit.unit == Unit.WORKING_DAYS and not pauses:
        return days.add_working_days(start, limit.amount), 0
    day, left = start, abs(limit.amount)
    step = ONE_DAY if limit.amount >= 0 else -ONE_DAY
    while left:
        if any(end is None and begin <= day for begin, end in pauses):
            return None, left
        day += step
        paused = any(begin < day <= (end or date.max) for begin, end in pauses)
        left -= counts(day) and not paused
    return day, 0


def _counts(unit: str, days: Calendar) -> Callable[[date], bool]:
    if unit == Unit.WORKING_DAYS:
        return days.is_working_day
    return lambda day: True


def _count_months(limit: Limit, start: date, pauses: list):
    """(last day, 0), or (None, days left) if a lasting pause comes first."""
    months = limit.amount * MONTHS_OF[limit.unit]
    last = add_months(start, months, to_end=limit.unit == Unit.MONTH_ENDS)
    for begin, end in pauses:
        begin = max(begin, start)
        if begin >= last:
            break
        if end is None:
            return None, (last - begin).days
        last += max(end - begin, timedelta())
    return last, 0


def add_months(day: date, months: int, to_end: bool = False) -> date:
    """The same day of a later month, or its last if it is shorter (民法典 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - ONE_DAY).day
    return date(year, month, last if to_end else min(day.day, last))


def _by_the_hour(limit: Limit, start: datetime, pauses: list, days: Calendar) -> dict:
    """The ending of a limit in hours or working hours, to the second."""
    left = limit.amount * HOUR
    if left < timedelta():
        raise ValueError("a limit in hours cannot count back")
    for begin, end in _worked_spans(limit.unit, start, pauses, days):
        if end is None or left <= end - begin:
            if begin is None:
                hours = max(1, -(-left // HOUR))
                return _stopped(limit, china_day(pauses[-1][0]), hours)
            due_at = begin + left
            return {
                "due_on": china_day(due_at),
                "due_at": due_at,
                "paused": _paused(pauses, start, due_at, Unit.HOURS),
                "certain": limit.unit == Unit.HOURS
                or _known(days, china_day(start), china_day(due_at)),
            }
        left -= end - begin
    raise AssertionError("spans never end")


def _worked_spans(unit: str, start: datetime, pauses: list, days: Calendar) -> Iterator:
    """Spans of running time from the start on; (None, None) where a pause lasts."""
    for begin, end in _open_spans(unit, start, days):
        for pause_begin, pause_end in pauses:
            if pause_begin >= end:
                break
            if pause_begin > begin:
                yield begin, pause_begin
            if pause_end is None:
                yield None, None
                return
            begin = max(begin, pause_end)
        if begin < end:
            yield begin, end


def _open_spans(unit: str, start: datetime, days: Calendar) -> Iterator:
    """Spans in which the unit runs at all, the first one cut off at the start."""
    day = china_day(start)
    while True:
        for begin, end in _spans_of_day(unit, day, days):
            if end > start:
                yield max(begin, start), end
        day += ONE_DAY


def _spans_of_day(unit: str, day: date, days: Calendar) -> list:
    if unit == Unit.HOURS:
        begin = datetime.combine(day, time.min, CHINA)
        return [(begin, datetime.combine(day + ONE_DAY, time.min, CHINA))]
    if not days.is_working_day(day):
        return []
    return [
        (datetime.combine(day, begin, CHINA), datetime.combine(day, end, CHINA))
        for begin, end in working_hours()
    ]


def _stopped(limit: Limit, since: date, left: int) -> dict:
    """The ending of a clock that stands still."""
    unit = Unit.DAYS if limit.unit in MONTHS_OF else limit.unit
    return {
        "due_on": None,
        "due_at": None,
        "paused_since": since,
        "left": length_text(left, unit),
    }


def _paused(pauses: list, start, last, unit: str) -> str:
    """The time that pauses took out between start and end, in words."""
    spans = (min(end or last, last) - max(begin, start) for begin, end in pauses)
    total = sum((max(span, timedelta()) for span in spans), timedelta())
    count = total.days if unit == Unit.DAYS else -(-total // HOUR)
    return length_text(count, unit) if count else ""


def _known(days: Calendar, first: date, last: date) -> bool:
    years = sorted((first.year, last.year))
    return all(days.knows(year) for year in range(years[0], years[1] + 1))


def _days(pauses: Iterable[Pause]) -> list:
    return _merged(
        [(china_day(a), None if b is None else china_day(b)) for a, b in pauses]
    )


def _moments(pauses: Iterable[Pause]) -> list:
    return _merged(
        [(china_moment(a), None if b is None else china_moment(b)) for a, b in pauses]
    )


def _merged(pauses: Sequence[tuple]) -> list:
    """Pauses in order, overlapping ones joined; nothing follows one that lasts."""
    merged: list = []
    for begin, end in sorted(pauses, key=lambda pause: pause[0]):
        if end is not None and end < begin:
            raise ValueError("a pause ends before it begins")
        if merged and (merged[-1][1] is None or begin <= merged[-1][1]):
            earlier, until = merged.pop()
            begin = earlier
            end = None if None in (until, end) else max(until, end)
        merged.append((begin, end))
    return merged


def _read(rows) -> dict[tuple[str, str, str], Limit]:
    return {
        (row.profile, row.code, row.step): Limit(
            amount=row.amount,
            unit=row.unit,
            label=row.label,
            trigger=row.trigger,
            source=row.source,
            bound=row.bound,
            rolls=row.rolls,
            code=row.code,
            step=row.step,
        )
        for row in rows
    }


_snapshot: Snapshot[dict] = Snapshot(ClockLimit.objects.all, _read)
_limits = _snapshot.get
forget = _snapshot.forget
