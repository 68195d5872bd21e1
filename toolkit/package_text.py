"""The text in every part of an Office file, shown or not, files in it included.

    for name, paragraphs, others in parts_of(data):
        …                               # "word/document.xml", ["第一段"], ["张三"]

Which part holds what depends on the program that wrote the file, so none is left out.
Called in the child process of toolkit.child only.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from toolkit.archives import MOST_UNPACKED, is_bomb
from toolkit.markup_text import loose_texts_of, texts_of

_MARKUP = (".xml", ".rels")
_ARCHIVE = b"PK\x03\x04"
# A workbook behind a chart in a text; what lies deeper nobody can check by eye either.
DEEPEST = 2
# Digits in what is neither markup nor an archive, in one byte each or in two.
_DIGITS = re.compile(rb"[0-9]{11,}[Xx]?|(?:[0-9]\x00){11,}(?:[Xx]\x00)?")

Part = tuple[str, list[str], list[str]]


class NestedTooDeep(ValueError):  # noqa: N818
    """Files within files within files."""


class Unpacked(ValueError):  # noqa: N818
    """A file in the file is larger than anybody sends."""


def parts_of(data: bytes, depth: int = 0) -> Iterator[Part]:
    """Yield (name, paragraphs, other texts) of each part, embedded files opened."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if depth and is_bomb(archive.infolist(), len(data), MOST_UNPACKED):
            raise Unpacked
        for name in archive.namelist():
            yield from texts_in(name, archive.read(name), depth)


def texts_in(name: str, data: bytes, depth: int = 0) -> Iterator[Part]:
    """Yield the texts of one file, whatever it is."""
    if data.startswith(_ARCHIVE):
        if depth >= DEEPEST:
            raise NestedTooDeep
        for inner, paragraphs, others in parts_of(data, depth + 1):
            yield f"{name}/{inner}", paragraphs, others
    elif name.lower().endswith(_MARKUP):
        yield name, *texts_of(data)
    elif data.lstrip()[:1] == b"<":
        yield name, *loose_texts_of(data)
    else:
        yield name, [], digits_in(data)


def digits_in(data: bytes) -> list[str]:
    """Return the long numbers in a file of any kind."""
    found = _DIGITS.finditer(data)
    return [match[0].replace(b"\0", b"").decode("ascii") for match in found]
