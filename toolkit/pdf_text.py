"""The text in a PDF, shown or not: pages, properties, forms, notes, files in it.

    pages, others = texts_of(data)      # ["第一页…"], ["张三", …]

Every object is asked, not only those that a page shows (ISO 32000-1, 7.3): titles,
outlines, annotations and the values of fields are strings in some dictionary. Called in
the child process of toolkit.child only.
"""

import contextlib
import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from toolkit.package_text import texts_in

# Where a stream holds a file, a description or a form instead of a page or a picture.
_TOLD_IN_STREAMS = ("/EF", "/Metadata", "/XFA", "/V", "/RV", "/RC", "/JS")


def texts_of(data: bytes) -> tuple[list[str], list[str]]:
    """Return the text of each page, and every other text."""
    reader = PdfReader(io.BytesIO(data))
    pages = [page.extract_text() for page in reader.pages]
    return pages, list(_others(reader))


def _others(reader: PdfReader) -> Iterator[str]:
    for one in (reader.trailer, *_objects(reader)):
        for found in _within(one):
            if isinstance(found, TextStringObject):
                yield str(found)
            elif isinstance(found, DictionaryObject):
                for key in found.keys() & set(_TOLD_IN_STREAMS):
                    yield from _in_streams(found[key])


def _objects(reader: PdfReader) -> Iterator:
    """Yield every object, those in object streams included."""
    numbers = {(0, number) for number in reader.xref_objStm}
    for generation, table in reader.xref.items():
        numbers |= {(generation, number) for number in table}
    for generation, number in sorted(numbers):
        # A free or broken entry, which no program shows.
        with contextlib.suppress(PyPdfError):
            yield reader.get_object(IndirectObject(number, generation, reader))


def _within(one) -> Iterator:
    """Yield an object and what it holds; what it refers to is an object of its own."""
    waiting = [one]
    while waiting:
        found = waiting.pop()
        yield found
        if isinstance(found, DictionaryObject):
            waiting += [found.raw_get(key) for key in reversed(found)]
        elif isinstance(found, ArrayObject):
            waiting += reversed(list(list.__iter__(found)))


def _in_streams(found) -> Iterator[str]:
    """Yield the texts of a stream, or of all streams in a dictionary or a list."""
    found = found.get_object() if isinstance(found, IndirectObject) else found
    if isinstance(found, StreamObject):
        for _name, paragraphs, others in texts_in("", found.get_data()):
            yield from paragraphs
            yield from others
    elif isinstance(found, DictionaryObject):
        for key in found:
            yield from _in_streams(found[key])
    elif isinstance(found, ArrayObject):
        for one in found:
            yield from _in_streams(one)
