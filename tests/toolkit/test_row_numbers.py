"""The number of a row, or none: what comes from outside is not always one."""

import pytest

from toolkit.row_numbers import row_number


@pytest.mark.parametrize("text", ["42", 42, "0", "9" * 18])
def test_a_number_is_read(text):
    assert row_number(text) == int(text)


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1.0", "x", "٣", "１", "9" * 19, "9" * 4400, None]
)
def test_anything_else_is_none(text):
    assert row_number(text) is None
