"""会议纪要: what was discussed and decided, as a document for Word."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from governance.models import Meeting, Motion
from toolkit import formats
from toolkit.docx import Heading, Table, Text, Title, written

# Up to so many people are named; of more the number is told.
MOST_NAMES = 60


def minutes_of(meeting: Meeting) -> bytes:
    """Return the minutes of a meeting as a DOCX file."""
    return written(parts_of(meeting))


def parts_of(meeting: Meeting) -> Iterator:
    """Yield the parts of the minutes, in order."""
    yield Title(_("%(title)s会议纪要") % {"title": meeting.title})
    yield Table(
        [
            [_("时间"), formats.cn_datetime(meeting.starts_at)],
            [_("地点"), meeting.place],
            [_("召集"), str(meeting.body)],
            [_("到会"), came(meeting)],
        ]
    )
    yield Heading(_("会议议程"))
    for number, item in enumerate(meeting.agenda_lines, 1):
        yield Text(f"{number}. {item}")
    yield Heading(_("到会认定"))
    yield Text(meeting.finding)
    yield Heading(_("议案和表决"))
    motions = meeting.motions.exclude(status=Motion.Status.WITHDRAWN)
    for number, motion in enumerate(motions.select_related("poll"), 1):
        yield from motion_parts(number, motion)
    yield Text(_("主持人（签名）：　　　　　　记录人（签名）："))


def came(meeting: Meeting) -> str:
    """Return how many came, and who where they are few."""
    facts = {"entitled": meeting.entitled or 0, "present": meeting.present or 0}
    words = _("应到%(entitled)d人，实到%(present)d人") % facts
    if facts["present"] > MOST_NAMES or meeting.is_assembly:
        return words
    names = meeting.seats.present().order_by("pk").values_list("name", flat=True)
    return _("%(words)s：%(names)s") % {"words": words, "names": formats.listed(names)}


def motion_parts(number: int, motion: Motion) -> Iterator[Text]:
    """Yield one motion: by whom, what, how it was decided, who carries it out."""
    yield Text(f"{number}. {motion.title}")
    facts = {"origin": motion.get_origin_display(), "mover": motion.mover}
    yield Text(_("提案方：%(origin)s，提案人：%(mover)s。") % facts)
    yield Text(motion.text)
    if not motion.outcome:
        yield Text(_("本次会议没有表决。"))
        return
    facts = {
        "way": motion.get_way_display(),
        "votes": motion.votes,
        "outcome": motion.get_outcome_display(),
    }
    yield Text(_("%(way)s：%(votes)s，结果：%(outcome)s。") % facts)
    yield Text(motion.finding)
    if motion.owner and motion.due_on:
        facts = {"owner": motion.owner, "day": formats.cn_date(motion.due_on)}
        yield Text(_("责任人：%(owner)s，完成期限：%(day)s。") % facts)
