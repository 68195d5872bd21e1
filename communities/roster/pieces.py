"""A large sheet of a workbook, read some thousand rows at a time.

    for name, member in members_of(path).items():          # the large sheets
        for line, cells in rows_in_pieces(path, member, name, check_size):
            ...

The reader of workbooks holds a whole sheet: a quarter of a gigabyte for a street. Here
the sheet is cut between rows, and each piece is read as a workbook of its own with the
same formats and the texts it names: what a cell means stays the reader's business. Runs
in the child, without settings.
"""

import io
import re
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 - only in the limited child

from python_calamine import CalamineSheet, CalamineWorkbook

from communities.roster.valueless import may_lack, say_so

MEGABYTE = 1024 * 1024
PIECE = 2 * MEGABYTE
# Sheets of fewer pieces are read whole, as are those that cannot be cut so far.
FEWEST_PIECES = 3
LONGEST_PIECE = 48 * MEGABYTE
READ = 256 * 1024
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
# What the reader looks at besides the sheet and its texts.
PARTS = ("[Content_Types].xml", "_rels/.rels", BOOK, RELATIONS, "xl/styles.xml")
_BEGIN = re.compile(rb"<sheetData(\s[^<>/]*)?>")
_ROW, _NUMBERED, _END = b"<row", b'<row r="', b"</row>"
# The reader would go through the rows once more, looking for what stands behind them.
_NOTHING_MERGED = b"<mergeCells></mergeCells>"
_TAIL = b"</sheetData></worksheet>"
_STRING = re.compile(rb"<si>.*?</si>|<si/>", re.DOTALL)
_OF_STRING, _NUMBER = b't="s"', re.compile(rb't="s"><v>(\d+)<')


class Uncut(Exception):  # noqa: N818
    """The sheet is written in a way that does not tell where a row ends."""


class Disorder(Exception):  # noqa: N818
    """Rows of the sheet stand in another order than their numbers."""


def members_of(path: Path, piece: int = PIECE) -> dict[str, str]:
    """Return the parts of a workbook that hold large sheets, by the name of the sheet.

    The workbook must have been opened before: its reader has refused what is no XML.
    """
    least = FEWEST_PIECES * piece
    with zipfile.ZipFile(path) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        if max(sizes.values()) < least:
            return {}
        members = sheets_in(archive)
    return {name: at for name, at in members.items() if sizes[at] >= least}


