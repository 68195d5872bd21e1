"""The text in every part of an Office file, shown or not.

    for name, paragraphs, others in parts_of(data):
        …                               # "word/document.xml", ["第一段"], ["张三"]

Which part holds what depends on the program that wrote the file, so none is left out.
The workbook behind a chart is opened. Any other file within the file is refused, for no
reader of the notice would see what is in it. Called in the child process of
toolkit.child only.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from toolkit.archives import MAIN_PARTS, MOST_UNPACKED, is_bomb
from toolkit.markup_text import loose_texts_of, texts_of
from toolkit.sheet_text import line_of, sheets_of

_MARKUP = (".xml", ".rels")
_ARCHIVE = b"PK\x03\x04"
# Where Office puts files, and what no part of its own is called.
_FILE_NAME = re.compile(
    r"(?:.*/)?(?:embeddings/.*|afchunk[^/]*"
    r"|.*\.(?:docx?|xlsx?|pptx?|wps|et|ofd|pdf|rtf|mht|mhtml|html?|txt|csv|eml|msg))",
    re.IGNORECASE,
)
# Old Office files and objects of other programs, PDF, RTF, MIME.
_FILE_BEGIN = re.compile(rb"\s*(?:\xd0\xcf\x11\xe0|%PDF-|\{\\rtf|(?i:mime-version:))")
# Relations by which a file is put in the place of text.
_FILE_RELATION = re.compile(rb"/relationships/(?:aFChunk|oleObject)[\"']")
# Digits in what is neither markup nor an archive, in one byte each or in two.
_DIGITS = re.compile(
    rb"[0-9](?:[ \-./_]{0,2}[0-9]){10,}[Xx]?"
    rb"|[0-9]\x00(?:(?:[ \-./_]\x00){0,2}[0-9]\x00){10,}(?:[Xx]\x00)?"
)

Part = tuple[str, list[str], list[str]]


class FileWithin(ValueError):  # noqa: N818
    """There is another file in the file."""


class Unpacked(ValueError):  # noqa: N818
    """A file in the file is larger than anybody sends."""


def parts_of(data: bytes, *, is_within: bool = False) -> Iterator[Part]:
    """Yield (name, paragraphs, other texts) of each part; raises FileWithin."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if is_within and is_bomb(archive.infolist(), len(data), MOST_UNPACKED):
            raise Unpacked
        if is_within and MAIN_PARTS["xlsx"] not in archive.namelist():
            raise FileWithin
        for name in archive.namelist():
            yield from texts_in(name, archive.read(name), is_within=is_within)


def texts_in(name: str, data: bytes, *, is_within: bool = False) -> Iterator[Part]:
    """Yield the texts of one part, whatever it is."""
    if data.startswith(_ARCHIVE):
        if is_within:
            raise FileWithin
        yield from _workbook_within(name, data)
    elif _is_file(name, data):
        raise FileWithin
    elif name.lower().endswith(_MARKUP):
        yield name, *texts_of(data)
    elif data.lstrip()[:1] == b"<":
        yield name, *loose_texts_of(data)
    else:
        yield name, [], digits_in(data)


def _workbook_within(name: str, data: bytes) -> Iterator[Part]:
    for inner, paragraphs, others in parts_of(data, is_within=True):
        yield f"{name}/{inner}", paragraphs, others
    for sheet, rows in sheets_of(data):
        yield f"{name}/{sheet}", [], list(map(line_of, rows))


def _is_file(name: str, data: bytes) -> bool:
    """Whether a part is a file of its own, or tells of one."""
    if name.lower().endswith(".rels"):
        return _FILE_RELATION.search(data) is not None
    return bool(_FILE_NAME.fullmatch(name) or _FILE_BEGIN.match(data))


def digits_in(data: bytes) -> list[str]:
    """Return the long numbers in a file of any kind."""
    found = _DIGITS.finditer(data)
    return [match[0].replace(b"\0", b"").decode("ascii") for match in found]
