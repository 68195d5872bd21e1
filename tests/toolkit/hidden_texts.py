"""Documents with a text where hardly anybody looks, one for each such place."""

import io
import zipfile

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EMPTY_WORD = f'<w:document xmlns:w="{W}"><w:p/></w:document>'


def workbook_with(hide) -> bytes:
    """Return a workbook as openpyxl writes it, once `hide` has put something in."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "填表说明"
    hide(book)
    book.save(stream)
    return stream.getvalue()


def workbooks(text: str) -> dict[str, bytes]:
    """Return workbooks in which the text stands in none of the cells."""

    def comment(book):
        book.active["B2"].comment = Comment(text, "某人")

    def validation(book):
        listed = DataValidation("list", formula1=f'"甲,{text},乙"')
        listed.add("B2")
        book.active.add_data_validation(listed)

    def defined(book):
        book.defined_names["名单"] = DefinedName("名单", attr_text=f'"{text}"')

    def custom(book):
        book.custom_doc_props.append(StringProperty(name="备注", value=text))

    def formula(book):
        book.active["C3"] = f'=IF(1,"无","{text}")'

    hidings = {
        "formula": formula,
        "comment": comment,
        "sheet name": lambda book: book.create_sheet(text),
        "property": lambda book: setattr(book.properties, "keywords", text),
        "custom property": custom,
        "header": lambda book: setattr(book.active.oddHeader.left, "text", text),
        "footer": lambda book: setattr(book.active.evenFooter.center, "text", text),
        "validation": validation,
        "defined name": defined,
    }
    made = {place: workbook_with(hide) for place, hide in hidings.items()}
    return made | {
        "company": company(text),
        "unused string": unused_string(text),
        "remark among the cells": among_cells(f"<!--{text}-->"),
        "instruction among the cells": among_cells(f"<?note {text}?>"),
    }


def company(text: str) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet()
        book.set_properties({"company": text})
    return stream.getvalue()


def unused_string(text: str) -> bytes:
    """Return a workbook that still holds what was once in a cell."""
    runs = f"<r><t>{text[:6]}</t></r><r><t>{text[6:]}</t></r>"
    strings = f'<sst xmlns="u"><si>{runs}</si></sst>'
    return with_part(workbook_with(bool), "xl/sharedStrings2.xml", strings)


def among_cells(mark: str) -> bytes:
    """Return a workbook with a mark between two rows of its sheet."""
    whole, stream = io.BytesIO(workbook_with(bool)), io.BytesIO()
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(stream, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name)
            copy.writestr(name, part.replace(b"</row>", b"</row>" + mark.encode()))
    return stream.getvalue()


def with_part(document: bytes, name: str, body: str | bytes) -> bytes:
    """Return an Office file with one part more."""
    stream = io.BytesIO(document)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, body)
    return stream.getvalue()


def word(body: str = "", **parts: str | bytes) -> bytes:
    """Return a text of Word: the inside of its one paragraph, and other parts."""
    stream = io.BytesIO()
    main = EMPTY_WORD.replace("<w:p/>", f"<w:p>{body}</w:p>")
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", main)
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def words(text: str) -> dict[str, bytes]:
    """Return texts of Word in which the text stands in no common paragraph."""
    run = f"<w:r><w:t>{text[:6]}</w:t></w:r><w:r><w:t>{text[6:]}</w:t></w:r>"
    part = f'<w:x xmlns:w="{W}"><w:p>{run}</w:p></w:x>'
    in_parts = (
        "word/comments.xml",
        "word/commentsExtended.xml",
        "word/footnotes.xml",
        "word/header3.xml",
        "word/glossary/document.xml",
        "word/charts/chart1.xml",
        "customXml/item1.xml",
    )
    made = {name: word(**{name: part}) for name in in_parts}
    groups = f"{text[:6]} {text[6:14]} {text[14:]}"
    props = f"<p xmlns:v='u'><v:lpwstr>{text}</v:lpwstr></p>"
    split = "<w:r><w:drawing><w:pos>12700</w:pos></w:drawing></w:r>"
    return made | {
        "property": word(**{"docProps/custom.xml": props}),
        "link": word(**{"word/_rels/document.xml.rels": f'<R T="tel:{text}"/>'}),
        "field": word(f'<w:fldSimple w:instr="QUOTE {text}"/>'),
        "text box": word(f"<w:r><w:txbxContent><w:p>{run}</w:p></w:txbxContent></w:r>"),
        "around a drawing": word(run.replace("</w:r><w:r>", f"</w:r>{split}<w:r>")),
        "deleted digit": word(changed(text)),
        "before a change": word(replaced(text)),
        "field in pieces": word(instructed(text)),
        "remark": word(**{"word/styles.xml": f"<x><!--{text}--></x>"}),
        "instruction": word(**{"word/styles.xml": f"<x><?note {text}?></x>"}),
        "old drawing": word(**{"word/vml.vml": f"<x>图<br>{text}</x>"}),
        "groups in it": word(**{"word/vml.vml": f"<x>图<br>{groups}</x>"}),
        "workbook": word(**{"word/embeddings/a.xlsx": company(text)}),
        "picture": word(**{"word/media/a.jpg": picture(text)}),
        "number in groups": word(**{"word/media/a.jpg": picture(in_groups(text))}),
        "settings of a printer": word(
            **{"word/printerSettings1.bin": in_groups(text).encode("utf-16-le")}
        ),
    }


def in_groups(text: str) -> str:
    return f"{text[:6]} {text[6:14]}-{text[14:]}"


def with_files(text: str) -> dict[str, tuple[str, bytes]]:
    """Return (kind, document) with another file in each, however it is put in."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = f'<R><Relationship Type="{relation}/aFChunk" Target="a.dat"/></R>'
    old, book = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", workbook_with(bool)
    parts = {
        "object": ("word/embeddings/o.bin", text.encode()),
        "old Office": ("word/media/a.tmp", old + word()),
        "web page": ("word/afchunk.htm", f"<p>{text}</p>"),
        "mail": ("word/a.dat", f"MIME-Version: 1.0\n\n{text}"),
        "text": ("word/media/a.txt", text),
        "in the place of text": ("word/_rels/document.xml.rels", rels),
        "text of Word": ("word/embeddings/a.docx", word(text)),
        "file in a workbook": (
            "word/embeddings/a.xlsx",
            with_part(book, "xl/embeddings/b.xlsx", book),
        ),
    }
    made = {how: ("docx", word(**{part[0]: part[1]})) for how, part in parts.items()}
    return made | {
        "file in a PDF": (
            "pdf",
            pdf_with(lambda writer: writer.add_attachment("a.txt", text.encode())),
        ),
        "file that nothing in the PDF names": ("pdf", pdf_with(loose_file)),
    }


