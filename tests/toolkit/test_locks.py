"""A lock is given to one at a time: a connection on PostgreSQL, a handle on SQLite."""

import pytest

from tests.toolkit.elsewhere import can_be_had, elsewhere, held_elsewhere
from toolkit.locks import exclusive, one_place


@pytest.fixture(autouse=True)
def own_folder(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_a_lock_that_is_held_is_refused():
    with exclusive("a") as held:
        assert held
        assert not elsewhere(can_be_had, "a")


def test_a_lock_that_another_holds_is_refused_here():
    with held_elsewhere("a"), exclusive("a") as held:
        assert not held


def test_who_was_refused_takes_nothing_from_the_holder():
    with exclusive("a"):
        assert not elsewhere(can_be_had, "a")
        assert not elsewhere(can_be_had, "a")


def test_a_lock_is_free_again_afterwards():
    with exclusive("a"):
        pass
    assert elsewhere(can_be_had, "a")
    assert can_be_had("a")


def test_a_lock_is_free_again_after_a_failure():
    def fail():
        with exclusive("a"):
            raise RuntimeError("act")

    with pytest.raises(RuntimeError, match="act"):
        fail()
    assert elsewhere(can_be_had, "a")


def test_locks_of_other_names_are_free():
    with exclusive("a"):
        assert elsewhere(can_be_had, "b")


def test_so_many_places_are_given_and_no_more():
    with one_place("a", 2) as first, one_place("b", 2) as other:
        assert first
        assert other
        assert elsewhere(place_can_be_had, "a", 2)
        assert not elsewhere(place_can_be_had, "a", 1)


def test_a_place_that_another_holds_is_passed_over():
    with held_elsewhere("a:0"), one_place("a", 2) as held:
        assert held
        assert not elsewhere(place_can_be_had, "a", 2)
    assert elsewhere(place_can_be_had, "a", 1)


def place_can_be_had(name: str, places: int) -> bool:
    with one_place(name, places) as held:
        return held
