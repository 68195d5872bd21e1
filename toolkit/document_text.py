"""The text inside an uploaded document, piece by piece, with the place of each.

    pieces = run_limited("toolkit.document_text.pieces_of", "xlsx", data)
    # [["sheet", "名单", "姓名\\x1f电话\\x1f\\n…"], …]

Called in the child process of toolkit.child only: parsers meet hostile files there.
Besides the visible text it reads hidden sheets, comments, headers and footnotes, the
properties of the document, whatever else a part of it says, and the files within it.
"""

import codecs
import re
from collections.abc import Iterable

from toolkit import pdf_text
from toolkit.markup_text import may_hold_number
from toolkit.package_text import Part, parts_of
from toolkit.sheet_text import line_of, sheets_of

READABLE = ("xlsx", "docx", "csv", "txt", "pdf")
MOST_CHARACTERS = 5_000_000
_BODY = "word/document.xml"
_NOTES = re.compile(
    r"word/(header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/(comments\d*|comments/.*|threadedComments/.*|drawings/.*)\.xml"
)
# Parts that say nothing of what a reader sees: a scan has properties too.
UNSHOWN = ("sheet_name", "hidden")


class TooMuchText(ValueError):  # noqa: N818
    """The document holds more text than anybody would publish."""


def pieces_of(kind: str, data: bytes) -> list[list[str]]:
    """Return [part, name, text] for each part of the document.

    Parts are "sheet", "sheet_name", "notes", "text", "page", and "hidden" for long
    numbers that no page shows; `name` is the sheet's name or the page's number. Raises
    whatever the parser raises on a damaged file.
    """
    readers = {"xlsx": _sheets, "docx": _word, "pdf": _pages}
    pieces = readers.get(kind, _plain)(data)
    if sum(len(text) for _part, _name, text in pieces) > MOST_CHARACTERS:
        raise TooMuchText
    return [piece for piece in pieces if piece[2].strip()]


def _sheets(data: bytes) -> list[list[str]]:
    sheets = list(sheets_of(data))
    names = [name for name, _rows in sheets]
    shown = set(names).union(*(row for _name, rows in sheets for row in rows))
    pieces = [["sheet", name, "\n".join(map(line_of, rows))] for name, rows in sheets]
    pieces += [["sheet_name", "", name] for name in names]
    return pieces + _besides(parts_of(data), shown)


def _word(data: bytes) -> list[list[str]]:
    parts = list(parts_of(data))
    lines = [line for name, lines, _others in parts if name == _BODY for line in lines]
    return [["text", "", "\n".join(lines)], *_besides(parts, set(lines))]


def _besides(parts: Iterable[Part], shown: set[str]) -> list[list[str]]:
    """Return what the parts say and no page or cell shows in the same words."""
    notes, hidden = [], []
    for name, paragraphs, others in parts:
        told = notes if _NOTES.fullmatch(name) else hidden
        told += (text for text in paragraphs if text not in shown)
        hidden += (text for text in others if text not in shown)
    return [["notes", "", "\n".join(notes)], _hidden(hidden)]


def _hidden(texts: Iterable[str]) -> list[str]:
    """Return the texts with digits enough; no number reaches over two of them."""
    kept = dict.fromkeys(text for text in texts if may_hold_number(text))
    return ["hidden", "", "\n\n".join(kept)]


def _pages(data: bytes) -> list[list[str]]:
    pages, others = pdf_text.texts_of(data)
    shown = [["page", str(number), text] for number, text in enumerate(pages, start=1)]
    return [*shown, _hidden(others)]


def _plain(data: bytes) -> list[list[str]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [["text", "", data.decode("utf-16", "replace")]]
    try:
        return [["text", "", data.decode("utf-8-sig")]]
    except UnicodeDecodeError:
        return [["text", "", data.decode("gb18030", "replace")]]
