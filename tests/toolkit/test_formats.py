from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from governance.models import Question
from toolkit import formats, marks
from toolkit.columns import Column
from toolkit.periods import Period
from toolkit.spreadsheets import as_text
from toolkit.user_agents import device
from toolkit.xlsx.cells import PLAIN, truth_cell

DAY = date(2026, 11, 23)
# 20:05 UTC is already the next day in the street.
NIGHT = datetime(2026, 11, 22, 20, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def test_writes_a_day_with_and_without_its_year():
    assert formats.cn_date(DAY) == "2026年11月23日"
    assert formats.cn_day(DAY) == "11月23日"
    assert formats.cn_month(DAY) == "2026年11月"
    assert formats.cn_weekday(DAY) == "星期一"


def test_writes_moments_in_the_time_of_the_street():
    assert formats.cn_datetime(NIGHT) == "2026年11月23日 04:05"
    assert formats.cn_moment(NIGHT) == "2026年11月23日 04:05:00"
    assert formats.cn_day_time(NIGHT) == "11月23日 04:05"
    assert formats.cn_date(NIGHT) == "2026年11月23日"


def test_a_naive_moment_stands_as_it_is():
    assert formats.cn_time(datetime(2026, 11, 23, 9, 30)) == "09:30"


@pytest.mark.parametrize(
    "function",
    [
        formats.cn_date,
        formats.cn_day,
        formats.cn_month,
        formats.cn_weekday,
        formats.cn_time,
        formats.cn_datetime,
        formats.cn_moment,
        formats.cn_day_time,
        formats.money,
        formats.count,
        formats.file_size,
    ],
)
def test_nothing_is_written_for_no_value(function):
    assert function(None) == ""


def test_joins_words_and_sentences_in_the_manner_of_the_language():
    words = ["one", "", "two"]
    assert formats.listed(words) == "one、two"
    assert formats.phrased(words) == "one，two"
    assert formats.sentences(["甲。", "乙。"]) == "甲。乙。"
    assert formats.clauses(words) == "one；two"
    assert marks.colon() == "："
    with translation.override("en"):
        assert formats.listed(words) == formats.phrased(words) == "one, two"
        assert formats.sentences(["A.", "B."]) == "A. B."
        assert formats.clauses(words) == "one; two"
        assert marks.colon() == ": "
        assert formats.day_span(DAY, date(2026, 12, 1)) == "23 November—1 December"


def test_one_day_is_no_span():
    assert formats.day_span(DAY, DAY) == "11月23日"
    assert Period(DAY, date(2026, 11, 24)).label == "2026年11月23日"


def test_readers_of_english_get_english_dates():
    with translation.override("en"):
        assert formats.cn_date(DAY) == "23 November 2026"
        assert formats.cn_day_time(NIGHT) == "23 November 04:05"
        assert formats.cn_weekday(DAY) == "Monday"


def test_writes_a_period_with_its_last_day_or_to_today():
    assert formats.cn_span(date(2024, 6, 1), DAY) == "2024年6月1日—2026年11月23日"
    assert formats.cn_span(date(2024, 6, 1), None) == "2024年6月1日至今"
    assert formats.cn_span(None, DAY) == "至2026年11月23日"
    assert formats.cn_span(None, None) == ""


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (7800, "7,800.00"),
        (0, "0.00"),
        (Decimal("1234567.5"), "1,234,567.50"),
        (Decimal("0.005"), "0.01"),
        (0.1, "0.10"),
        (-200, "-200.00"),
    ],
)
def test_writes_money_with_thousands_and_two_decimals(amount, written):
    assert formats.money(amount) == written


def test_refuses_money_that_is_no_number():
    with pytest.raises(InvalidOperation):
        formats.money("七千八百")


def test_writes_sizes_of_files_in_kilobytes_and_megabytes():
    assert formats.file_size(12) == "1 KB"
    assert formats.file_size(190_464) == "186 KB"
    assert formats.file_size(2_516_582) == "2.4 MB"


def test_writes_yes_no_and_unknown():
    assert [formats.yes_no(value) for value in (True, False, None)] == [
        "是",
        "否",
        "不详",
    ]


def test_a_chip_says_its_word_and_escapes_it():
    assert formats.clock("超期 3 天", "late") == (
        '<span class="yh-clock yh-clock--late">超期 3 天</span>'
    )
    assert "<b>" not in formats.state("<b>待审", "wait")


