"""The text in one XML part of an Office file: paragraphs, lone texts, long attributes.

    paragraphs, others = texts_of(data)     # ["姓名：张三", "330381…"], ["李四", …]

The parts are read as a stream, so no tree is held. Office writes no document type, and
entities are declared nowhere else: a part with one is refused. Called in the child
process of toolkit.child only.
"""

import re
from xml.etree import ElementTree  # nosec B405 - only in the limited child

# Elements within which a text may be cut into pieces: paragraphs of Word and drawings,
# strings of a workbook, comments.
_BLOCKS = frozenset({"p", "si", "text"})
_WRITTEN = frozenset({"t", "text", "delText", "instrText", "delInstrText"})
_BLANKS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
# No personal number is shorter; what attributes hold besides is none of text.
FEWEST_DIGITS = 11
_FRACTION = re.compile(r"[-+]?\d*\.\d+(?:[Ee][-+]?\d+)?")
_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
# Cells are many and are read by others; what those may leave out lies between two tags.
_CELLS = re.compile(rb"<sheetData[ >].*</sheetData>", re.DOTALL)
_BETWEEN_TAGS = re.compile(r">([^<>]{11,})<")
_UNCOMMON = (b"<!", b"<?")
_TAG = re.compile(r"<[^>]*>")


class DocumentType(ValueError):  # noqa: N818
    """The part declares a document type, with which entities could be smuggled in."""


def texts_of(data: bytes) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a part in their order, and whatever else it says.

    Raises ParseError for a broken one.
    """
    data, in_cells = _without_cells(data)
    reader = _Reader()
    parser = ElementTree.XMLParser(target=reader)  # noqa: S314  # nosec
    parser.feed(data)
    parser.close()
    return reader.paragraphs, reader.others + in_cells


def loose_texts_of(data: bytes) -> tuple[list[str], list[str]]:
    """Return the texts of a part that need be no sound XML, as old VML is none."""
    try:
        return texts_of(data)
    except ElementTree.ParseError:
        return [], _TAG.sub("\n", data.decode("utf-8", "replace")).split("\n")


def _without_cells(data: bytes) -> tuple[bytes, list[str]]:
    """Return a part without the cells of a sheet, and the long numbers in those."""
    cells = _CELLS.search(data)
    if cells is None or any(mark in cells[0] for mark in _UNCOMMON):
        return data, []
    texts = _BETWEEN_TAGS.findall(cells[0].decode("utf-8", "replace"))
    rest = data[: cells.start()] + data[cells.end() :]
    return rest, list(filter(may_hold_number, texts))


def may_hold_number(text: str) -> bool:
    """Whether there are digits enough for a personal number, in whatever script."""
    return len(text) >= FEWEST_DIGITS and (
        sum(map(str.isdigit, text)) >= FEWEST_DIGITS and not _FRACTION.fullmatch(text)
    )


class _Block:
    """A paragraph: as it is now, as it was, and with everything that was changed."""

    def __init__(self):
        self.whole = self.now = self.before = ""

    def add(self, text: str, *, is_deleted: bool, is_inserted: bool) -> None:
        self.whole += text
        self.now += "" if is_deleted else text
        self.before += "" if is_inserted else text


class _Reader:
    """What the parser tells, in the order of the file."""

    def __init__(self):
        self.paragraphs, self.others = [], []
        self._text, self._blocks = [], []
        self._open, self._inserted = [], 0

    def doctype(self, name, public, system):
        raise DocumentType

    def start(self, tag, attributes):
        self._flush()
        name = tag.rpartition("}")[2]
        self._open.append(name)
        self._inserted += name == "ins"
        if name in _BLOCKS:
            self._blocks.append(_Block())
        elif name in _BLANKS and self._blocks:
            self._add(_BLANKS[name])
        for value in attributes.values():
            if may_hold_number(value) and may_hold_number(_GUID.sub("", value)):
                self.others.append(_GUID.sub("", value))

    def data(self, text):
        self._text.append(text)

    def end(self, tag):
        self._flush()
        name = self._open.pop()
        self._inserted -= name == "ins"
        if name in _BLOCKS:
            block = self._blocks.pop()
            self.paragraphs.append(block.whole)
            changed = {block.now, block.before} - {block.whole, ""}
            self.others += sorted(changed)

    def comment(self, text):
        self.others.append(text)

    def pi(self, target, text=None):
        self.others.append(text or "")

    def close(self):
        return self

    def _flush(self) -> None:
        """Take what was read since the last tag, unless it only lays out the file."""
        text = "".join(self._text)
        self._text.clear()
        if not text or ("\n" in text and text.isspace()):
            return
        name = self._open[-1]
        if self._blocks and name in _WRITTEN:
            self._add(text)
        # Values of cells and places of drawings are in most cases numbers.
        elif may_hold_number(text) or (name != "v" and not self._blocks):
            self.others.append(text)

    def _add(self, text: str) -> None:
        is_deleted, is_inserted = self._open[-1].startswith("del"), self._inserted > 0
        self._blocks[-1].add(text, is_deleted=is_deleted, is_inserted=is_inserted)
