"""Cells of a sheet that show nothing to read: a formula never worked out, an error.

    xml = say_so(xml)          # such cells now hold a text that stands in MARKS

The reader of workbooks passes them over as empty, so a row would lose its number, or
not be seen at all. Only programs that compute know the value of a formula; nobody
guesses it here. Runs in the child, without settings.
"""

import re

NO_VALUE, ERROR = "#公式没有值", "#公式出错"
# The codes of the sentences that say what to do. Whoever gets these texts back in the
# marked file and leaves them is told once more.
MARKS = {NO_VALUE: "formula", ERROR: "formula_error"}
_DATA = b"sheetData"
_FORMULA = re.compile(
    rb"<((?:\w+:)?)c(\s[^<>]*)?(?<!/)>\s*"
    rb"<\1f(?:\s[^<>]*)?(?:/>|(?<!/)>[^<]*</\1f\s*>)\s*"
    rb"(<\1v(?:\s[^<>]*)?(?:/>|(?<!/)>\s*</\1v\s*>))?\s*</\1c\s*>"
)
_ERROR = re.compile(
    rb"<((?:\w+:)?)c(\s[^<>]*)?\st=[\"']e[\"']([^<>]*)(?<!/)>.*?</\1c\s*>", re.DOTALL
)
_KIND = re.compile(rb"\st=[\"'](\w*)[\"']")


def say_so(xml: bytes) -> bytes:
    """Return a sheet whose cells without a value say so; any other as it is."""
    if not may_lack(xml):
        return xml
    return _ERROR.sub(as_error, _FORMULA.sub(as_valueless, xml))


def may_lack(xml: bytes) -> bool:
    """Whether there may be a formula or an error in a sheet, or a part of one.

    A single byte is looked for ten times as fast as two, and rows of plain cells hold
    neither of these.
    """
    begin = max(xml.find(_DATA), 0)
    has_formula = xml.find(b"f", begin) >= 0 and (b"<f" in xml or b":f" in xml)
    return has_formula or xml.find(b"#", begin) >= 0


def as_valueless(found: re.Match) -> bytes:
    prefix, about, value = found.groups(b"")
    kind = _KIND.search(about)
    if value and kind and kind[1] == b"str":
        # The formula was worked out, and came to an empty text.
        return found[0]
    return cell(prefix, _KIND.sub(b"", about), NO_VALUE)


def as_error(found: re.Match) -> bytes:
    prefix, before, behind = found.groups(b"")
    return cell(prefix, before + behind, ERROR)


def cell(prefix: bytes, about: bytes, text: str) -> bytes:
    """Return a cell with a text of its own."""
    parts = prefix, about, prefix, text.encode(), prefix, prefix
    return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % parts
