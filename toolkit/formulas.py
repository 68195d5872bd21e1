"""Text of a spreadsheet that must not be taken for a formula, and the way back.

Needs no settings: the child process that reads files uses it, too.
"""

STARTS = ("=", "+", "-", "@", "|", "%", "\t", "\r")
MARK = "'"
CONTROL = dict.fromkeys(i for i in range(32) if i not in (9, 10, 13))


def is_formula(text: str) -> bool:
    """Answer whether text begins as a formula does, behind any marks and blanks."""
    return text.lstrip(f"{MARK} \ufeff").startswith(STARTS)


def inert(value):
    """Return a text cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str) or value.isalnum():
        return value
    clean = value.translate(CONTROL)
    return f"{MARK}{clean}" if is_formula(clean) else clean


def meant(text: str) -> str:
    """Return what a cell says that `inert` has marked; any other stays as it is."""
    return text[1:] if text[:1] == MARK and is_formula(text) else text
