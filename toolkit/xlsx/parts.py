"""The parts of a workbook that say little: styles, relations, boxes of comments."""

from toolkit.xlsx.cells import column_letters, text_cell

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>
<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font>
<font><i/><sz val="10"/><color rgb="FF667066"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFFBDDD6"/></patternFill></fill>
</fills>
<borders count="2"><border/><border><bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="6"><xf/><xf fontId="1" borderId="1" applyFont="1" applyBorder="1"/>
<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>
<xf fillId="2" applyFill="1"/><xf fontId="2" applyFont="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""


def relations(links: list[tuple[str, str]]) -> str:
    """Return a part of relations, numbered rId1, rId2, …"""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    opening = f'<Relationships xmlns="{PACKAGE}/relationships">'
    return f"{HEAD}{opening}{listed}</Relationships>"


def content_types(sheets: list[tuple[str, bool]]) -> str:
    """Return the list of parts with their types; sheets as (name, has comments)."""
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    for number, (_name, has_comments) in enumerate(sheets, start=1):
        parts.append((f"/xl/worksheets/sheet{number}.xml", "worksheet"))
        if has_comments:
            parts.append((f"/xl/comments{number}.xml", "comments"))
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{MEDIA}.{kind}+xml"/>'
        for name, kind in parts
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="vml" ContentType='
        '"application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        f"{listed}</Types>"
    )


def workbook(sheets: list[tuple[str, bool]]) -> str:
    listed = "".join(
        f'<sheet name="{text_cell(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, (name, _has_comments) in enumerate(sheets, start=1)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        f"<sheets>{listed}</sheets></workbook>"
    )


def comments_part(comments: dict[tuple[int, int], str]) -> str:
    """Return the texts of the comments of a sheet."""
    notes = [
        f'<comment ref="{column_letters(column)}{row + 1}" authorId="0"><text><r>'
        f'<t xml:space="preserve">{text_cell(text)}</t></r></text></comment>'
        for (row, column), text in sorted(comments.items())
    ]
    return (
        f'{HEAD}<comments xmlns="{MAIN}"><authors><author/></authors>'
        f"<commentList>{''.join(notes)}</commentList></comments>"
    )


def drawing(comments: dict[tuple[int, int], str]) -> str:
    """Return the hidden boxes in which the comments of a sheet show."""
    boxes = [
        _box(number, row, column)
        for number, (row, column) in enumerate(sorted(comments), start=1025)
    ]
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f"{''.join(boxes)}</xml>"
    )


def _box(number: int, row: int, column: int) -> str:
    anchor = f"{column + 1},15,{row},2,{column + 4},15,{row + 4},4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox/>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
