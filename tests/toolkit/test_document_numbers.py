from tests.toolkit import hidden_texts
from toolkit.child import run_limited
from toolkit.document_numbers import search

NUMBER = "330381190001010018"
PHONE = "13800138000"


def test_tells_where_each_number_stands_and_masks_it():
    text = f"名单\n{PHONE}\n{PHONE} {PHONE}\n{NUMBER}".encode()
    shows_text, numbers = run_limited(
        "toolkit.document_numbers.search", "txt", text, frozenset(), 20
    )
    assert shows_text
    assert numbers == [
        ("text", "", 2, "mobile", "138****8000"),
        ("text", "", 3, "mobile", "138****8000"),
        ("text", "", 4, "id_number", "33*************018"),
    ]


def test_leaves_the_phones_of_the_office_and_tells_no_more_than_asked():
    text = "\n".join(f"138001380{number:02}" for number in range(99)).encode()
    _shown, numbers = search("txt", text, {PHONE}, 20)
    assert len(numbers) == 20
    assert numbers[0][2:] == (2, "mobile", "138****8001")


def test_a_scan_shows_no_text_whatever_its_properties_say():
    shows_text, numbers = search("pdf", hidden_texts.pdfs(PHONE)["property"], (), 20)
    assert not shows_text
    assert numbers == [("hidden", "", 0, "mobile", "138****8000")]
