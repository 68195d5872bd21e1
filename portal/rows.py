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

# Where title and gist are in the language of the page around them.
IN_CHINESE = (None, "zh-hans")
# What a line needs of a notice, in this order.
FIELDS = ("pk", "title", "gist", "category", "org_unit_id", "publish_at", "is_pinned")
_LINE = (
    '<li><a class="yh-notice" href="{url}"><span><b{lang}>{title}{tags}</b>'
    '<span{lang}>{gist}</span></span><span class="yh-end">{end}</span></a></li>'
)
_SHORT_LINE = (
    '<li><a class="yh-notice" href="{url}"><span{lang}>{title}{tags}</span>'
    '<span class="yh-end">{end}</span></a></li>'
)


def lines(rows: Iterable[tuple], known: Directory, now: datetime) -> SafeString:
    """Return the lines of a full list: title, gist, category, issuer, day."""
    return _drawn(_LINE, tuple(rows), known, _year_of(now), get_language())


def short_lines(rows: Iterable[tuple], known: Directory, now: datetime) -> SafeString:
    """Return the lines of a short list: title, issuer, day."""
    return _drawn(_SHORT_LINE, tuple(rows), known, _year_of(now), get_language())


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


def _year_of(now: datetime) -> int:
    return now.astimezone(timezone.get_default_timezone()).year


@lru_cache(maxsize=200)
def _drawn(
    template: str, rows: tuple, known: Directory, this_year: int, language: str
) -> SafeString:
    """Return the lines of these very rows, drawn anew when any says something else."""
    address = reverse("portal:notice", args=[0]).partition("0")
    filled = (_filled(template, address, row, known, this_year) for row in rows)
    # Placeholders are filled with escaped text and addresses of our own.
    return SafeString("\n".join(filled))


def _filled(template: str, address: tuple, row: tuple, known: Directory, this_year):
    pk, title, gist, category, unit_pk, published_at, is_pinned = row
    language = get_language()
    categories, pinned = words(language)
    unit = known.by_pk.get(unit_pk)
    # A sealed notice keeps a category that is offered no more.
    label = categories.get(category, "") if template is _LINE else ""
    parts = (label, escape(unit.short_name) if unit else "")
    told = "".join(f"{part}　" for part in parts if part)
    head, _zero, tail = address
    return template.format(
        url=f"{head}{pk}{tail}",
        lang="" if language in IN_CHINESE else ' lang="zh-Hans"',
        title=escape(title),
        gist=escape(gist),
        tags=pinned if is_pinned else "",
        end=f"{told}{day_of(published_at, this_year)}",
    )
