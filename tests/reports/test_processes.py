"""Real processes: two at once, a worker killed half way, beat's ring."""

import json

import pytest

from tests.place import place_in, wait_for
from toolkit.metrics import definitions

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
]
STEPS = ("-m", "tests.reports.steps")


@pytest.fixture(scope="module")
def place(migrated_place, tmp_path_factory, django_db_blocker):
    folder = tmp_path_factory.mktemp("place")
    with place_in(folder, django_db_blocker, like=migrated_place) as place:
        place.run(*STEPS, "found")
        yield place


@pytest.fixture(autouse=True)
def nothing_left_running(place):
    yield
    place.close()


def standing(place, period) -> dict:
    return json.loads(place.run(*STEPS, "count", period))


def once() -> dict:
    """What one report for each of three units looks like."""
    return {"lines": [len(definitions())] * 3, "sessions": [1, 1, 2]}


def of(place, period) -> dict:
    found = standing(place, period)
    return {"lines": found["lines"], "sessions": found["sessions"]}


def test_three_processes_at_once_make_one_report_each(place):
    gate = place.folder / "gate"
    running = [place.start(*STEPS, "make", "2026-03", str(gate)) for _n in range(3)]
    wait_for(lambda: all(p.poll() is None for p in running), "three processes")
    gate.touch()
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert of(place, "2026-03") == once()


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_makes_all(place):
    halted = place.folder / "halted"
    worker = place.worker("-I", "tests.reports.halting")
    place.run(*STEPS, "ask", "2026-04")
    wait_for(halted.exists, "the worker to be half way")
    place.kill(worker)
    left = standing(place, "2026-04")
    assert left == {"lines": [], "sessions": [], "jobs": ["running"]}

    place.manage("run_due_jobs")
    after = standing(place, "2026-04")
    assert after["jobs"] == ["done"]
    assert after["lines"] == once()["lines"]


def test_a_ring_to_the_worker_makes_the_missed_months(place):
    place.worker()
    place.run(*STEPS, "begin", "2026-08-01")

    def made():
        return of(place, "2026-10")["lines"] == once()["lines"]

    wait_for(made, "the reports of October")
    for month in ("2026-08", "2026-09"):
        assert of(place, month)["lines"] == once()["lines"]