def sheets_in(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of a workbook that holds each sheet, by the sheet's name."""
    present = {part.lower(): part for part in archive.namelist()}
    if not {BOOK, RELATIONS} <= set(present.values()):
        return {}
    # The limits of the child process stand against entity tricks.
    book = ElementTree.fromstring(archive.read(BOOK))  # noqa: S314  # nosec
    links = ElementTree.fromstring(archive.read(RELATIONS))  # noqa: S314  # nosec
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    members = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        keys = [key for key in sheet.keys() if key.endswith("}id")]  # noqa: SIM118
        target = targets.get(sheet.get(keys[0]), "") if keys else ""
        part = f"xl/{target.removeprefix('/').removeprefix('xl/')}".lower()
        if part in present:
            members[sheet.get("name")] = present[part]
    return members


def rows_in_pieces(
    path: Path, member: str, name: str, check_size, piece: int = PIECE
) -> Iterator[tuple[int, list]]:
    """Yield the rows of a sheet, numbered, as if it were read whole.

    Raises Uncut or Disorder, and what `check_size` raises for so many rows and columns.
    """
    with zipfile.ZipFile(path) as archive:
        present = archive.namelist()
        parts = {part: archive.read(part) for part in PARTS if part in present}
        strings = Strings(archive.read(STRINGS)) if STRINGS in present else None
        last = 0
        with archive.open(member) as stream:
            for xml in map(say_so, cut(stream, piece)):
                if strings is not None:
                    xml, parts[STRINGS] = strings.beside(xml)
                sheet = sheet_of(parts | {member: xml}, name)
                del xml
                check_size(sheet.total_height, sheet.total_width)
                for line, cells in numbered(sheet, last):
                    last = line
                    yield line, cells


def retold(path: Path, name: str) -> CalamineSheet | None:
    """Return a whole sheet whose cells without a value say so, None if all have one."""
    with zipfile.ZipFile(path) as archive:
        member = sheets_in(archive).get(name)
        if member is None or not is_suspect(archive, member):
            return None
        xml = archive.read(member)
        told = say_so(xml)
        if told == xml:
            return None
        del xml
        wanted = {*PARTS, STRINGS} & set(archive.namelist())
        parts = {part: archive.read(part) for part in wanted}
    return sheet_of(parts | {member: told}, name)


def is_suspect(archive: zipfile.ZipFile, member: str) -> bool:
    """Whether a sheet has to be looked through for cells without a value."""
    last = b""
    with archive.open(member) as stream:
        while data := stream.read(READ):
            if may_lack(last + data):
                return True
            # What is looked for has two bytes at most.
            last = data[-1:]
    return False


def cut(stream, size: int) -> Iterator[bytes]:
    """Yield pieces of a sheet that are sheets, each of so many bytes of whole rows."""
    head, rows, enough = b"", bytearray(), size
    while data := stream.read(READ):
        rows += data
        if len(rows) < enough:
            continue
        if not head:
            head = head_of(rows)
        end = rows.rfind(_END) + len(_END)
        # In a comment or in raw text, a row is none.
        if end < len(_END) or (b"!" in rows and b"<!" in rows):
            enough = len(rows) + size
            if enough > max(LONGEST_PIECE, 2 * size):
                raise Uncut
            continue
        whole = b"".join((head, memoryview(rows)[:end], _TAIL))
        del rows[:end]
        enough = size
        yield whole
        del whole
    yield head + bytes(rows)


def head_of(rows: bytearray) -> bytes:
    """Return what stands before the rows, and take it away; raises Uncut.

    Rows without a number would be counted from one in every piece.
    """
    found = _BEGIN.search(rows)
    if found is None or b"<!" in found.string[: found.end()]:
        raise Uncut
    if rows.count(_ROW) > rows.count(_NUMBERED) + 1:
        raise Uncut
    begin, end = found.span()
    del found
    head = bytes(rows[:begin]) + _NOTHING_MERGED + bytes(rows[begin:end])
    del rows[:end]
    return head


class Strings:
    """The texts of a workbook, of which each piece gets those that it names."""

    def __init__(self, part: bytes):
        self.part, self.was_used = part, False
        spans = [found.span() for found in _STRING.finditer(part)]
        if len(spans) != part.count(b"<si") or b"<!" in part:
            raise Uncut
        self.starts = array("I", (start for start, _end in spans))
        self.ends = array("I", (end for _start, end in spans))

    def beside(self, xml: bytes) -> tuple[bytes, bytes]:
        """Return a piece with its texts numbered anew, and the part with these.

        A cell names a text by its number. Where that is written in another way, the
        piece gets all texts; raises Uncut if that is so from the beginning.
        """
        split = _NUMBER.split(xml)
        if len(split) // 2 != xml.count(_OF_STRING):
            if not self.was_used:
                raise Uncut
            return xml, self.part
        self.was_used = True
        named = dict.fromkeys(split[1::2])
        cells = {number: b't="s"><v>%d<' % at for at, number in enumerate(named)}
        split[1::2] = [cells[number] for number in split[1::2]]
        return b"".join(split), self.those(map(int, named))

    def those(self, numbers: Iterable[int]) -> bytes:
        """Return a part with some of the texts."""
        part, starts, ends = self.part, self.starts, self.ends
        if not starts:
            return part
        some = [part[starts[number] : ends[number]] for number in numbers]
        return b"".join((part[: starts[0]], *some, part[ends[-1] :]))


def sheet_of(parts: dict[str, bytes], name: str) -> CalamineSheet:
    """Return the sheet of a workbook made of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    buffer.seek(0)
    with CalamineWorkbook.from_filelike(buffer) as book:
        return book.get_sheet_by_name(name)


def numbered(sheet: CalamineSheet, last: int) -> Iterator[tuple[int, list]]:
    """Yield the rows of a piece, and empty ones for those between it and the last."""
    if sheet.start is None:
        return
    top, left = sheet.start
    if top < last:
        raise Disorder
    yield from ((line, []) for line in range(last + 1, top + 1))
    # A sheet whose first columns are empty begins further right.
    blank = [""] * left
    for line, cells in enumerate(sheet.to_python(), start=top + 1):
        yield line, blank + cells if blank else cells
