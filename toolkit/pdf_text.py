"""The text in a PDF, shown or not: pages, properties, forms, notes.

    pages, others = texts_of(data)      # ["第一页…"], ["张三", …]

Every object is asked, not only those that a page shows (ISO 32000-1, 7.3): titles,
outlines, annotations and the values of fields are strings in some dictionary. A PDF
with another file in it is refused. Called in the child process of toolkit.child only.
"""

import codecs
import contextlib
import io
import re
from collections.abc import Iterator

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)
from pypdf.generic._font import Font

from toolkit.package_text import FileWithin, digits_in, texts_in

# Where a stream holds a description or a form instead of a page or a picture.
_TOLD_IN_STREAMS = frozenset({"/Metadata", "/XFA", "/V", "/RV", "/RC", "/JS"})
# Pictures that are stored as a camera wrote them, with what it told of them.
_AS_A_FILE = frozenset({"/DCTDecode", "/JPXDecode"})
# Marked content says what its signs stand for (14.9).
_STANDS_FOR = re.compile(rb"/(?:ActualText|Alt|E)\b")


class NoPage(ValueError):  # noqa: N818
    """There is no page, as where the tree of pages is damaged."""


def texts_of(data: bytes) -> tuple[list[str], list[str]]:
    """Return the text of each page, and every other text.

    Raises NoPage, FileWithin, or what pypdf raises on a damaged file.
    """
    reader, marked = PdfReader(io.BytesIO(data)), []
    with _fonts_kept():
        pages = [_text_of(page, marked) for page in reader.pages]
        if not pages:
            raise NoPage
        others = _others(reader)
    return pages, [text for one in marked for text in _strings(one)] + others


@contextlib.contextmanager
def _fonts_kept() -> Iterator[None]:
    """Have pypdf read each font once; by itself it does for each page and each field.

    The map of a Chinese font has thousands of signs.
    """
    known, read = {}, Font.from_font_resource

    def once(resource: DictionaryObject) -> Font:
        # With the resource itself, so that no other gets its place in memory.
        if id(resource) not in known:
            known[id(resource)] = resource, read(resource)
        return known[id(resource)][1]

    Font.from_font_resource = once
    try:
        yield
    finally:
        Font.from_font_resource = read


def _text_of(page: PageObject, marked: list) -> str:
    """Return the text of a page; what it says of marked content goes to the list."""

    def note(operator, operands, *_places):
        if operator in (b"BDC", b"DP"):
            marked.extend(operands)

    # Figures without text are not taken apart for nothing.
    contents = page.get_contents()
    is_marked = contents is not None and _STANDS_FOR.search(contents.get_data())
    return page.extract_text(visitor_operand_before=note if is_marked else None)


def _others(reader: PdfReader) -> list[str]:
    texts, page, drawn = [], reader.pages[0], set()
    for one in (reader.trailer, *_objects(reader)):
        texts += _strings(one)
        for found in _within(one):
            if isinstance(found, DictionaryObject):
                texts += _told_by(found)
                # What an annotation looks like; the page itself does not say it.
                for stream in _streams_in(found.get("/AP")):
                    # One stamp may stand in a hundred places.
                    if id(stream) not in drawn:
                        drawn.add(id(stream))
                        texts.append(page.extract_xform_text(stream))
    return texts


def _strings(one) -> Iterator[str]:
    for found in _within(one):
        if isinstance(found, TextStringObject):
            yield str(found)
        elif isinstance(found, ByteStringObject):
            yield _decoded(bytes(found))


def _decoded(data: bytes) -> str:
    """Return a string whose encoding was not told, or is none of PDF."""
    if data.startswith(codecs.BOM_UTF16_BE):
        return data.decode("utf-16", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _told_by(found: DictionaryObject) -> Iterator[str]:
    """Yield the texts in the streams of a dictionary; raises FileWithin."""
    if "/EF" in found or found.get("/Type") == "/EmbeddedFile":
        raise FileWithin
    for key in found.keys() & _TOLD_IN_STREAMS:
        for stream in _streams_in(found[key]):
            for _name, paragraphs, others in texts_in("", stream.get_data()):
                yield from paragraphs
                yield from others
    if isinstance(found, StreamObject) and _AS_A_FILE & set(_filters_of(found)):
        yield from digits_in(found._data)


def _filters_of(stream: StreamObject) -> list[str]:
    filters = stream.get("/Filter", ())
    filters = filters.get_object() if isinstance(filters, IndirectObject) else filters
    return filters if isinstance(filters, list) else [filters]


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


def _streams_in(found) -> Iterator[StreamObject]:
    """Yield a stream, or all streams in a dictionary or a list."""
    found = found.get_object() if isinstance(found, IndirectObject) else found
    if isinstance(found, StreamObject):
        yield found
    elif isinstance(found, DictionaryObject):
        for key in found:
            yield from _streams_in(found[key])
    elif isinstance(found, ArrayObject):
        for one in found:
            yield from _streams_in(one)
