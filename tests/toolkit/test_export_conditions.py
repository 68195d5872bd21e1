"""What cannot be read or is not answered lets nothing out: the export refuses."""

import re

import pytest

from tests.factories import make_lane
from toolkit.models import AuditEvent

URL = "/visits/visits/export/"


def checked(page: str, name: str) -> list[str]:
    """Return the values of the radio buttons of a question that are set."""
    buttons = re.findall(rf'<input type="radio" name="{name}"[^>]*>', page)
    return [re.search('value="([^"]*)"', b)[1] for b in buttons if " checked" in b]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("visited_from=abc", "起始日期：输入一个有效的日期。"),
        ("visited_to=0001-01-01", "截止日期：年份应在1900至2999之间。"),
        ("unit=999", "社区或网格：选择一个有效的选项"),
        ("outcome=never", "情况：选择一个有效的选项"),
    ],
)
def test_nonsense_is_refused_with_the_sentence_of_its_field(
    query, sentence, street, browse, mei
):
    asked = browse(mei).get(f"{URL}?{query}")
    ordered = browse(mei).post(f"{URL}?{query}", {"format": "csv"})
    for answer in (asked, ordered):
        assert answer.status_code == 400
        assert sentence in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="exported").exists()


def test_the_sentence_of_a_field_has_the_colon_of_its_language(street, browse, mei):
    visitor = browse(mei)
    visitor.cookies["django_language"] = "en"
    page = visitor.get(f"{URL}?visited_from=abc").content.decode()
    assert ": Enter a valid date." in page
    assert "：" not in page.partition("<main")[2].partition("</main>")[0]


def test_what_can_be_read_is_exported(donghu, browse, mei):
    make_lane(donghu, name="凤山巷")
    make_lane(donghu, name="菜巷")
    url = "/communities/lanes/export/?name=凤山"
    file = browse(mei).post(url, {"format": "csv"})
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert "凤山巷" in text
    assert "菜巷" not in text


def test_without_a_purpose_nothing_is_exported_and_the_form_says_so(
    street, browse, mei
):
    visitor = browse(mei)
    assert "尚未导出" not in visitor.get(URL).content.decode()
    refused = visitor.post(f"{URL}?outcome=normal", {"format": "csv"})
    page = refused.content.decode()
    assert refused.status_code == 422
    head, _title, below = page.partition("<h1>")
    assert "尚未导出" not in head
    assert '<b>尚未导出</b>，<a href="#id_purpose_contact">请选择用途</a>' in below
    assert 'aria-describedby="id_purpose_error"' in below
    assert 'id="id_purpose_contact"' in below
    assert 'value="csv" checked' in below
    assert "情况：正常" in below
    assert not AuditEvent.objects.filter(verb="exported").exists()


def test_a_format_that_is_none_is_asked_for_again(donghu, browse, mei):
    answer = browse(mei).post("/communities/lanes/export/", {"format": "doc"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert '<a href="#id_format_xlsx">请选择格式</a>' in page
    assert 'aria-describedby="id_format_error"' in page
    assert '<div id="id_format_error" class="invalid-feedback">' in page
    assert checked(page, "format") == []


def test_what_was_chosen_stays_chosen_when_the_rest_is_refused(street, browse, mei):
    visitor = browse(mei)
    page = visitor.get(URL).content.decode()
    assert (checked(page, "format"), checked(page, "purpose")) == (["xlsx"], [])
    page = visitor.post(URL, {"format": "csv"}).content.decode()
    assert (checked(page, "format"), checked(page, "purpose")) == (["csv"], [])
    assert "id_format_error" not in page
    page = visitor.post(URL, {"format": "doc", "purpose": "report"}).content.decode()
    assert (checked(page, "format"), checked(page, "purpose")) == ([], ["report"])
    page = visitor.get(f"{URL}?format=csv").content.decode()
    assert checked(page, "format") == ["csv"]
