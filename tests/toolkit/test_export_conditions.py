"""A condition that cannot be read lets nothing out: the export refuses, too."""

import pytest

from tests.factories import make_lane
from toolkit.models import AuditEvent

URL = "/visits/visits/export/"


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


def test_what_can_be_read_is_exported(donghu, browse, mei):
    make_lane(donghu, name="凤山巷")
    make_lane(donghu, name="菜巷")
    url = "/communities/lanes/export/?name=凤山"
    file = browse(mei).post(url, {"format": "csv"})
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert "凤山巷" in text
    assert "菜巷" not in text
