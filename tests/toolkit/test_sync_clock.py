"""When something happened, told by a phone whose clock may be wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from toolkit.sync.clock import moment_of

RECEIVED = datetime(2026, 12, 1, 9, tzinfo=UTC)
HOUR, YEAR = timedelta(hours=1), timedelta(days=400)


@pytest.mark.parametrize("error", [-YEAR, -8 * HOUR, timedelta(0), 8 * HOUR, 30 * YEAR])
def test_what_the_clock_is_wrong_by_is_taken_out(error):
    happened, sent = RECEIVED - HOUR, RECEIVED
    found = moment_of(happened + error, sent + error, RECEIVED)
    assert found.at == happened
    assert not found.is_uncertain


def test_a_slow_way_is_no_wrong_clock():
    happened, sent = RECEIVED - HOUR, RECEIVED - timedelta(seconds=90)
    assert moment_of(happened, sent, RECEIVED).at == happened


def test_a_clock_that_was_set_back_leaves_the_moment_open_and_says_so():
    found = moment_of(RECEIVED + YEAR, RECEIVED, RECEIVED)
    assert found.at == RECEIVED
    assert found.is_uncertain


def test_nothing_happens_after_it_has_arrived():
    ahead = timedelta(seconds=60)
    assert moment_of(RECEIVED + ahead, RECEIVED + ahead, RECEIVED).at == RECEIVED