def loose_file(writer) -> None:
    hold(writer, stream_of(b"", Type="EmbeddedFile"))


def changed(text: str) -> str:
    """Return runs in which one digit was deleted and the right one put in."""
    deleted = "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
    inserted = f"<w:ins><w:r><w:t>{text[3]}</w:t></w:r></w:ins>"
    before, behind = f"<w:t>{text[:3]}</w:t>", f"<w:t>{text[4:]}</w:t>"
    return f"<w:r>{before}</w:r>{deleted}{inserted}<w:r>{behind}</w:r>"


def replaced(text: str) -> str:
    """Return runs that were the text until something else was put in its middle."""
    pieces = text[6:10], text[10:14]
    cut = "".join(f"<w:r><w:delText>{piece}</w:delText></w:r>" for piece in pieces)
    inserted = "<w:ins><w:r><w:t>某</w:t></w:r></w:ins>"
    before, behind = f"<w:t>{text[:6]}</w:t>", f"<w:t>{text[14:]}</w:t>"
    return f"<w:r>{before}</w:r><w:del>{cut}</w:del>{inserted}<w:r>{behind}</w:r>"


def instructed(text: str) -> str:
    """Return a field whose instruction Word has cut, and whose end was deleted."""
    begun = f"<w:r><w:instrText>QUOTE {text[:9]}</w:instrText></w:r>"
    ended = f"<w:r><w:delInstrText>{text[9:]}</w:delInstrText></w:r>"
    return f"{begun}<w:del>{ended}</w:del>"


def picture(text: str) -> bytes:
    """Return a photograph with the text in its metadata."""
    stream, exif = io.BytesIO(), Image.Exif()
    exif[270] = text
    Image.new("RGB", (8, 8)).save(stream, "JPEG", exif=exif, comment=text.encode())
    return stream.getvalue()


def pdfs(text: str) -> dict[str, bytes]:
    """Return PDFs of one empty page with the text in one place each."""

    def note(writer):
        writer.add_annotation(0, FreeText(text=text, rect=(0, 0, 99, 99)))

    def field(writer):
        entry = {NameObject("/T"): TextStringObject("号码")}
        entry[NameObject("/V")] = TextStringObject(text)
        fields = ArrayObject([writer._add_object(DictionaryObject(entry))])
        form = DictionaryObject({NameObject("/Fields"): fields})
        writer.root_object[NameObject("/AcroForm")] = form

    def description(writer):
        reference = stream_in(writer, f"<x><dc>{text}</dc></x>")
        writer.root_object[NameObject("/Metadata")] = reference

    def choices(writer):
        shown = ArrayObject([TextStringObject("甲"), TextStringObject(text)])
        field = DictionaryObject({NameObject("/Opt"): shown})
        writer.root_object[NameObject("/AcroForm")] = writer._add_object(field)

    def form(writer):
        parts = ArrayObject([TextStringObject("data"), stream_in(writer, text)])
        found = DictionaryObject({NameObject("/XFA"): parts})
        writer.root_object[NameObject("/AcroForm")] = found

    def held(key):
        def hide(writer):
            entry = DictionaryObject({NameObject(key): stream_in(writer, text)})
            writer.root_object[NameObject("/AcroForm")] = writer._add_object(entry)

        return hide

    streams = {key: pdf_with(held(key)) for key in ("/V", "/RV", "/RC", "/JS")}
    return streams | {
        "choices": pdf_with(choices),
        "form": pdf_with(form),
        "end": at_the_end(text),
        "packed object": packed(text),
        "property": pdf_with(lambda writer: writer.add_metadata({"/Author": text})),
        "outline": pdf_with(
            lambda writer: writer.add_outline_item(title=text, page_number=0)
        ),
        "note": pdf_with(note),
        "field": pdf_with(field),
        "description": pdf_with(description),
        "title in GBK": pdf_with(lambda writer: title_in_gbk(writer, text)),
        "look of a stamp": pdf_with(lambda writer: stamp(writer, text)),
        "what signs stand for": pdf_with(lambda writer: stand_for(writer, text)),
        "photograph": pdf_with(lambda writer: photograph(writer, text)),
    }


