"""Hours as people say them, and spans that no line break takes apart."""

import re
from datetime import time

from toolkit.marks import in_english

JOINER = "\u2060"
# Where a browser would break: beside the dash, in 上午, and between 上午 and its hour.
_SEAMS = re.compile(r"(?=—)|(?<=—)|(?<=[上中下])(?=午\d)|(?<=[上中下]午)(?=\d)")


def unbroken(text: str) -> str:
    """Return a text whose spans, as 13:30—17:00, no line break takes apart."""
    return _SEAMS.sub(JOINER, text)


def cn_hours(start: time | None, end: time | None) -> str:
    """Return 下午2:30—4:00 as people say it, "" for no time."""
    if start is None:
        return ""
    if in_english():
        return f"{start:%H:%M}" + (f"–{end:%H:%M}" if end else "")
    words = _said(start)
    if end is None:
        return unbroken(words)
    last = _said(end)
    if _half(start) == _half(end):
        last = last[2:]
    return unbroken(f"{words}—{last}")


def _half(moment: time) -> str:
    """Return 上午 or 下午, 中午 from twelve to one."""
    return "上午" if moment.hour < 12 else "中午" if moment.hour == 12 else "下午"


def _said(moment: time) -> str:
    """Return 上午9:05, 中午12:30 or 下午2:30."""
    hour = moment.hour - 12 if moment.hour > 12 else moment.hour
    return f"{_half(moment)}{hour}:{moment:%M}"
