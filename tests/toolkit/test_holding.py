from itertools import count

import pytest

from toolkit import holding


@pytest.fixture
def number(settings):
    """A held answer that is another one whenever it is read."""
    del settings.YUHAI_HELD_SECONDS
    numbers = count(1)
    return holding.held_for(30)(lambda: next(numbers))


def after(seconds, monkeypatch):
    later = holding.time.monotonic() + seconds
    monkeypatch.setattr(holding.time, "monotonic", lambda: later)


def test_an_answer_is_held(number, monkeypatch):
    assert number() == 1
    after(29, monkeypatch)
    assert number() == 1


def test_it_is_read_anew_after_a_while(number, monkeypatch):
    number()
    after(31, monkeypatch)
    assert number() == 2


def test_it_can_be_forgotten(number):
    number()
    number.forget()
    assert number() == 2


def test_a_setting_counts_instead(number, settings):
    settings.YUHAI_HELD_SECONDS = 0
    assert [number(), number()] == [1, 2]
