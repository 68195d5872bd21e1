"""An empty list says why it is empty, and offers only what its reader may do."""

import pytest

from tests.factories import make_assignment

TEAMS = "/volunteers/teams/"
NEW = f'<a href="{TEAMS}new/">'


@pytest.fixture
def reader(donghu):
    return make_assignment("reader", donghu, ["view_team"]).user


def empty(visitor, url) -> str:
    """Return what stands in place of the rows."""
    text = visitor.get(url).content.decode()
    return text.partition('<div class="yh-empty">')[2].partition("</div>")[0]


def test_nothing_yet_blames_no_condition(browse, reader):
    told = empty(browse(reader), TEAMS)
    assert "还没有志愿队伍" in told
    assert "条件" not in told
    assert "<p></p>" not in told


def test_the_first_entry_is_offered_to_who_may_make_it(browse, lin, reader):
    assert NEW in empty(browse(lin), TEAMS)
    assert "<a" not in empty(browse(reader), TEAMS)


def test_conditions_that_fit_nothing_are_named_as_the_reason(browse, lin):
    told = empty(browse(lin), f"{TEAMS}?kind=patrol")
    assert "没有符合查询条件的志愿队伍" in told
    assert "请调整条件后再查。" in told
    assert "<a" not in told
