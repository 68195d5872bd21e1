"""Hours as people say them."""

from datetime import time

import pytest
from django.utils.translation import override

from toolkit.hours import cn_hours, unbroken


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (time(14, 30), time(16), "下午2:30—4:00"),
        (time(9), time(10, 5), "上午9:00—10:05"),
        (time(9), time(14), "上午9:00—下午2:00"),
        (time(12), time(13), "中午12:00—下午1:00"),
        (time(11), time(12), "上午11:00—中午12:00"),
        (time(12), time(12, 45), "中午12:00—12:45"),
        (time(8, 30), None, "上午8:30"),
        (None, None, ""),
    ],
)
def test_hours_are_said_by_halves_of_the_day(start, end, said):
    assert cn_hours(start, end).replace("\u2060", "") == said


def test_hours_in_english():
    with override("en"):
        assert cn_hours(time(14, 30), time(16)) == "14:30–16:00"


def test_no_line_ends_inside_a_span():
    joined = unbroken("周一至周五 8:30—17:30，上午9:00起")
    assert joined.replace("\u2060", "|") == "周一至周五 8:30|—|17:30，上|午|9:00起"
