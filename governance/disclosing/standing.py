"""How one duty stands on a day: done, late, missing or not due yet, and why."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.disclosing.clock import deadline_of
from governance.models import DisclosureDuty
from toolkit import formats
from toolkit.columns import Column

DONE, LATE, MISSING, DUE = "done", "late", "missing", "due"
# What a cell of several duties shows is its worst.
WORST_FIRST = (MISSING, LATE, DUE, DONE)
TONES = {DONE: "done", LATE: "wait", MISSING: "bad", DUE: ""}


@dataclass(frozen=True)
class Standing:
    """How a duty stands, by how many days, in words."""

    state: str
    days: int
    text: str

    @property
    def tone(self) -> str:
        return TONES[self.state]


def standing_of(duty: DisclosureDuty, today: date | None = None) -> Standing:
    """Return how a duty stands today: 已公开, 迟 2 天, 缺 12 天, 剩 5 天."""
    today = today or timezone.localdate()
    over = ((duty.met_on or today) - duty.due_on).days
    if duty.met_on:
        if over <= 0:
            return Standing(DONE, 0, _("按时公开"))
        return Standing(LATE, over, _("迟 %(days)d 天") % {"days": over})
    if over > 0:
        return Standing(MISSING, over, _("缺 %(days)d 天") % {"days": over})
    if over == 0:
        return Standing(DUE, 0, _("今天到期"))
    return Standing(DUE, -over, formats.days_left(-over))


def why(duty: DisclosureDuty) -> str:
    """Return the sentences behind the colour: until when, since when, which article."""
    matter, unit = duty.matter, duty.org_unit
    deadline = deadline_of(matter, unit, duty.formed_on, duty.met_on)
    told = {"day": formats.cn_date(duty.met_on or timezone.localdate())}
    words = {
        DONE: _("%(day)s公开，没有超过期限。"),
        LATE: _("%(day)s公开，晚了%(days)d天。"),
        MISSING: _("到%(day)s还没有公开，已过期%(days)d天。"),
        DUE: _("到%(day)s还没有公开，期限还没有过。"),
    }
    standing = standing_of(duty)
    first = words[standing.state] % (told | {"days": standing.days})
    basis = _("应当公开：%(basis)s。") % {"basis": matter.basis_in(unit)}
    return formats.sentences([first, deadline.why, basis])


class StandingColumn(Column):
    """The standing of a duty as a chip; in files and the API its words alone."""

    reads = ("met_on", "due_on")

    def __init__(self, label, **kwargs):
        super().__init__("standing", label, **kwargs)

    def raw(self, row):
        return standing_of(row).text

    def show(self, row) -> str:
        standing = standing_of(row)
        return formats.state(standing.text, standing.tone)
