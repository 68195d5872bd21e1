"""Dates, money, counts and chips as the office writes them, as finished strings.

    row["due"] = formats.clock(_("超期 3 天"), "late")
    row["paid"] = formats.money(gift.amount)          # 7,800.00

Views prepare the strings of a list with these plain functions: filters called in a
template loop cost more than the query. templatetags/yh.py offers the same functions to
templates. Readers of English get English dates; figures are the same in both languages.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from toolkit.marks import comma, in_english, list_mark, semicolon, sentence_gap

CENT = Decimal("0.01")
# Stands for "no value" in tables and facts, so that an empty cell is no accident.
NOTHING = "—"
WEEKDAYS = "一二三四五六日"
ENGLISH_WEEKDAYS = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
]
ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
CLOCK_TONES = frozenset({"late", "near", "paused", "done"})
STATE_TONES = frozenset({"draft", "open", "wait", "done", "bad"})


def local(value: date | datetime) -> date | datetime:
    """Return an aware moment in the time of the office, anything else as it is."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(get_default_timezone())
    return value


def date_words(day: date) -> str:
    """Return a local day with its year."""
    if in_english():
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def day_words(day: date) -> str:
    """Return a local day without its year."""
    if in_english():
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}日"


def time_words(moment: datetime) -> str:
    """Return hour and minute of a local moment."""
    return f"{moment.hour:02}:{moment.minute:02}"


def cn_date(value: date | datetime | None) -> str:
    """Return 2026年11月23日, or "" for no date."""
    return date_words(local(value)) if value else ""


def cn_day(value: date | datetime | None) -> str:
    """Return 11月23日, or "" for no date; for dates whose year is plain."""
    return day_words(local(value)) if value else ""


def cn_month(value: date | datetime | None) -> str:
    """Return 2026年11月, or "" for no date."""
    if not value:
        return ""
    day = local(value)
    english = f"{ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return english if in_english() else f"{day.year}年{day.month}月"


def listed(words: Iterable) -> str:
    """Return 凤山巷、菜巷; words that are empty are left out."""
    return joined(words, list_mark())


def phrased(words: Iterable) -> str:
    """Return 16 个社区，2 个村; words that are empty are left out."""
    return joined(words, comma())


def clauses(words: Iterable) -> str:
    """Return 高龄；独居: several grounds for one thing."""
    return joined(words, semicolon())


def in_short(words: Iterable) -> str:
    """Return short remarks one after the other, each a sentence without its stop."""
    return joined(words, ". " if in_english() else "。")


def joined(words: Iterable, mark: str) -> str:
    """Return the words that are not empty, with the mark between them."""
    return mark.join(str(word) for word in words if word)


def sentences(parts: Iterable) -> str:
    """Return sentences one after the other; English ones stand apart."""
    return joined(parts, sentence_gap())


def month_words(day: date) -> str:
    """Return the month of a day, short enough for a leaf of a calendar: 11月, Nov."""
    return ENGLISH_MONTHS[day.month - 1][:3] if in_english() else f"{day.month}月"


def day_span(first: date, last: date) -> str:
    """Return 12月1日, 11月16日—22日, 11月30日—12月6日, 2026年12月28日—2027年1月3日."""
    if first == last:
        return day_words(first)
    if first.year != last.year:
        return f"{date_words(first)}—{date_words(last)}"
    if first.month != last.month:
        return f"{day_words(first)}—{day_words(last)}"
    english = f"{first.day}—{day_words(last)}"
    return english if in_english() else f"{day_words(first)}—{last.day}日"


def days_late(days: int) -> str:
    """Return 超期 3 天."""
    return ngettext("超期 %(days)d 天", "超期 %(days)d 天", days) % {"days": days}


def days_left(days: int) -> str:
    """Return 剩 2 天."""
    return ngettext("剩 %(days)d 天", "剩 %(days)d 天", days) % {"days": days}


def cn_time(value: datetime | None) -> str:
    """Return 09:30, or "" for no moment."""
    return time_words(local(value)) if value else ""


def cn_datetime(value: datetime | None) -> str:
    """Return 2026年11月23日 09:30, or "" for no moment."""
    if not value:
        return ""
    moment = local(value)
    return f"{date_words(moment)} {time_words(moment)}"


def cn_moment(value: datetime | None) -> str:
    """Return 2026年11月23日 09:30:07, or "" for no moment."""
    return f"{cn_datetime(value)}:{local(value).second:02}" if value else ""


def cn_day_time(value: datetime | None) -> str:
    """Return 11月23日 09:30, or "" for no moment."""
    if not value:
        return ""
    moment = local(value)
    return f"{day_words(moment)} {time_words(moment)}"


def cn_weekday(value: date | datetime | None, *, short: bool = False) -> str:
    """Return 星期一, 周一 for short, or "" for no date."""
    if not value:
        return ""
    number = local(value).weekday()
    if in_english():
        return ENGLISH_WEEKDAYS[number][: 3 if short else None]
    return f"{'周' if short else '星期'}{WEEKDAYS[number]}"


def cn_span(start: date | None, end: date | None) -> str:
    """Return 2024年6月1日—2025年5月31日 for a period with its last day, or …至今."""
    if start and end:
        return f"{cn_date(start)}—{cn_date(end)}"
    if start:
        return str(_("%(day)s至今") % {"day": cn_date(start)})
    return str(_("至%(day)s") % {"day": cn_date(end)}) if end else ""


def money(value: Decimal | int | float | None) -> str:
    """Return yuan with thousands and two decimals, 7,800.00; "" for no amount.

    Half a fen rounds away from zero. Raises decimal.InvalidOperation for nonsense.
    """
    if value is None or value == "":
        return ""
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,}"


def count(value: int | None) -> str:
    """Return a whole number with thousands, 6,218; "" for none."""
    return "" if value is None else f"{value:,}"


def number(value: Decimal | int | float | None, decimals: int = 0) -> str:
    """Return a figure with thousands and so many decimals, 97.2; — for none.

    Half of the last place rounds away from zero.
    """
    if value is None:
        return NOTHING
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"


def yes_no(value: bool | None) -> str:
    """Return 是 or 否, or 不详 where nobody knows."""
    return str(_("不详") if value is None else _("是") if value else _("否"))


def file_size(octets: int | None) -> str:
    """Return 186 KB or 2.4 MB for a number of bytes; "" for none."""
    if octets is None:
        return ""
    if octets < 1024 * 1024:
        return f"{max(1, round(octets / 1024))} KB"
    return f"{octets / 1024 / 1024:.1f} MB"


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """Return a symbol of img/icons.svg as decoration; the word beside it speaks."""
    return format_html(
        '<svg class="yh-icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


def clock(text: str, tone: str = "") -> SafeString:
    """Return a clock chip. Tones: late, near, paused, done; any other is plain."""
    return chip("yh-clock", text, tone if tone in CLOCK_TONES else "")


def state(text: str, tone: str = "") -> SafeString:
    """Return a status chip. Tones: draft, open, wait, done, bad; any other a tag."""
    return chip("yh-state", text, tone if tone in STATE_TONES else "")


def chip(name: str, text: str, tone: str) -> SafeString:
    """Return the markup of a chip; its text is escaped, its tone must be known."""
    if not text:
        return SafeString()
    classes = f"{name} {name}--{tone}" if tone else name
    # Both classes come from this module and the text is escaped.
    return SafeString(f'<span class="{classes}">{conditional_escape(text)}</span>')
