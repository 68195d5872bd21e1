"""Notices as lines of a list: finished strings, no work left for the template."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notices.models import Category
from portal.directory import Directory
from toolkit import formats

# What a line needs of a notice, in this order.
FIELDS = ("pk", "title", "gist", "category", "org_unit_id", "publish_at", "is_pinned")
UNIT = FIELDS.index("org_unit_id")
_LINE = (
    '<li><a class="yh-notice" href="{url}"><span><b>{title}{tags}</b>'
    '<span>{gist}</span></span><span class="yh-end">{end}</span></a></li>'
)
_SHORT_LINE = (
    '<li><a class="yh-notice" href="{url}"><span>{title}{tags}</span>'
    '<span class="yh-end">{end}</span></a></li>'
)


def lines(rows: Iterable[tuple], known: Directory, now: datetime) -> SafeString:
    """Return the lines of a full list: title, gist, category, issuer, day."""
    # Placeholders are filled with escaped text and addresses of our own.
    return SafeString("\n".join(_filled(_LINE, rows, known, now, has_category=True)))


def short_lines(rows: Iterable[tuple], known: Directory, now: datetime) -> SafeString:
    """Return the lines of a short list: title, issuer, day."""
    return SafeString("\n".join(_filled(_SHORT_LINE, rows, known, now)))


@lru_cache(maxsize=4)
def words(language: str) -> tuple[dict[str, str], str]:
    """Return the labels of the categories and the mark of what is pinned."""
    labels = {value: escape(str(label)) for value, label in Category.choices}
    return labels, f' <span class="yh-state">{_("置顶")}</span>'


@lru_cache(maxsize=2000)
def written(day: date, this_year: int, language: str) -> str:
    """Return 11月20日, with its year where it is another one."""
    return formats.cn_day(day) if day.year == this_year else formats.cn_date(day)


def day_of(moment: datetime, this_year: int) -> str:
    """Return the day of a moment in the office's time, as `written`."""
    day = moment.astimezone(timezone.get_default_timezone()).date()
    return written(day, this_year, get_language())


def _filled(template: str, rows, known: Directory, now: datetime, has_category=False):
    head, _zero, tail = reverse("portal:notice", args=[0]).partition("0")
    this_year = timezone.localtime(now).year
    language = get_language()
    for row in rows:
        unit = known.by_pk.get(row[UNIT])
        issuer = unit.short_name if unit else ""
        about = (issuer, this_year, language, has_category)
        yield _line(template, head, tail, row, *about)


@lru_cache(maxsize=4000)
def _line(template, head, tail, row, issuer, this_year, language, has_category) -> str:
    """Return one line, made anew when anything that it says is another."""
    pk, title, gist, category, _unit, published_at, is_pinned = row
    categories, pinned = words(language)
    # A sealed notice keeps a category that is offered no more.
    label = categories.get(category, "") if has_category else ""
    told = "".join(f"{part}　" for part in (label, escape(issuer)) if part)
    return template.format(
        url=f"{head}{pk}{tail}",
        title=escape(title),
        gist=escape(gist),
        tags=pinned if is_pinned else "",
        end=f"{told}{day_of(published_at, this_year)}",
    )