def test_an_unknown_tone_is_plain_and_an_empty_chip_nothing():
    assert formats.state("低保", "shiny") == '<span class="yh-state">低保</span>'
    assert formats.clock("") == ""


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36", "Chrome，Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126 MicroMessenger/8", "微信，安卓"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126 Edg/126.0", "Edge，Windows"),
        ("curl/8", "未识别的浏览器"),
    ],
)
def test_names_browser_and_system_of_a_device(agent, told):
    assert device(agent) == told


def test_grounds_and_remarks_have_the_marks_of_the_language():
    grounds, remarks = ("高龄", "", "独居"), ("一次", "换晚上去")
    assert formats.clauses(grounds) == "高龄；独居"
    assert formats.in_short(remarks) == "一次。换晚上去"
    with translation.override("en"):
        assert formats.clauses(grounds) == "高龄; 独居"
        assert formats.in_short(remarks) == "一次. 换晚上去"


def written(template: str, **context) -> str:
    return Template(template).render(Context(context))


def test_templates_have_the_same_words():
    chip = {"text": "今天", "tone": "near"}
    assert written("{{ day|cn_date }}", day=DAY) == "2026年11月23日"
    assert written("{{ sum|money }}", sum=7800) == "7,800.00"
    assert "yh-clock--near" in written("{% clock chip %}", chip=chip)
    assert "yh-state" in written("{% state chip %}", chip=chip)


def test_a_string_that_a_view_has_finished_passes_every_filter():
    assert written("{{ at|cn_day_time }}", at="昨天") == "昨天"


def test_an_icon_is_decoration_from_the_sprite():
    icon = written('{% icon "door" %}')
    assert 'aria-hidden="true"' in icon
    assert "img/icons" in icon
    assert "#door" in icon


def test_a_qr_code_is_drawn_in_the_page_without_inline_style():
    code = written("{% qr_code text %}", text="otpauth://totp/x?secret=ABC")
    assert code.startswith("<svg")
    assert "style=" not in code
    assert "data:" not in code


def test_a_long_key_is_read_in_groups_of_four():
    assert written("{{ key|in_fours }}", key="ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_the_menu_marks_the_open_page_and_escapes_its_labels():
    line = {
        "label": "诉求<办理",
        "url": "/requests/?a=1&b=2",
        "icon": "request",
        "hue": "services",
        "current": True,
        "count": 23,
    }
    menu = written("{% menu_lines lines %}", lines=[line])
    assert '<li class="yh-services"><a href="/requests/?a=1&amp;b=2"' in menu
    assert 'aria-current="page"' in menu
    assert "诉求&lt;办理" in menu
    assert '<span class="yh-count">23</span>' in menu


class Conditions(forms.Form):
    name = forms.CharField(label="查找", max_length=3, required=False)
    unit = forms.ChoiceField(label="社区", choices=[("1", "东门社区")])
    gone = forms.BooleanField(label="含迁出", required=False)
    kinds = forms.MultipleChoiceField(
        choices=[("1", "低保")], widget=forms.CheckboxSelectMultiple
    )


def test_a_plain_condition_has_a_label_and_names_its_fault():
    form = Conditions({"name": "欧阳海滨", "unit": "1"})
    drawn = written("{% filter_field field %}", field=form["name"])
    assert '<label for="id_name" class="form-label">查找</label>' in drawn
    assert 'class="form-control is-invalid"' in drawn
    assert 'aria-describedby="id_name_error"' in drawn
    assert 'id="id_name_error"' in drawn


def test_every_kind_of_condition_is_drawn():
    form = Conditions({"unit": "1"})
    assert 'class="form-select"' in written("{% filter_field f %}", f=form["unit"])
    assert 'class="form-check"' in written("{% filter_field f %}", f=form["gone"])
    assert "form-check-input" in written("{% filter_field f %}", f=form["kinds"])


def test_the_month_of_a_leaf_is_short():
    assert formats.month_words(date(2026, 12, 1)) == "12月"
    with translation.override("en"):
        assert formats.month_words(date(2026, 12, 1)) == "Dec"


def test_yes_and_no_stand_in_lists_and_files_as_people_say_them():
    open_one = Question(is_open=True)
    assert Column("is_open").show(open_one) == "是"
    assert Column("is_open").export(open_one) is True
    assert as_text(True) == "是"
    assert "否" in truth_cell("A1", False, PLAIN)
