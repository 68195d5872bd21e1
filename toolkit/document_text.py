"""The text inside an uploaded document, piece by piece, with the place of each.

    pieces = run_limited("toolkit.document_text.pieces_of", "xlsx", data)
    # [["sheet", "名单", "姓名\\t电话\\n…"], …]

Called in the child process of toolkit.child only: parsers meet hostile files there.
Besides the visible text it reads hidden sheets, comments, headers and footnotes.
"""

import codecs
import io
import re
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree  # nosec B405 - only in the limited child

from pypdf import PdfReader
from python_calamine import CalamineWorkbook

READABLE = ("xlsx", "docx", "csv", "txt", "pdf")
MOST_CHARACTERS = 5_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_PARTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
)
_SHEET_NOTES = re.compile(r"xl/(comments\d*|threadedComments/.*|drawings/.*)\.xml")
_TAG = re.compile(r"<[^>]*>")


class TooMuchText(ValueError):  # noqa: N818
    """The document holds more text than anybody would publish."""


def pieces_of(kind: str, data: bytes) -> list[list[str]]:
    """Return [part, name, text] for each part of the document.

    Parts are "sheet", "notes", "text" and "page"; `name` is the sheet's name or the
    page's number. Raises whatever the parser raises on a damaged file.
    """
    readers = {"xlsx": _sheets, "docx": _word, "pdf": _pages}
    pieces = readers.get(kind, _plain)(data)
    if sum(len(text) for _part, _name, text in pieces) > MOST_CHARACTERS:
        raise TooMuchText
    return [piece for piece in pieces if piece[2].strip()]


def _sheets(data: bytes) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    pieces = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        lines = ("\t".join(map(_cell, row)) for row in rows)
        pieces.append(["sheet", name, "\n".join(lines)])
    notes = _markup_text(data, _SHEET_NOTES)
    return [*pieces, ["notes", "", notes]]


def _cell(value) -> str:
    """Return a cell as it is read: a phone number typed as a number has no point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value).replace("\n", " ")


def _markup_text(data: bytes, wanted: re.Pattern) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if wanted.fullmatch(name)]
        parts = [archive.read(name).decode("utf-8", "replace") for name in names]
    return "\n".join(_TAG.sub(" ", part) for part in parts)


def _word(data: bytes) -> list[list[str]]:
    pieces = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if _WORD_PARTS.fullmatch(name):
                # Limits of the child process stand against entity tricks.
                root = ElementTree.fromstring(archive.read(name))  # noqa: S314  # nosec
                lines = [_paragraph(node) for node in root.iter(f"{_WORD}p")]
                part = "text" if name == "word/document.xml" else "notes"
                pieces.append([part, "", "\n".join(lines)])
    return pieces


def _paragraph(node) -> str:
    """Return the text of a paragraph; a number may be cut into several runs."""
    text = ""
    for part in node.iter():
        if part.tag in (f"{_WORD}t", f"{_WORD}delText", f"{_WORD}instrText"):
            text += part.text or ""
        elif part.tag in (f"{_WORD}tab", f"{_WORD}br"):
            text += " "
    return text


def _pages(data: bytes) -> list[list[str]]:
    reader = PdfReader(io.BytesIO(data))
    return [
        ["page", str(number), page.extract_text()]
        for number, page in enumerate(reader.pages, start=1)
    ]


def _plain(data: bytes) -> list[list[str]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [["text", "", data.decode("utf-16", "replace")]]
    try:
        return [["text", "", data.decode("utf-8-sig")]]
    except UnicodeDecodeError:
        return [["text", "", data.decode("gb18030", "replace")]]
