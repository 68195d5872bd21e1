"""Marks that nobody sees are taken out of what people type."""

import pytest

from toolkit.unseen import has_letter, lines, one_line, seen

NOTHING = [
    "\u200b",
    "\ufeff",
    "\u3164",
    "\u0301",
    "\u202e",
    "\u2066\u2069",
    "\u00ad",
    "\u2800",
    "\uffa0",
    "\u200b\u0301",
    "\ufe0f",
    "\U000e0041",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_sees_is_nothing(text):
    assert seen(text) == ""
    assert one_line(text) == ""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("张\u200b三丰", "张三丰"),
        ("\u202e三张", "三张"),
        ("\u2067王\u2069阿婆", "王阿婆"),
        ("张 \u0301三", "张 三"),
    ],
)
def test_a_mark_within_is_taken_out(text, read):
    assert seen(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "王阿婆",
        "José",
        "Jose\u0301",
        "葛\U000e0100",
        "买买提·吐尔逊",
        "❤️",
        "三　丰",
        "𠮷",
    ],
)
def test_what_is_seen_stays(text):
    assert seen(text) == text


def test_a_line_stays_one():
    assert one_line("凤山\r\n巷\t7号\u2028") == "凤山 巷 7号 "


def test_lines_and_tabs_stay_where_they_may():
    assert lines("一\r\n二\t三\u2028四\x0b\u200b") == "一\r\n二\t三\n四 "


def test_a_nul_is_left_to_those_who_refuse_it():
    assert one_line("a\0b") == lines("a\0b") == "a\0b"


@pytest.mark.parametrize(("text", "has"), [("张3", True), ("é", True), ("·—1", False)])
def test_a_letter_is_one_of_any_script(text, has):
    assert has_letter(text) == has
