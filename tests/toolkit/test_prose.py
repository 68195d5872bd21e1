import pytest

from toolkit.prose import inline, to_easy_html, to_html


def test_each_line_is_a_paragraph():
    assert to_html("一行\n\n又一行") == "<p>一行</p>\n<p>又一行</p>"


def test_numbered_headings_become_headings():
    html = to_html("一、停水时间\n（一）东段\n正文。")
    assert html == "<h2>一、停水时间</h2>\n<h3>（一）东段</h3>\n<p>正文。</p>"


def test_a_sentence_that_begins_like_a_heading_stays_a_paragraph():
    assert to_html("一、请各家在明天以前存水。").startswith("<p>")


def test_headings_skip_no_level():
    assert to_html("（一）东段") == "<h2>（一）东段</h2>"


def test_lists():
    assert to_html("- 关窗\n· 通风") == "<ul><li>关窗</li><li>通风</li></ul>"
    assert to_html("1. 打电话\n2. 登记") == "<ol><li>打电话</li><li>登记</li></ol>"
    assert to_html("3、第三\n4、第四").startswith('<ol start="3">')
    assert "<ol>" not in to_html("1. 第一\n3. 第三")


@pytest.mark.parametrize("gap", ["\t", " | ", "｜"])
def test_cells_become_a_table_with_heads(gap):
    html = to_html(f"日期{gap}范围\n25日{gap}凤山巷")
    assert '<th scope="col">日期</th><th scope="col">范围</th>' in html
    assert '<tr><th scope="row">25日</th><td>凤山巷</td></tr>' in html


def test_ragged_rows_are_filled():
    assert to_html("a|b|c\nd|e").count("<td>") == 2


def test_one_line_of_cells_is_a_paragraph():
    assert to_html("时间\t地点") == "<p>时间　地点</p>"


def test_easy_text_has_terms_for_tables_and_no_numbers():
    html = to_easy_html("一、哪一天\n25日 | 凤山巷 | 早上")
    assert "<h2>哪一天</h2>" in html
    html = to_easy_html("25日 | 凤山巷 | 早上\n26日 | 菜巷 | 早上")
    assert "<dt>25日</dt><dd>凤山巷<br>早上</dd>" in html
    assert "<table" not in html


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("请打 0577-6581 2345。", "057765812345"),
        ("请打0577-65812345", "057765812345"),
        ("打 110", "110"),
        ("拨打12345", "12345"),
        ("400-123-4567", "4001234567"),
    ],
)
def test_phones_become_links(text, dialled):
    assert f' href="tel:{dialled}">' in inline(text)


def test_a_phone_has_one_shape_wherever_it_stands():
    for written in ("0577-65812345", "0577-6581 2345", "0577-6581-2345"):
        assert ">0577-65812345</a>" in inline(f"请打{written}。")


@pytest.mark.parametrize(
    "text", ["全长 110 米", "120户", "12345 元", "330381190001010018"]
)
def test_other_numbers_do_not(text):
    assert "<a" not in inline(text)


def test_addresses_become_links():
    html = inline("见 https://www.example.gov.cn/a?b=1&c=2。谢谢")
    assert 'href="https://www.example.gov.cn/a?b=1&amp;c=2"' in html
    assert html.endswith("。谢谢")


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "一、<b onmouseover=alert(1)>x</b>",
        "- <svg/onload=alert(1)>",
        "<i>a</i> | <i>b</i>\n<i>c</i> | <i>d</i>",
        'https://x.cn/"onmouseover="alert(1)',
        "javascript:alert(1)",
        "{{ 7*7 }}{% debug %}",
    ],
)
def test_markup_in_the_text_stays_text(payload):
    for html in (to_html(payload), to_easy_html(payload), inline(payload)):
        assert "<script" not in html
        assert "<img" not in html
        assert "<svg" not in html
        assert "<b" not in html.replace("<br", "")
        assert "<i>" not in html
        assert 'href="javascript' not in html
        assert '"onmouseover="' not in html
