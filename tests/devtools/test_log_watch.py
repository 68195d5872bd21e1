"""Errors of the children reach the terminal, ordinary lines do not."""

import pytest

from devtools.log_watch import LogWatch

ORDINARY = "[2026-11-23 08:00:00 +0800] [7] [INFO] Listening\n"
ERROR = "[2026-11-23 08:00:01 +0800] [7] [ERROR] Exception in worker\n"
TRACEBACK = 'Traceback (most recent call last):\n  File "a.py"\nValueError: no\n'


@pytest.fixture
def watch(tmp_path):
    return LogWatch(tmp_path / "web.log")


def write(watch, text):
    with watch.path.open("a") as log:
        log.write(text)


def test_is_silent_before_there_is_a_log(watch):
    assert watch.new_errors() == []


def test_shows_an_error_with_its_traceback_until_the_next_record(watch):
    write(watch, ORDINARY + ERROR + TRACEBACK + ORDINARY)

    assert watch.new_errors() == (ERROR + TRACEBACK).splitlines()


def test_shows_each_error_once(watch):
    write(watch, ERROR)
    watch.new_errors()

    assert watch.new_errors() == []


def test_waits_for_the_end_of_a_line(watch):
    write(watch, ERROR[:40])
    assert watch.new_errors() == []

    write(watch, ERROR[40:])
    assert watch.new_errors() == [ERROR.rstrip()]


def test_forgets_what_earlier_runs_wrote(watch):
    write(watch, ERROR)
    watch.skip_to_end()

    assert watch.new_errors() == []


def test_a_bare_traceback_is_an_error(watch):
    write(watch, TRACEBACK)

    assert watch.new_errors() == TRACEBACK.splitlines()


def test_starts_over_when_the_log_was_put_away(watch):
    write(watch, ORDINARY * 3)
    watch.new_errors()
    watch.path.unlink()
    write(watch, ERROR)

    assert watch.new_errors() == [ERROR.rstrip()]
