"""What a PDF uses many times is read once; small files cannot take long by that."""

from collections import Counter

import pytest
from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    _font,
)
from pypdf.generic._font import Font

from tests.toolkit.hidden_texts import entries, pdf_with, stream_of, with_font
from toolkit.package_text import FileWithin
from toolkit.pdf_text import texts_of

PLACES = 30


def counted(monkeypatch, owner, name: str) -> Counter:
    """Return what counts the calls of a function of pypdf, which is still called."""
    calls, act = Counter(), getattr(owner, name)

    def call(*args, **kwargs):
        calls[name] += 1
        return act(*args, **kwargs)

    monkeypatch.setattr(owner, name, call)
    return calls


def look_of(text: str, resources: DictionaryObject) -> StreamObject:
    content = f"BT /F1 12 Tf ({text}) Tj ET".encode()
    return stream_of(content, Subtype="Form", Resources=resources)


def noted(writer, looks: list) -> None:
    """Put a note on the page for each reference to what it looks like."""
    notes = [
        DictionaryObject(entries(AP=DictionaryObject(entries(N=look))))
        for look in looks
    ]
    writer.pages[0].update(entries(Annots=ArrayObject(notes)))


def form(writer) -> None:
    """Fill in fields that are all written in one font."""
    font = writer._add_object(with_font()["/Font"]["/F1"])
    fonts = DictionaryObject(entries(Font=DictionaryObject(entries(F1=font))))
    looks = [look_of(f"field{number}", fonts) for number in range(PLACES)]
    noted(writer, [writer._add_object(look) for look in looks])


def one_stamp(writer) -> None:
    noted(writer, [writer._add_object(look_of("seal", with_font()))] * PLACES)


def test_the_font_of_all_fields_is_read_once(monkeypatch):
    calls = counted(monkeypatch, _font, "get_encoding")
    _pages, others = texts_of(pdf_with(form))
    assert {f"field{number}" for number in range(PLACES)} <= set(others)
    assert calls["get_encoding"] == 1


def test_a_stamp_that_stands_in_many_places_is_read_once(monkeypatch):
    calls = counted(monkeypatch, PageObject, "extract_xform_text")
    _pages, others = texts_of(pdf_with(one_stamp))
    assert others.count("seal") == 1
    assert calls["extract_xform_text"] == 1


def test_fonts_are_read_as_before_once_a_file_is_read_or_refused():
    def refused(writer):
        held = DictionaryObject(entries(EF=DictionaryObject()))
        writer.root_object[NameObject("/Held")] = held

    read = Font.from_font_resource
    texts_of(pdf_with(form))
    with pytest.raises(FileWithin):
        texts_of(pdf_with(refused))
    assert Font.from_font_resource == read
