"""The auditor reads which field was opened, whose data left, and from where."""

import pytest

from tests.factories import make_resident
from toolkit import audit
from toolkit.chain import broken_links, seal
from toolkit.formats import cn_moment
from toolkit.models import AuditEvent

TRAIL = "/accounts/trails/"
RESIDENTS = "/communities/residents/"


@pytest.fixture
def read(browse, mei):
    """Return the page of the newest event of a kind, and its line in list and file."""

    def pages(verb: str) -> tuple[str, str, str]:
        visitor = browse(mei)
        event = AuditEvent.objects.filter(verb=verb).latest("pk")
        listed = visitor.get(TRAIL, {"verb": verb}).content.decode()
        sent = {"format": "csv"}
        file = visitor.post(f"{TRAIL}export/?verb={verb}", sent).streaming_content
        page = visitor.get(f"{TRAIL}{event.pk}/").content.decode()
        return page, listed, b"".join(file).decode("utf-8-sig")

    return pages


def test_which_field_was_opened_is_read_in_words(read, lin, donghu_grid):
    person = make_resident(donghu_grid, name="王小明")
    audit.record("revealed", actor=lin, subject=person, fields=["health", "phone"])
    for page in read("revealed"):
        assert "健康状况、电话" in page
        assert "东湖社区01网格" in page


def test_whose_data_left_is_read_in_words(read, browse, lin, donghu_grid):
    make_resident(donghu_grid, living="away")
    url = f"{RESIDENTS}export/?living=away"
    sent = {"format": "csv", "purpose": "contact"}
    b"".join(browse(lin).post(url, sent).streaming_content)
    page, listed, file = read("exported")
    for words in (page, file):
        assert "姓名、性别、年龄、居住、证件号码、电话、住址、网格" in words
        assert "居住状态：外出，csv" in words
    for words in (page, listed, file):
        assert "东湖社区" in words
    assert "姓名、性别、年龄、居住" in listed
    # Few events have conditions: the list leaves them to page and file.
    assert "居住状态：外出，csv" not in listed


def test_a_figure_and_a_plain_name_are_words_too(read, lin, donghu):
    audit.record("changed", actor=lin, subject=donghu, fields=["visits.visits", "new"])
    page, _listed, _file = read("changed")
    assert "走访、new" in page


def test_a_unit_that_is_no_more_known_is_shown_by_its_path(read, lin):
    audit.record("read", actor=lin, reach="330381002000/330381002999/")
    page, _listed, _file = read("read")
    assert "330381002000/330381002999/" in page


def test_a_moment_is_told_to_the_second(read, lin):
    at = audit.record("read", actor=lin, batch="accounts.trail").at
    page, listed, file = read("read")
    for words in (page, listed, file):
        assert cn_moment(at) in words
    assert f"<h1>查看　{cn_moment(at)}</h1>" in page


def test_page_and_list_have_one_word_for_an_address(read, lin):
    audit.record("read", actor=lin, batch="accounts.trail")
    page, listed, _file = read("read")
    assert "<dt>网络地址</dt>" in page
    assert "网络地址" in listed
    assert "accounts.trail" not in page


@pytest.mark.django_db(transaction=True)
def test_what_was_sealed_before_still_verifies(lin):
    audit.record("revealed", actor=lin, fields=["phone"])
    audit.record("exported", actor=lin, fields=["b", "a"], about={"form": "x", "a": 1})
    assert seal() == 2
    assert list(broken_links()) == []
