"""Work is skipped only while its inputs are the very same."""

import pytest

from devtools.stamps import Stamp, fingerprint


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text("django==5.2\n")
    return path


@pytest.fixture
def stamp(tmp_path):
    return Stamp(tmp_path / ".venv" / ".stamps" / "requirements.txt")


def test_nothing_is_done_before_it_was_done(stamp, lock):
    assert not stamp.matches(fingerprint([lock]))


def test_what_was_done_is_remembered(stamp, lock):
    stamp.write(fingerprint([lock]))

    assert stamp.matches(fingerprint([lock]))


def test_a_changed_file_is_noticed(stamp, lock):
    stamp.write(fingerprint([lock]))
    lock.write_text("django==5.3\n")

    assert not stamp.matches(fingerprint([lock]))


def test_a_changed_fact_is_noticed(stamp, lock):
    stamp.write(fingerprint([lock], "one"))

    assert not stamp.matches(fingerprint([lock], "another"))


def test_the_border_between_two_files_counts(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("xy")
    second.write_text("z")
    before = fingerprint([first, second])
    first.write_text("x")
    second.write_text("yz")

    assert fingerprint([first, second]) != before


def test_work_that_broke_off_is_noticed(stamp, lock):
    stamp.begin()

    assert stamp.broke_off
    assert not stamp.matches(fingerprint([lock]))


def test_work_that_was_given_up_did_not_break_off(stamp):
    stamp.begin()
    stamp.give_up()

    assert not stamp.broke_off


def test_work_that_was_finished_did_not_break_off(stamp, lock):
    stamp.begin()
    stamp.write(fingerprint([lock]))

    assert not stamp.broke_off
