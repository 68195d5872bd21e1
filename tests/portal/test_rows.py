"""Lines of notices are kept by what they say: no reader gets those of another."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from portal import rows
from portal.directory import Directory, Unit

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
DONGHU = Unit(7, "330381002036", "东湖社区", "community", "/x/y/", is_current=True)
ROW = (1, "停水通知", "<明早>恢复", "notice", DONGHU.pk, NOW, True)
KNOWN = Directory((DONGHU,))


@pytest.mark.parametrize("draw", [rows.lines, rows.short_lines])
def test_the_same_notice_in_two_languages(draw):
    told = draw([ROW], KNOWN, NOW)
    with override("en"):
        in_english = draw([ROW], KNOWN, NOW)
    for part in ("置顶", "11月20日"):
        assert part in told
        assert part not in in_english


@pytest.mark.parametrize("draw", [rows.lines, rows.short_lines])
def test_on_an_english_page_the_words_of_the_notice_are_marked(draw):
    assert "lang=" not in draw([ROW], KNOWN, NOW)
    with override("en"):
        told, _mark, end = draw([ROW], KNOWN, NOW).partition('<span class="yh-end">')
    assert 'lang="zh-Hans">停水通知' in told
    assert "lang=" not in end


@pytest.mark.parametrize("draw", [rows.lines, rows.short_lines])
def test_a_year_later_the_year_is_told(draw):
    assert "2026" not in draw([ROW], KNOWN, NOW)
    assert "2026年11月20日" in draw([ROW], KNOWN, NOW.replace(year=2027))


@pytest.mark.parametrize("draw", [rows.lines, rows.short_lines])
def test_a_unit_under_its_new_name(draw):
    assert "东湖社区" in draw([ROW], KNOWN, NOW)
    renamed = Directory((replace(DONGHU, name="西湖社区"),))
    assert "西湖社区" in draw([ROW], renamed, NOW)


def test_two_directories_that_say_the_same_are_one():
    assert Directory((DONGHU,)) == KNOWN
    assert hash(Directory((DONGHU,))) == hash(KNOWN)
    assert Directory((replace(DONGHU, phone="0577-1"),)) != KNOWN


def test_only_the_full_line_tells_gist_and_category():
    assert "&lt;明早&gt;恢复" in rows.lines([ROW], KNOWN, NOW)
    assert "恢复" not in rows.short_lines([ROW], KNOWN, NOW)
