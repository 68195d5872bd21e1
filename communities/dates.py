"""Days known to the year or the month only, written as exactly as they are known."""

from datetime import date

from django.utils.translation import gettext as _

from toolkit import formats


def dated(day: date | None, precision: str) -> str:
    """Return 2003年, 2003年12月 or 2003年12月1日; "" for no day."""
    if day is None:
        return ""
    if precision == "year":
        return _("%(year)d年") % {"year": day.year}
    return formats.cn_month(day) if precision == "month" else formats.cn_date(day)


def lasting(first: str, last: str) -> str:
    """Return 2003年12月至今 or 2003年12月—2019年 for two days in words.

    A day that is not known is ""; where neither is, so is the answer.
    """
    if first and last:
        return f"{first}—{last}"
    if first:
        return _("%(day)s至今") % {"day": first}
    return _("至%(day)s") % {"day": last} if last else ""
