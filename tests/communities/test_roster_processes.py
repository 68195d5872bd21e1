"""A real worker, killed in the middle of a commit: the whole roster or none of it."""

import json

import pytest

from tests.place import place_in, wait_for

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
]
ACTS = ("-m", "tests.communities.roster_acts")
NONE = {"people": 0, "homes": 0, "keys": 0}
WHOLE = {"people": 3000, "homes": 1000, "keys": 3000}


@pytest.fixture(scope="module")
def handed_in(migrated_place, tmp_path_factory, django_db_blocker):
    """A place where a roster has been handed in and checked."""
    folder = tmp_path_factory.mktemp("handed-in")
    with place_in(folder, django_db_blocker, like=migrated_place) as place:
        place.run(*ACTS, "found")
        place.run(*ACTS, "hand")
        yield place


@pytest.fixture
def place(handed_in, tmp_path, django_db_blocker):
    with place_in(tmp_path, django_db_blocker, like=handed_in) as place:
        yield place


def standing(place) -> dict:
    return json.loads(place.run(*ACTS, "count"))


@pytest.mark.parametrize(
    "table",
    # Residents are written and their households are not; all is written, not committed.
    ["communities_household", "toolkit_auditevent"],
)
def test_a_worker_killed_in_mid_commit_leaves_nothing_and_the_sweep_writes_all(
    table, place
):
    place.env["HALT_AT"] = table
    worker = place.worker("-I", "tests.communities.roster_halting")
    place.run(*ACTS, "order")
    wait_for((place.folder / "halted").exists, "the worker to be half way")
    place.kill(worker)
    assert standing(place) == NONE | {"state": "committing", "job": "running"}

    place.manage("run_due_jobs")
    assert standing(place) == WHOLE | {"state": "committed", "job": "done"}
    place.manage("run_due_jobs")
    assert standing(place) == WHOLE | {"state": "committed", "job": "done"}


def test_a_worker_does_what_was_ordered_while_it_was_away(place):
    place.run(*ACTS, "order")
    place.worker()

    def is_written():
        return standing(place)["state"] == "committed"

    wait_for(is_written, "the roster")
    assert standing(place) == WHOLE | {"state": "committed", "job": "done"}
