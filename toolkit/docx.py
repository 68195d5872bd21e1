"""A plain document for Word: title, headings, paragraphs, one table; nothing else.

    written([Title("会议纪要"), Heading("一、议程"), Text("……"), Table([["姓名"]])])

Three small parts of ECMA-376 in a zip, so no library is needed for it. Fonts are named
in the order of GB/T 9704 (official documents); what the office lacks, Word replaces.
"""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Parts carry one fixed time: the same content is the same file.
WRITTEN_AT = (2000, 1, 1, 0, 0, 0)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/>'
    "</Types>"
)
LINKS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
# A4 with the margins of GB/T 9704, in twentieths of a point.
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" '
    'w:bottom="1985" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/>'
    "</w:sectPr>"
)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(frozen=True)
class Title:
    """The name of the document, in the middle."""

    text: str
    font = "方正小标宋简体"
    half_points = 44
    layout = '<w:jc w:val="center"/>'


@dataclass(frozen=True)
class Heading:
    """The head of a part."""

    text: str
    font = "黑体"
    half_points = 32
    layout = '<w:keepNext/><w:spacing w:before="200"/>'


@dataclass(frozen=True)
class Text:
    """A paragraph, its first line two signs in."""

    text: str
    font = "仿宋_GB2312"
    half_points = 32
    layout = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'


@dataclass(frozen=True)
class Cell:
    """The words in a cell of a table."""

    text: str
    font = "仿宋_GB2312"
    half_points = 24
    layout = ""


@dataclass(frozen=True)
class Table:
    """Rows of words; the first one is its head."""

    rows: list[list[str]]


def written(parts: Iterable) -> bytes:
    """Return the document as the bytes of a DOCX file."""
    body = "".join(table(one) if isinstance(one, Table) else line(one) for one in parts)
    document = (
        f'{HEAD}<w:document xmlns:w="{W}"><w:body>{body}{PAGE}</w:body></w:document>'
    )
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": LINKS,
        "word/document.xml": document,
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, WRITTEN_AT)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return buffer.getvalue()


def line(one) -> str:
    """Return one paragraph; a break in the text is a break in the paragraph."""
    fonts = " ".join(
        f'w:{kind}="{one.font}"' for kind in ("ascii", "hAnsi", "eastAsia")
    )
    look = f'<w:rPr><w:rFonts {fonts}/><w:sz w:val="{one.half_points}"/></w:rPr>'
    words = '</w:t><w:br/><w:t xml:space="preserve">'.join(
        escape(printable(part)) for part in one.text.splitlines() or [""]
    )
    run = f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'
    return f"<w:p><w:pPr>{one.layout}</w:pPr>{run}</w:p>"


def table(one: Table) -> str:
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{line(Cell(text))}</w:tc>" for text in row)
        + "</w:tr>"
        for row in one.rows
    )
    look = (
        f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{BORDERS}'
        "</w:tblBorders></w:tblPr>"
    )
    columns = "<w:gridCol/>" * max((len(row) for row in one.rows), default=0)
    # Word wants a paragraph behind a table.
    grid = f"<w:tblGrid>{columns}</w:tblGrid>"
    return f"<w:tbl>{look}{grid}{rows}</w:tbl><w:p/>"


def printable(text: str) -> str:
    """Return the text without signs that XML does not know."""
    return "".join(sign for sign in text if sign >= " " or sign == "\t")
