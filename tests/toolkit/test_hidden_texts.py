import io
import zipfile

import pytest

from tests.toolkit import hidden_texts
from toolkit.child import ChildFailed, run_limited
from toolkit.document_text import pieces_of
from toolkit.package_text import Unpacked
from toolkit.privacy.detectors import find_personal_numbers

NUMBER = "330381190001010018"
READ = "toolkit.document_text.pieces_of"
WORKBOOKS = hidden_texts.workbooks(NUMBER)
WORDS = hidden_texts.words(NUMBER)
PDFS = hidden_texts.pdfs(NUMBER)
WITH_FILES = hidden_texts.with_files(NUMBER)


def found_in(kind, data):
    """Return the parts of a document in which a number was found."""
    pieces = pieces_of(kind, data)
    return [part for part, _name, text in pieces if find_personal_numbers(text)]


@pytest.mark.parametrize("place", WORKBOOKS)
def test_finds_a_number_anywhere_in_a_workbook(place):
    assert found_in("xlsx", WORKBOOKS[place])


@pytest.mark.parametrize("place", WORDS)
def test_finds_a_number_anywhere_in_a_text_of_word(place):
    assert found_in("docx", WORDS[place])


@pytest.mark.parametrize("place", PDFS)
def test_finds_a_number_anywhere_in_a_pdf(place):
    assert found_in("pdf", PDFS[place]) == ["hidden"]


def test_what_a_cell_shows_is_told_once():
    def fill(book):
        book.active["A1"] = NUMBER
        book.active["A2"] = 13800138000

    assert found_in("xlsx", hidden_texts.workbook_with(fill)) == ["sheet"]


def test_the_paragraph_of_a_text_is_told_once():
    body = f"<w:r><w:t>{NUMBER}</w:t></w:r>"
    assert found_in("docx", hidden_texts.word(body)) == ["text"]


@pytest.mark.parametrize("between", ["tab", "br", "cr", "noBreakHyphen"])
def test_what_stands_before_a_number_is_no_part_of_it(between):
    body = f"<w:r><w:t>1</w:t><w:{between}/><w:t>{NUMBER}</w:t></w:r>"
    assert found_in("docx", hidden_texts.word(body)) == ["text"]


@pytest.mark.parametrize(
    "told",
    [
        '<x tint="0.149977111117893" id="{33038119-0001-4101-8018-138001380001}"/>',
        "<x><posOffset>138</posOffset><posOffset>00138000</posOffset></x>",
        '<x a="1380013" b="8000"/>',
    ],
)
def test_measures_and_marks_of_programs_are_no_numbers_of_people(told):
    part = {"word/styles.xml": told}
    assert found_in("docx", hidden_texts.word(**part)) == []


def test_a_scan_shows_no_text_whatever_its_properties_say():
    pieces = pieces_of("pdf", PDFS["property"])
    assert [part for part, _name, _text in pieces] == ["hidden"]


@pytest.mark.parametrize("name", ["word/document.xml", "docProps/app.xml"])
def test_a_part_with_a_document_type_is_refused(name):
    trick = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, trick)
    with pytest.raises(ChildFailed) as refusal:
        run_limited(READ, "docx", stream.getvalue())
    assert refusal.value.kind == "DocumentType"


def test_a_file_within_that_unpacks_to_very_much_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 20_000_000)
    data = hidden_texts.word(**{"word/embeddings/a.xlsx": stream.getvalue()})
    with pytest.raises(Unpacked):
        pieces_of("docx", data)


@pytest.mark.parametrize("how", WITH_FILES)
def test_a_document_with_another_file_in_it_is_refused(how):
    with pytest.raises(ChildFailed) as refusal:
        run_limited(READ, *WITH_FILES[how])
    assert refusal.value.kind == "FileWithin"


def test_a_number_typed_into_the_workbook_behind_a_chart_is_found():
    def fill(book):
        book.active["A1"] = 13800138000.0

    data = hidden_texts.workbook_with(fill)
    assert found_in("docx", hidden_texts.word(**{"word/embeddings/a.xlsx": data}))
