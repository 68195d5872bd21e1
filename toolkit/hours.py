"""Hours as people say them, and spans that no line break takes apart."""

from datetime import time

from toolkit.formats import in_english


def unbroken(text: str) -> str:
    """Return a text whose spans, as 13:30—17:00, no line break takes apart."""
    joiner = "\u2060"
    return text.replace("—", f"{joiner}—{joiner}")


def cn_hours(start: time | None, end: time | None) -> str:
    """Return 下午2:30—4:00 as people say it, "" for no time."""
    if start is None:
        return ""
    if in_english():
        return f"{start:%H:%M}" + (f"–{end:%H:%M}" if end else "")
    words = _said(start)
    if end is None:
        return unbroken(words)
    same_half = (start.hour < 12) == (end.hour < 12)
    last = _said(end)[2:] if same_half else _said(end)
    return unbroken(f"{words}—{last}")


def _said(moment: time) -> str:
    """Return 上午9:05 or 下午2:30."""
    half = "上午" if moment.hour < 12 else "下午"
    return f"{half}{moment.hour - 12 if moment.hour > 12 else moment.hour}:{moment:%M}"
