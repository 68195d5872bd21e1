"""What is no name of a person."""

import pytest

from toolkit.names import DIGIT, FORMULA, NO_LETTER, flaw_of


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("张三", ""),
        ("刘〇", ""),
        ("买买提·吐尔逊", ""),
        ("Anna-Li O'Brien", ""),
        ("", NO_LETTER),
        ("12", NO_LETTER),
        ("—", NO_LETTER),
        ('=HYPERLINK("x")', FORMULA),
        (" '@SUM(A1)", FORMULA),
        ("+张", FORMULA),
        ("-张", FORMULA),
        ("张三2", DIGIT),
        ("张三２", DIGIT),
    ],
)
def test_letters_make_a_name_and_nothing_else_begins_it(text, flaw):
    assert flaw_of(text) == flaw
