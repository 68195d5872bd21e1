import io
import zipfile

import pytest
import xlsxwriter
from pypdf import PdfWriter

from toolkit.child import ChildFailed, run_limited
from toolkit.document_text import MOST_CHARACTERS, TooMuchText, pieces_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def workbook(fill):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        fill(book)
    return stream.getvalue()


def word(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, body in parts.items():
            text = f'<w:document xmlns:w="{W}"><w:p>{body}</w:p></w:document>'
            archive.writestr(f"word/{name}.xml", text)
    return stream.getvalue()


def words(pieces):
    return " ".join(text for _part, _name, text in pieces)


def test_reads_every_sheet_with_its_name_and_lines():
    def fill(book):
        book.add_worksheet("说明").write(0, 0, "填表说明")
        book.add_worksheet("名单").write(2, 1, 13800138000)

    pieces = pieces_of("xlsx", workbook(fill))
    sheets = [piece for piece in pieces if piece[0] == "sheet"]
    assert [name for _part, name, _text in sheets] == ["说明", "名单"]
    assert sheets[1][2].split("\n")[2].strip() == "13800138000"


def test_reads_hidden_sheets_and_comments():
    def fill(book):
        sheet = book.add_worksheet("明")
        sheet.write(0, 0, "x")
        sheet.write_comment(0, 0, "批注里的号码")
        hidden = book.add_worksheet("暗")
        hidden.write(0, 0, "藏起来的")
        hidden.hide()

    found = words(pieces_of("xlsx", workbook(fill)))
    assert "藏起来的" in found
    assert "批注里的号码" in found


def test_joins_a_number_that_word_cut_into_runs():
    body = "<w:r><w:t>138</w:t></w:r><w:r><w:t>00138000</w:t></w:r>"
    assert "13800138000" in words(pieces_of("docx", word(document=body)))


def test_reads_headers_and_comments_of_word():
    parts = {"document": "", "header1": "<w:r><w:t>页眉</w:t></w:r>"}
    parts["comments"] = "<w:r><w:t>批注</w:t></w:r>"
    found = words(pieces_of("docx", word(**parts)))
    assert "页眉" in found
    assert "批注" in found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_reads_text_in_the_encodings_of_the_office(encoding):
    assert "姓名，电话" in words(pieces_of("csv", "姓名，电话".encode(encoding)))


def test_a_pdf_without_text_has_no_pieces():
    stream = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(stream)
    assert pieces_of("pdf", stream.getvalue()) == []


def test_a_pdf_without_a_page_is_refused():
    stream = io.BytesIO()
    PdfWriter().write(stream)
    with pytest.raises(ChildFailed) as refusal:
        run_limited("toolkit.document_text.pieces_of", "pdf", stream.getvalue())
    assert refusal.value.kind == "NoPage"


def test_a_damaged_document_is_the_childs_failure():
    with pytest.raises(ChildFailed):
        run_limited("toolkit.document_text.pieces_of", "pdf", b"%PDF-1.4 nothing")


def test_more_text_than_anybody_reads_is_refused():
    with pytest.raises(TooMuchText):
        pieces_of("txt", b"x" * (MOST_CHARACTERS + 1))
    assert pieces_of("txt", b"x" * MOST_CHARACTERS)
