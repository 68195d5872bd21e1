"""Where a notice stands in the eyes of its residents, which its status does not tell.

A published notice is 已发布 only while residents can read it: before its time it is
待发布, after it 已到期.
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.models import Notice, Status
from toolkit import formats
from toolkit.columns import StateColumn

SCHEDULED, EXPIRED = "scheduled", "expired"
TONES = {"draft": "draft", "review": "wait", SCHEDULED: "open", "published": "done"}
STANDINGS = (
    (Status.DRAFT.value, Status.DRAFT.label),
    (Status.REVIEW.value, Status.REVIEW.label),
    (SCHEDULED, gettext_lazy("待发布")),
    (Status.PUBLISHED.value, Status.PUBLISHED.label),
    (EXPIRED, gettext_lazy("已到期")),
    (Status.WITHDRAWN.value, Status.WITHDRAWN.label),
)
WORDS = dict(STANDINGS)


def standing_of(notice: Notice) -> str:
    """Return the status, or what a published notice is while nobody can read it."""
    now = timezone.now()
    if notice.status != Status.PUBLISHED or notice.is_public(now):
        return notice.status
    return SCHEDULED if notice.publish_at > now else EXPIRED


def chip_of(notice: Notice) -> dict:
    """Return the chip of a notice; one that waits for its day names it."""
    standing = standing_of(notice)
    text = WORDS[standing]
    if standing == SCHEDULED:
        told = {"standing": text, "day": formats.cn_day(notice.publish_at)}
        text = _("%(standing)s（%(day)s）") % told
    return {"text": str(text), "tone": TONES.get(standing, "")}


def in_standing(notices, standing: str):
    """Narrow notices to those that stand so at this moment."""
    now = timezone.now()
    if standing == Status.PUBLISHED:
        return notices.published(now)
    if standing == SCHEDULED:
        return notices.filter(status=Status.PUBLISHED, publish_at__gt=now)
    if standing == EXPIRED:
        return notices.filter(status=Status.PUBLISHED, expires_at__lte=now)
    return notices.filter(status=standing)


class StandingColumn(StateColumn):
    """The standing as a chip; in files and the API its word alone."""

    reads = ("status", "publish_at", "expires_at")

    def __init__(self, **kwargs):
        super().__init__("status", tones=TONES, **kwargs)

    def raw(self, row):
        return str(WORDS[standing_of(row)])

    def show(self, row) -> str:
        chip = chip_of(row)
        return formats.state(chip["text"], chip["tone"])
