"""The columns of a roster: words of the models, headers as offices write them."""

import pytest

from communities.codes import LISTS
from communities.models import Household, Resident
from communities.roster import layout
from communities.roster.layout import COLUMNS, BadHeader, is_header, slots_of
from communities.roster.workbooks import words_of

OF_PERSON = {c.key for c in COLUMNS} - {
    *("number", "community", "grid", "lane", "door", "block", "staircase", "room"),
    "record",
}


def heads(*without: str) -> list[str]:
    return [c.head for c in COLUMNS if c.key not in without]


@pytest.mark.parametrize(
    ("field", "words"),
    [("living", layout.LIVING), ("registration", layout.REGISTRATION)],
)
def test_choices_are_those_of_the_model(field, words):
    choices = Resident._meta.get_field(field).choices
    assert words == {str(label): value for value, label in choices}


@pytest.mark.parametrize("key", sorted(OF_PERSON))
def test_a_column_about_a_person_is_a_field_of_the_resident(key):
    assert Resident._meta.get_field(key)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda c: c.key)
def test_no_cell_is_longer_than_its_field(column):
    owner = Resident if column.key in OF_PERSON else Household
    fields = {field.name: field for field in owner._meta.fields}
    field = fields.get(column.key)
    if column.longest and field is not None:
        assert column.longest <= field.max_length


@pytest.mark.parametrize(
    "column", [c for c in COLUMNS if c.code_list], ids=lambda c: c.key
)
def test_words_to_choose_from_are_understood(column):
    codes = LISTS[column.code_list]
    assert all(codes.find(word) is not None for word in words_of(column))


def test_titles_are_told_apart():
    assert len(layout.TITLES) >= sum(1 + len(c.others) for c in COLUMNS) - 1


def test_the_order_of_columns_does_not_matter():
    turned = list(reversed(heads()))
    slots, unknown = slots_of(turned)
    assert [layout.KEYS[slots[at]] for at in range(len(turned))] == [
        c.key for c in reversed(COLUMNS)
    ]
    assert unknown == []


@pytest.mark.parametrize(
    "title",
    [
        "姓名",
        "姓 名",
        "姓名＊",
        "姓名*",
        " 姓名 ",
        "\ufeff姓名",
        "姓名（必填）",
        "姓名：",
    ],
)
def test_a_title_is_known_in_many_spellings(title):
    assert layout.TITLES.get(layout.title_word(title)) == "name"


@pytest.mark.parametrize(
    "title", ["社区(村)", "社区（村）", "社区 （村）*", "所属社区"]
)
def test_brackets_of_a_title_may_be_wide_or_narrow(title):
    assert layout.TITLES.get(layout.title_word(title)) == "community"


def test_columns_nobody_knows_are_named_and_left_aside():
    _slots, unknown = slots_of([*heads(), "备注", "序号"])
    assert unknown == ["备注", "序号"]


@pytest.mark.parametrize(
    ("titles", "reason", "told"),
    [
        (heads("number"), "missing", "户号"),
        (heads("community", "grid"), "missing", "社区（村）、网格"),
        ([*heads(), "姓名"], "twice", "姓名"),
        ([*heads(), "手机号"], "twice", "联系电话"),
        ([*heads(), "工号*"], "unknown", "工号"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(titles, reason, told):
    with pytest.raises(BadHeader) as refused:
        slots_of(titles)
    assert refused.value.args == (reason, told)


def test_a_row_of_people_is_no_header():
    assert not is_header(["张三", "330381195302280011", "户主", "东湖社区"])
    assert not is_header(["姓名", "", None, 3])
