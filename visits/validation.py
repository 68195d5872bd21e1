"""What a visit must not say. Sentences are for people; nothing is repaired silently."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit.privacy.detectors import MOBILE, find_personal_numbers
from toolkit.unseen import seen
from visits.models import Visit
from visits.models.visits import NOTE_LENGTH

# Visits are written down within a year; what is older belongs into the paper files.
OLDEST = timedelta(days=365)
LATEST_APPOINTMENT = timedelta(days=366)
# Blanks and marks between digits do not hide a number; of several the first counts.
_MARK = r"[-·.\s\u2010-\u2015]"
_MARKS = re.compile(rf"(?<=\d)({_MARK}){_MARK}*(?=[\dX])")
# Groups of four digits or more with one and the same mark between, as on a card; the
# last may be shorter. Days and readings of blood pressure have shorter groups.
_MORE_GROUPS = rf"({_MARK})\d{{4,}}(?:\1\d{{4,}})*(?:\1\d{{1,3}})?"
_GROUPS = re.compile(rf"\d{{4,}}(?:{_MORE_GROUPS})?(?!\d)", re.ASCII)
# An identity card has 18 or 15 digits (GB 11643-1999), a bank card 16 to 19.
FEWEST_DIGITS = 15


CHECKED = ("visited_at", "note", "follow_up_on")
# Only what is one of a few is checked by the model itself.
NOT_CHOSEN = [one.name for one in Visit._meta.fields if not one.choices]


def check_visit(
    visit: Visit,
    now: datetime,
    fields=CHECKED,
    agreed_at: datetime | None = None,
) -> None:
    """Raise ValidationError, by field, if the visit cannot have been like this.

    `fields` names what is checked: a correction leaves old days alone. `agreed_at` is
    the moment from which an appointment must lie ahead, now by default.
    """
    day, at = visit.follow_up_on, visit.visited_at
    faults = {
        "visited_at": fault_of_moment(visit, now),
        "note": fault_of_note(visit.note),
        "follow_up_on": fault_of_appointment(day, at, agreed_at or now),
    }
    visit.clean_fields(exclude=NOT_CHOSEN)
    found = {field: faults[field] for field in fields if faults.get(field)}
    if found:
        raise ValidationError(found)


def fault_of_moment(visit: Visit, now: datetime) -> str:
    """Return what is wrong with the time of a visit, "" if nothing is."""
    at, day = visit.visited_at, timezone.localdate(visit.visited_at)
    if at > now:
        return _("走访时间不能晚于现在。")
    if at < now - OLDEST:
        return _("走访时间不能早于一年前，更早的请查纸质台账。")
    if visit.resident_id and (visit.resident.birth_on or day) > day:
        return _("走访时间早于本人出生日期，请核对。")
    if (closed_on(visit) or day) < day:
        return _("走访对象在这之前已经注销，请核对。")
    return ""


def closed_on(visit: Visit) -> date | None:
    """Return the day on which the visited person, household or unit was closed."""
    if visit.resident_id:
        return visit.resident.ended_on
    return visit.subject.closed_on


def fault_of_note(note: str) -> str:
    """Return why a note is refused: too long, or with somebody's numbers in it."""
    if len(note) > NOTE_LENGTH:
        return _("最多写%(count)d个字。") % {"count": NOTE_LENGTH}
    text = unicodedata.normalize("NFKC", seen(note)).upper()
    text = _MARKS.sub(r"\1", text)
    kinds = {hit.kind for hit in find_personal_numbers(text)}
    if kinds - {MOBILE} or (not kinds and has_long_number(text)):
        return _("这里不要写身份证号或银行卡号，请删掉后再提交；证件记在居民档案里。")
    if kinds:
        return _("这里不要写手机号，请删掉后再提交；电话记在居民档案里。")
    return ""


def check_text(text: str) -> None:
    """Raise ValidationError for words of a ledger with somebody's numbers in them."""
    fault = fault_of_note(text)
    if fault:
        raise ValidationError(fault)


def has_long_number(text: str) -> bool:
    """Answer whether digits stand in the text that only a card or document has."""
    groups = (match[0] for match in _GROUPS.finditer(text))
    return any(sum(map(str.isdecimal, one)) >= FEWEST_DIGITS for one in groups)


def fault_of_order(day: date | None, at: datetime) -> str:
    """Return what is wrong with an appointment beside its own visit, if anything is."""
    if day is not None and day <= timezone.localdate(at):
        return _("约定再访的日子要在走访之后，请一并更正。")
    return ""


def fault_of_appointment(day: date | None, at: datetime, now: datetime) -> str:
    """Return what is wrong with the day of the next visit, "" if nothing is."""
    if day is None:
        return ""
    today = timezone.localdate(now)
    if day < today or day <= timezone.localdate(at):
        return _("约定再访的日子要在今天之后。")
    if day > today + LATEST_APPOINTMENT:
        return _("约定再访的日子不能晚于一年后。")
    return ""
