"""Small files for the demo: a sheet to fill in, a page to print."""

import io
import zlib

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

TABLES = {
    "elders": ["序号", "老人姓名", "住址", "需要的服务", "方便的时间", "备注"],
    "water": ["序号", "楼幢门牌", "需要几桶", "送到时间"],
}
EMPTY_LINES = 20


def sheet(title: str, heads: list[str]) -> SimpleUploadedFile:
    """Return a workbook with a heading and empty lines, ready to print on A4."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("登记表")
        page.set_paper(9)
        page.set_landscape()
        bold = book.add_format({"bold": True, "border": 1})
        plain = book.add_format({"border": 1})
        page.write(0, 0, title, book.add_format({"bold": True, "font_size": 16}))
        page.set_column(0, len(heads) - 1, 18)
        page.write_row(2, 0, heads, bold)
        for line in range(3, 3 + EMPTY_LINES):
            page.write_row(line, 0, [line - 2] + [""] * (len(heads) - 1), plain)
    return SimpleUploadedFile(f"{title}.xlsx", stream.getvalue())


def page(title: str, lines: list[str]) -> SimpleUploadedFile:
    """Return a PDF of one page in the reader's own Chinese font (ISO 32000-1, 9.7)."""
    shown = [b"BT /F1 20 Tf 72 760 Td %s Tj ET" % _hex(title)]
    shown += [
        b"BT /F1 13 Tf 72 %d Td %s Tj ET" % (710 - 26 * number, _hex(line))
        for number, line in enumerate(lines)
    ]
    content = zlib.compress(b"\n".join(shown))
    font = b"/STSong-Light"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream"
        % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[6 0 R]>>" % font,
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont%s/DW 1000/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>" % font,
        b"<</Type/FontDescriptor/FontName%s/Flags 6/Ascent 880/Descent -120/CapHeight"
        b" 880/ItalicAngle 0/StemV 93/FontBBox[-25 -254 1000 880]>>" % font,
    ]
    return SimpleUploadedFile(f"{title}.pdf", _file_of(objects))


def _hex(text: str) -> bytes:
    return b"<%s>" % text.encode("utf-16-be").hex().encode()


def _file_of(objects: list[bytes]) -> bytes:
    """Return the objects as a file with its cross-reference table."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return data + b"startxref\n%d\n%%%%EOF\n" % start
