"""The parts of the page of a meeting: agenda, who has come, what is decided."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.meeting_results import quorum_of
from governance.models import Meeting, Motion
from toolkit import formats

LINES = "governance/_lines.html"
MOTION_TONES = {
    Motion.Outcome.PASSED: "done",
    Motion.Outcome.REJECTED: "draft",
    Motion.Outcome.INVALID: "bad",
}


def agenda_section(meeting: Meeting) -> dict:
    """The agenda, one line each."""
    return {
        "title": _("议程"),
        "template": "governance/_agenda.html",
        "context": {"items": meeting.agenda_lines},
    }


def attendance_section(meeting: Meeting) -> dict | None:
    """How many are entitled, came, and must come; once the roll is settled."""
    seats = meeting.seats.aggregate(
        all=Count("pk"),
        paper=Count("pk", filter=Q(way="paper")),
        phone=Count("pk", filter=Q(way="phone")),
    )
    if not seats["all"]:
        return None
    quorum = quorum_of(meeting)
    figures = (
        (_("应到"), seats["all"]),
        (_("实到"), seats["paper"] + seats["phone"]),
        (_("至少需到"), quorum.needed),
        (_("纸质签到"), seats["paper"]),
        (_("手机签到"), seats["phone"]),
    )
    return {
        "title": _("到会"),
        "template": "governance/_attendance.html",
        "context": {
            "figures": [
                {"label": label, "number": formats.count(number)}
                for label, number in figures
            ],
            "sentence": "" if meeting.finding else quorum.sentence,
            "is_met": quorum.is_met,
        },
    }


def motions_section(meeting: Meeting, user) -> dict | None:
    """What is decided in it, each with its result, and the way to table another."""
    if not user.has_perm("governance.view_motion", meeting):
        return None
    lines = [motion_line(one) for one in meeting.motions.select_related("poll")]
    may_add = not meeting.is_over and user.has_perm("governance.add_motion", meeting)
    url = f"{reverse('governance:motion-create')}?meeting={meeting.pk}"
    return {
        "title": _("议案"),
        "note": _("%(count)d 项") % {"count": len(lines)} if lines else "",
        "template": LINES,
        "context": {
            "lines": lines,
            "empty": _("还没有议案。"),
            "add": {"label": _("提出议案"), "url": url} if may_add else None,
        },
    }


def motion_line(motion: Motion) -> dict:
    state = motion.get_outcome_display() if motion.outcome else ""
    about = [motion.get_status_display(), state, motion.votes]
    return {
        "label": motion.title,
        "about": formats.phrased(about),
        "url": motion.get_absolute_url(),
    }
