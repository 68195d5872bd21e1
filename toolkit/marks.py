"""The marks between words and between sentences, in the language of the page."""

from django.utils.translation import get_language


def in_english() -> bool:
    """Answer whether the page is being written in English."""
    return (get_language() or "").startswith("en")


def list_mark() -> str:
    """Return what stands between two things of a list."""
    return ", " if in_english() else "、"


def comma() -> str:
    """Return what stands between two parts of a sentence."""
    return ", " if in_english() else "，"


def semicolon() -> str:
    """Return what stands between several grounds, or conditions, of one thing."""
    return "; " if in_english() else "；"


def colon() -> str:
    """Return what stands between a label and what is said under it."""
    return ": " if in_english() else "："


def sentence_gap() -> str:
    """Return what stands between two sentences: nothing in Chinese."""
    return " " if in_english() else ""


def bracketed(words: str) -> str:
    """Return words in brackets, to stand behind others: （演练）."""
    return f" ({words})" if in_english() else f"（{words}）"
