"""Files that are no roster, or hostile: made on the fly, each with what is said of it.

KINDS["zip bomb"]()         # (file name, bytes)
"""

import io
import stat
import zipfile

from tests.communities.roster_files import as_csv, person, roster, table, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
GOOD = roster(person())


def repacked(change=None, extra=(), without=(), of: bytes = GOOD) -> bytes:
    """Return a workbook, the good one, with parts changed, added or left out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(of)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename in without:
                continue
            data = old.read(entry)
            for name, make in (change or {}).items():
                if name == entry.filename:
                    data = make(data)
            new.writestr(entry.filename, data)
        for name, data in extra:
            new.writestr(name, data)
    return buffer.getvalue()


def with_entity(body: bytes, subset: str) -> bytes:
    """Return a part with a document type, whose entity stands for the name."""
    head, _mark, rest = body.partition(b"?>")
    kind = b"<!DOCTYPE x [" + subset.encode() + b"]>"
    return head + b"?>" + kind + rest.replace("张三".encode(), b"&e;")


def far_cell(body: bytes) -> bytes:
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return body.replace(b"</sheetData>", cell)


def many_rows(body: bytes) -> bytes:
    blank = b"".join(b'<row r="%d" s="1"/>' % n for n in range(10, 1_048_577))
    return body.replace(b"</sheetData>", blank + b"</sheetData>")


def big_cell(body: bytes) -> bytes:
    return body.replace("张三".encode(), b"A" * 120_000_000)


def linked() -> bytes:
    entry = zipfile.ZipInfo("xl/media/link")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return repacked(extra=[(entry, "/etc/passwd")])


def doubled() -> bytes:
    return repacked(extra=[("xl/Workbook.xml", b"<workbook/>")])


def overlapping() -> bytes:
    """Return a workbook in whose directory two entries share their bytes."""
    data = bytearray(repacked(extra=[("xl/a.xml", b"a"), ("xl/b.xml", b"b")]))
    first = data.index(b"xl/a.xml") - 30
    entry = data.rindex(b"xl/b.xml") - 46
    data[entry + 42 : entry + 46] = first.to_bytes(4, "little")
    return bytes(data)


def nested() -> bytes:
    return repacked(extra=[("xl/embeddings/more.zip", GOOD)])


def encrypted() -> bytes:
    data = bytearray(GOOD)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def wide() -> list[list]:
    heads, *people = table([person()])
    return [[*heads, *["甲"] * 400], *people]


def many_sheets() -> bytes:
    part = [(f"xl/worksheets/sheet{n}.xml", b"<worksheet/>") for n in range(2, 1200)]
    return repacked(extra=part)


def formula(value: bytes) -> bytes:
    """Return the good workbook with a formula for the name, kept with its value."""
    cell = b'<c r="A2" t="str"><f>1+1</f>' + value + b"</c>"
    return repacked({SHEET: lambda body: body.replace(first_cell(body), cell)})


def first_cell(body: bytes) -> bytes:
    start = body.index(b'<c r="A2"')
    return body[start : body.index(b"</c>", start) + 4]


def hidden_sheet() -> bytes:
    """Return a workbook whose second sheet, full of nonsense, is hidden."""
    data = workbook(table([person()]), [["姓名", "户号", "网格"], ["?", "", ""]])
    return repacked(
        {
            "xl/workbook.xml": lambda body: body.replace(
                b'name="Sheet2"', b'name="Sheet2" state="hidden"'
            )
        },
        of=data,
    )


def long_named() -> bytes:
    """Return a workbook without a required column on a sheet of a very long name."""
    heads, *people = table([person()])
    data = workbook([heads[:-1], *people])
    name = ("长" * 500).encode()
    return repacked(
        {"xl/workbook.xml": lambda body: body.replace(b"Sheet1", name)}, of=data
    )


LINES = "\n".join(["姓名,户号,与户主关系,社区,网格", *["张三,1,户主,东湖,1"] * 300_001])
DAMAGED, NOT_XLSX, TOO_BIG = "文件已损坏", "文件内容不是 xlsx", "解开后太大"
OLD = "旧版 .xls 或加了密码的表格，请用 Excel 或 WPS 去掉密码，另存为 .xlsx 再上传"
NO_HEADER, CROOKED = "没有找到名册的表头", "结构异常"
# Name: (file name, function that makes the bytes, what the clerk is told).
KINDS = {
    "no byte": ("a.xlsx", lambda: b"", "空"),
    "no csv byte": ("a.csv", lambda: b"", "空"),
    "picture": ("a.png", lambda: b"\x89PNG\r\n\x1a\n", "不接收这种文件"),
    "no extension": ("名册", lambda: GOOD, "不接收这种文件"),
    "old xls": ("a.xls", lambda: OLE, OLD),
    "old xls renamed": ("a.xlsx", lambda: OLE, OLD),
    "with password": ("加密.xlsx", lambda: OLE + b"EncryptedPackage", OLD),
    "csv renamed": ("a.xlsx", lambda: as_csv([person()]), NOT_XLSX),
    "word of old": ("a.doc", lambda: OLE, "不接收这种文件，只接收：xlsx、csv"),
    "html renamed xls": ("a.xls", lambda: b"<html><table>", OLD),
    "html renamed xlsx": ("a.xlsx", lambda: b"<html><table>", NOT_XLSX),
    "html renamed csv": ("a.csv", lambda: b"<html><table></table>", "不是纯文本"),
    "xlsx renamed csv": ("a.csv", lambda: GOOD, "不是纯文本"),
    "csv with nul": ("a.csv", lambda: b"\xe5\x00,1", "不是纯文本"),
    "neither utf-8 nor gb": ("a.csv", lambda: b"\xff\xff\x80\xe9", "不是纯文本"),
    "cut off": ("a.xlsx", lambda: GOOD[: len(GOOD) // 2], DAMAGED),
    "cut off tail": ("a.xlsx", lambda: GOOD[:-30], DAMAGED),
    "zip without workbook": (
        "a.xlsx",
        lambda: repacked(without=("xl/workbook.xml",)),
        NOT_XLSX,
    ),
    "encrypted entries": ("a.xlsx", encrypted, CROOKED),
    "path out of the folder": (
        "a.xlsx",
        lambda: repacked(extra=[("../../etc/cron.d/x", b"x")]),
        CROOKED,
    ),
    "link": ("a.xlsx", linked, CROOKED),
    "name twice": ("a.xlsx", doubled, CROOKED),
    "overlapping entries": ("a.xlsx", overlapping, CROOKED),
    "archive inside": ("a.xlsx", nested, "嵌有压缩包或程序"),
    "macro": ("a.xlsx", lambda: repacked(extra=[("xl/vbaProject.bin", b"x")]), "宏"),
    "macro by name": ("a.xlsm", lambda: GOOD, "不接收这种文件"),
    "ten thousand parts": ("a.xlsx", many_sheets, TOO_BIG),
    "huge cell": ("a.xlsx", lambda: repacked({STRINGS: big_cell}), TOO_BIG),
    "far cell": ("a.xlsx", lambda: repacked({SHEET: far_cell}), ""),
    "broken sheet": ("a.xlsx", lambda: repacked({SHEET: lambda b: b[:300]}), ""),
    "no sheet": ("a.xlsx", lambda: repacked(without=(SHEET,)), ""),
    "no types": ("a.xlsx", lambda: repacked(without=("_rels/.rels",)), None),
    "empty workbook": ("a.xlsx", lambda: workbook([]), NO_HEADER),
    "no header": ("a.xlsx", lambda: workbook([["张三", "男"]] * 20), NO_HEADER),
    "header too far down": (
        "a.xlsx",
        lambda: workbook([["名册"]] * 30 + table([person()])),
        NO_HEADER,
    ),
    "very long name of a sheet": ("a.xlsx", long_named, "缺少必填的列"),
    "too wide": ("a.xlsx", lambda: workbook(wide()), "表格太大"),
    "too long": ("a.csv", lambda: LINES.encode(), "表格太大"),
    "external entity": (
        "a.xlsx",
        lambda: repacked(
            {STRINGS: lambda b: with_entity(b, '<!ENTITY e SYSTEM "/etc/passwd">')}
        ),
        None,
    ),
    "billion laughs": (
        "a.xlsx",
        lambda: repacked(
            {
                STRINGS: lambda b: with_entity(
                    b, '<!ENTITY a "hahahahaha"><!ENTITY e "&a;&a;&a;&a;&a;&a;">'
                )
            }
        ),
        None,
    ),
}
# Odd files of which all the same one person is to be read.
ODD = {
    "million blank rows": lambda: repacked({SHEET: many_rows}),
    "hidden sheet": hidden_sheet,
    "formula with its value": lambda: formula("<v>张三</v>".encode()),
    "link to another file": lambda: repacked(
        extra=[("xl/externalLinks/externalLink1.xml", b"<externalLink/>")]
    ),
    "title above the header": lambda: workbook(
        [["东湖社区居民名册（2026年11月）"], [], *table([person()])]
    ),
    "nul in a title": lambda: workbook(
        [[*heads, "备_x0000_注"] for heads in table([person()])[:1]]
        + table([person()])[1:]
    ),
    "sheet without people": lambda: workbook(
        [["填表说明"], ["一户一号"]], table([person()])
    ),
}
