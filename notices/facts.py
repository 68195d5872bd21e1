"""What residents read beside the text of a notice, on its page and in its preview."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from notices.models import Notice, Status
from toolkit import formats, prose

# More buildings than this are counted rather than named.
BUILDINGS_NAMED = 12


def issued(notice: Notice, office: str) -> list[dict]:
    """Return label and value of who says it, and since when."""
    return labelled([(_("发布"), office), (_("发布日期"), published_on(notice))])


def facts(notice: Notice) -> list[dict]:
    """Return label and value of whom it concerns, when, where and how long."""
    own = ((fact["label"], prose.inline(fact["value"])) for fact in notice.facts)
    return labelled(
        [
            (_("范围"), audience(notice)),
            *own,
            (_("有效"), valid_until(notice)),
            (_("文号"), notice.document_number),
        ]
    )


def labelled(told) -> list[dict]:
    return [{"label": label, "value": value} for label, value in told if value]


def published_on(notice: Notice) -> str:
    """Return the day of publication; a draft on time appears once approved."""
    at = notice.publish_at
    is_written = notice.status in (Status.DRAFT, Status.REVIEW)
    if at is None or (is_written and at <= timezone.now()):
        return _("审核通过当天")
    return formats.cn_date(at)


def valid_until(notice: Notice) -> str:
    """Return the last day on which the notice holds, with its hour if it has one."""
    end = notice.expires_at
    if not end:
        return ""
    at_midnight = formats.cn_time(end) in ("23:59", "00:00")
    shown = formats.cn_date(end) if at_midnight else formats.cn_datetime(end)
    return _("至%(day)s") % {"day": shown}


def audience(notice: Notice) -> str:
    """Return to whom the notice speaks, many buildings as their number."""
    count = notice.buildings.count()
    if count <= BUILDINGS_NAMED:
        return notice.audience_words
    units = formats.listed(notice.audience.order_by("path"))
    return _("%(units)s：%(count)d 幢楼") % {"units": units, "count": count}


def files(notice: Notice) -> Iterator[tuple]:
    """Yield each kept file with its kind and size in words."""
    for file in notice.attachments.kept():
        yield file, f"{file.kind.upper()}　{formats.file_size(file.size)}"