def hold(writer, what) -> None:
    """Put something into the file that no page shows."""
    writer.root_object[NameObject("/Held")] = writer._add_object(what)


def entries(**values) -> dict:
    """Return the entries of a dictionary; texts are names."""
    named = {
        name: NameObject(f"/{value}") if isinstance(value, str) else value
        for name, value in values.items()
    }
    return {NameObject(f"/{name}"): value for name, value in named.items()}


def stream_of(data: bytes, **values) -> StreamObject:
    stream = StreamObject()
    stream.set_data(data)
    stream.update(entries(**values))
    return stream


def title_in_gbk(writer, text: str) -> None:
    title = ByteStringObject("浙江张三".encode("gbk") + text.encode())
    hold(writer, DictionaryObject(entries(Title=title)))


def with_font() -> DictionaryObject:
    font = DictionaryObject(entries(Type="Font", Subtype="Type1", BaseFont="Helvetica"))
    return DictionaryObject(entries(Font=DictionaryObject(entries(F1=font))))


def stamp(writer, text: str) -> None:
    """Put a stamp on the page whose appearance shows the text."""
    content = f"BT /F1 12 Tf ({text}) Tj ET".encode()
    form = stream_of(content, Subtype="Form", Resources=with_font())
    look = writer._add_object(form)
    looks = DictionaryObject(entries(N=look))
    note = DictionaryObject(entries(AP=looks))
    writer.pages[0].update(entries(Annots=ArrayObject([note])))


def stand_for(writer, text: str) -> None:
    written = f"\ufeff{text}".encode("utf-16-be").hex()
    content = f"/Span <</ActualText <{written}>>> BDC EMC".encode()
    reference = writer._add_object(stream_of(content))
    page = entries(Contents=reference, Resources=with_font())
    writer.pages[0].update(page)


def photograph(writer, text: str) -> None:
    hold(writer, stream_of(picture(in_groups(text)), Filter="DCTDecode"))


def pdf_with(hide) -> bytes:
    """Return a PDF of one empty page, once `hide` has put something in."""
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    hide(writer)
    writer.write(stream)
    return stream.getvalue()


def stream_in(writer: PdfWriter, text: str):
    """Return the reference to a stream of a PDF that holds a text."""
    stream = StreamObject()
    stream.set_data(text.encode())
    return writer._add_object(stream)


PLAIN = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
)


def written(objects: list[str]) -> tuple[str, list[int]]:
    """Return the body of a PDF, byte for byte, and where its objects begin."""
    body, places = "%PDF-1.5\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    return body, places


def at_the_end(text: str) -> bytes:
    """Return a PDF with its properties in the trailer, and an entry that is broken."""
    body, places = written([*PLAIN, "broken"])
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Root 1 0 R /Size 5 /Info << /Author ({text}) >> >>"
    table = f"xref\n0 5\n0000000000 65535 f \n{entries}trailer\n{trailer}\n"
    return f"{body}{table}startxref\n{len(body)}\n%%EOF".encode()


def packed(text: str) -> bytes:
    """Return a PDF with its properties in an object within a stream of objects."""
    inner = f"5 0 << /Author ({text}) >>"
    about = f"<< /Type /ObjStm /N 1 /First 4 /Length {len(inner)} >>"
    body, places = written([*PLAIN, f"{about}\nstream\n{inner}\nendstream"])
    kept = [f"01{at:04x}00" for at in (*places, len(body))]
    rows = "".join(["00000000", *kept[:-1], "02000400", kept[-1]])
    head = f"<< /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Length {len(rows)} "
    head += "/Filter /ASCIIHexDecode >>"
    last = f"6 0 obj\n{head}\nstream\n{rows}\nendstream\nendobj\n"
    return f"{body}{last}startxref\n{len(body)}\n%%EOF".encode()
