"""The history of a notice tells the words that residents read, and nobody's number."""

import pytest

from notices.wording import LONGEST, reworded
from tests.factories import make_notice

NUMBER = "330381190001010018"


def edited(browse, lin, notice, **fields):
    """Change a draft by its form; return its page."""
    sent = {
        "org_unit": notice.org_unit_id,
        "category": notice.category,
        "title": notice.title,
        "gist": notice.gist,
        "body": notice.body,
        "facts": "",
        "audience": [notice.org_unit_id],
    }
    url = f"/notices/notices/{notice.pk}/edit/"
    page = browse(lin).get(url)
    sent["seen"] = page.context["seen"]
    answer = browse(lin).post(url, sent | fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return browse(lin).get(notice.get_absolute_url()).content.decode()


def test_a_reviewer_reads_the_lines_that_were_changed(donghu, lin, browse):
    body = "第一段不变。\n停水到16:30。\n末段不变。"
    notice = make_notice(donghu, author=lin, body=body, gist="周三停水。")
    page = edited(
        browse,
        lin,
        notice,
        body=body.replace("16:30", "18:00"),
        gist="周四停水。",
    )
    assert "正文：停水到16:30。 → 停水到18:00。" in page
    assert "一句话要点：周三停水。 → 周四停水。" in page
    assert "内容不显示" not in page


def test_a_number_that_was_taken_out_stays_out_of_the_history(donghu, lin, browse):
    notice = make_notice(donghu, author=lin, body=f"王某{NUMBER}")
    page = edited(browse, lin, notice, body="王某")
    assert "正文：已修改，内容不显示" in page
    assert NUMBER not in page


@pytest.mark.parametrize("number", [NUMBER, "330381195001011234", "13900139000"])
def test_no_words_are_told_with_a_number_in_them(number, db):
    assert reworded(f"找{number}", "找社区") == reworded("找社区", f"找{number}") == {}


def test_a_long_text_is_told_in_part(db):
    told = reworded("", "好" * 2 * LONGEST)
    assert told == {"old": "", "new": "好" * LONGEST + "…"}


def test_lines_in_another_order_are_no_other_lines(db):
    assert reworded("甲\n乙", "乙\n甲") == {}


def test_a_thousand_lines_alike_are_told_at_once(db):
    told = reworded("甲\n" * 10_000, "甲\n乙\n" * 5_000)
    assert (told["old"][:3], told["new"][:3]) == ("甲\n甲", "乙\n乙")
