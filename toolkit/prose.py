"""Plain text as the office writes it, made into headings, lists, tables and links.

    html = to_html("一、停水时间\\n日期\\t范围\\n11月25日\\t凤山巷")

No markup is stored, so none can be smuggled in: every character is escaped and only the
tags below are written. What a clerk copies from Word or Excel arrives in a text box
just so: a paragraph a line, table cells with tabs between them.

    一、…              heading               - … or · …       list
    （一）…            smaller heading       1. … 2. …        numbered list
    a 〈tab〉 b, a | b    table, its first line heads the columns

`to_easy_html` serves readers of large type: headings lose their numbers, and each line
of a table becomes a term with what belongs to it, so that nothing stands side by side.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_LONGEST_HEADING = 40
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、\S")
_SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]\S")
_HEADING_NUMBER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
)
_BULLET = re.compile(r"[-•·●▪◆]\s*(?=[^\d\s-])")
_NUMBERED = re.compile(r"(\d{1,2})[.、．](?!\d)\s*(?=\S)")
_CELLS = re.compile(r"\t|\s*[|｜]\s*")
_SENTENCE_ENDS = "。；，：！？.;,:!?"
# Addresses and telephone numbers become links; short numbers only after "dial".
_LINKS = re.compile(
    r"(?P<url>https?://[\w\-./?%&=#~+:@]*[\w/=])"
    r"|(?<!\d)(?P<phone>0\d{2,3}-\d{3,4}[ -]?\d{4}|[48]00-?\d{3}-?\d{4})(?!\d)"
    r"|(?<=[打拨话线报])(?P<short> ?(?:110|119|120|122|12345|12348|12349))(?!\d)",
    re.ASCII,
)

# A number of the land line as the portal writes it everywhere: 0577-65810000.
_AREA_AND_REST = re.compile(r"^(0\d{2,3})-(\d{3,4})[ -]?(\d{4})$", re.ASCII)


def to_html(text: str) -> SafeString:
    """Return the text as safe HTML: p, h2, h3, ul, ol, table and a, nothing else."""
    return _written(text, _WRITERS)


def to_easy_html(text: str) -> SafeString:
    """Return the text as safe HTML for large type: dl in place of table."""
    return _written(text, _EASY_WRITERS)


def _written(text: str, writers: dict) -> SafeString:
    parts, seen_heading = [], False
    for kind, lines in _blocks(text):
        if kind == "h3" and not seen_heading:
            kind = "h2"
        seen_heading = seen_heading or kind == "h2"
        parts.append(writers[kind](lines))
    # Every part comes from the writers below, which escape what they are given.
    return SafeString("\n".join(parts))


def inline(text: str) -> SafeString:
    """Return one line as safe HTML with its addresses and phone numbers as links."""
    pieces, end = [], 0
    for match in _LINKS.finditer(text):
        pieces += [escape(text[end : match.start()]), _link(match)]
        end = match.end()
    pieces.append(escape(text[end:]))
    return SafeString("".join(pieces))


def _link(match: re.Match) -> str:
    shown = escape(match[0].lstrip())
    gap = " " if match[0].startswith(" ") else ""
    if match["url"]:
        return f'{gap}<a href="{shown}" rel="noopener nofollow">{shown}</a>'
    dialled = re.sub(r"\D", "", match[0])
    if match["phone"]:
        shown = _AREA_AND_REST.sub(r"\1-\2\3", shown)
    return f'{gap}<a class="text-nowrap" href="tel:{dialled}">{shown}</a>'


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (kind, lines): neighbours of a list or a table belong together."""
    kinds = [(_kind(line), line) for line in _lines(text)]
    for kind, group in groupby(kinds, key=lambda pair: pair[0]):
        lines = [line for _kind, line in group]
        if kind == "table" and len(lines) > 1 or kind in ("ul", "ol"):
            yield kind, lines
        elif kind != "blank":
            for line in lines:
                yield "p" if kind == "table" else kind, [line]


def _lines(text: str) -> list[str]:
    """Return the lines without what Word leaves around them; blank ones stay."""
    return [line.strip(" \r\u3000\u00a0\ufeff") for line in text.split("\n")]


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if "\t" in line.strip() or re.search(r"\S\s*[|｜]\s*\S", line):
        return "table"
    is_short = len(line) <= _LONGEST_HEADING and line[-1] not in _SENTENCE_ENDS
    if is_short and _HEADING.match(line):
        return "h2"
    if is_short and _SUBHEADING.match(line):
        return "h3"
    if _BULLET.match(line):
        return "ul"
    return "ol" if _NUMBERED.match(line) else "p"


def _write_paragraph(lines: list[str]) -> str:
    return f"<p>{inline('　'.join(_CELLS.split(lines[0])))}</p>"


def _write_list(lines: list[str]) -> str:
    items = "".join(
        f"<li>{inline(_BULLET.sub('', line, count=1))}</li>" for line in lines
    )
    return f"<ul>{items}</ul>"


def _write_numbered(lines: list[str]) -> str:
    numbers = [int(_NUMBERED.match(line)[1]) for line in lines]
    start = numbers[0]
    if numbers != list(range(start, start + len(lines))):
        return "\n".join(f"<p>{inline(line)}</p>" for line in lines)
    items = "".join(
        f"<li>{inline(_NUMBERED.sub('', line, count=1))}</li>" for line in lines
    )
    return f'<ol start="{start}">{items}</ol>' if start != 1 else f"<ol>{items}</ol>"


def _write_plain_heading(lines: list[str]) -> str:
    return f"<h2>{inline(_HEADING_NUMBER.sub('', lines[0], count=1))}</h2>"


def _write_terms(lines: list[str]) -> str:
    items = ""
    for line in lines:
        term, *rest = _CELLS.split(line.strip(" |｜"))
        told = "<br>".join(inline(cell) for cell in rest)
        items += f"<div><dt>{inline(term)}</dt><dd>{told}</dd></div>"
    return f'<dl class="yh-terms">{items}</dl>'


def _write_table(lines: list[str]) -> str:
    rows = [_CELLS.split(line.strip(" |｜")) for line in lines]
    width = max(len(row) for row in rows)
    head, *body = [row + [""] * (width - len(row)) for row in rows]
    heads = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in head)
    records = "".join(
        f'<tr><th scope="row">{inline(first)}</th>'
        + "".join(f"<td>{inline(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in body
    )
    return (
        '<div class="table-container" role="region" tabindex="0" '
        f'aria-label="{_("表格")}">'
        f'<table class="table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{records}</tbody></table></div>"
    )


_WRITERS = {
    "p": _write_paragraph,
    "h2": lambda lines: f"<h2>{inline(lines[0])}</h2>",
    "h3": lambda lines: f"<h3>{inline(lines[0])}</h3>",
    "ul": _write_list,
    "ol": _write_numbered,
    "table": _write_table,
}
_EASY_WRITERS = _WRITERS | {
    "h2": _write_plain_heading,
    "h3": _write_plain_heading,
    "table": _write_terms,
}
