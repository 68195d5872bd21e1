import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.pinyin import (
    LONGEST_NAME_KEY,
    LONGEST_PINYIN_KEY,
    LONGEST_SORT_KEY,
    normalise_name,
    pinyin_of,
    search_keys,
    sort_key,
)


def test_a_name_is_found_by_every_tail():
    keys = search_keys("张小明")

    assert set(keys.names) == {"张小明", "小明", "明"}
    assert set(keys.pinyins) == {"zhangxiaoming", "xiaoming", "ming"}
    assert set(keys.initials) == {"zxm", "xm", "m"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("单小明", "shan xiao ming"),
        ("解学文", "xie xue wen"),
        ("仇小明", "qiu xiao ming"),
        ("区小明", "ou xiao ming"),
        ("查小明", "zha xiao ming"),
        ("曾小明", "zeng xiao ming"),
        ("任小明", "ren xiao ming"),
        ("华小明", "hua xiao ming"),
        ("盖小明", "ge xiao ming"),
        ("朴小明", "piao xiao ming"),
        ("员小明", "yun xiao ming"),
        ("乐小明", "yue xiao ming"),
        ("缪小明", "miao xiao ming"),
        ("冼小明", "xian xiao ming"),
        ("翟小明", "zhai xiao ming"),
        ("覃小明", "qin xiao ming"),
        ("召小明", "shao xiao ming"),
        ("繁小明", "po xiao ming"),
        ("逄小明", "pang xiao ming"),
        ("宓小明", "fu xiao ming"),
        ("乜小明", "nie xiao ming"),
        ("尉迟明", "yu chi ming"),
        ("万俟明", "mo qi ming"),
        ("长孙明", "zhang sun ming"),
        ("澹台明", "tan tai ming"),
    ],
)
def test_a_surname_is_read_as_a_surname(name, said):
    assert pinyin_of(name) == said
    assert said.replace(" ", "") in search_keys(name).pinyins


def test_a_character_is_read_otherwise_in_a_given_name():
    assert pinyin_of("王乐") == "wang le"
    assert pinyin_of("王晟") == "wang sheng"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单小明", "danxiao"),
        ("解学文", "jiexue"),
        ("尉迟明", "weichi"),
        ("王乐", "wangyue"),
        ("吕布", "lvbu"),
        ("吕布", "lubu"),
        ("曾晟", "zengcheng"),
    ],
)
def test_other_readings_find_the_person_too(name, typed):
    assert any(key.startswith(typed) for key in search_keys(name).pinyins)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("阿依古丽·买买提", "买买提"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("阿依古丽•买买提", "阿依古丽·买"),
        ("John Smith", "smith"),
        ("王·Tom", "tom"),
        ("李　四", "李四"),
        ("Ｊｏｈｎ", "john"),
        ("𠮷小明", "𠮷"),
    ],
)
def test_dots_blanks_and_letter_forms_do_not_hide_a_name(name, typed):
    typed = normalise_name(typed)

    assert any(key.startswith(typed) for key in search_keys(name).names)


@pytest.mark.parametrize("name", ["", " ", "·", "..."])
def test_no_name_has_no_keys(name):
    assert search_keys(name) == ([], [], [])
    assert sort_key(name) == ""


def test_lists_run_by_sound_then_by_character_and_keep_a_surname_together():
    names = ["张三", "章一", "詹二", "张一", "安三", "长孙无忌", "章二"]

    assert sorted(names, key=sort_key) == [
        *("安三", "詹二", "张三", "张一", "章二", "章一", "长孙无忌")
    ]


def test_a_sort_key_shows_sound_tone_and_character():
    assert sort_key("单小明") == "shan4 单 xiao3 小 ming2 明"


han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1)


@given(st.text())
def test_keys_of_any_text_fit_their_column(name):
    keys = search_keys(name)

    assert all(0 < len(key) <= LONGEST_NAME_KEY for key in keys.names)
    assert all(
        0 < len(key) <= LONGEST_PINYIN_KEY for key in keys.pinyins + keys.initials
    )
    assert len(sort_key(name)) <= LONGEST_SORT_KEY


@given(han, st.data())
def test_any_part_of_a_name_is_the_beginning_of_a_key(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : start + data.draw(st.integers(1, LONGEST_NAME_KEY))]

    assert any(key.startswith(part) for key in search_keys(name).names)


@given(han)
def test_the_quick_way_and_the_long_way_agree(name):
    # A blank sends the name the long way round.
    quick, long = search_keys(name), search_keys(f" {name}")

    assert [set(keys) for keys in quick] == [set(keys) for keys in long]
