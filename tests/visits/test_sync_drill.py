"""Sixty phones hand in a day's work while the server is killed, and posts change.

As a test it is small; `YUHAI_DRILL=full` before the test command makes it whole:
10,000 visits, 60 phones, ten kills, and 1,000 visits among changing posts.
"""

import json
import os
import socket
from collections import Counter
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.place import wait_for
from tests.visits.conftest import days_ago
from tests.visits.drill import Device, Server, started
from tests.visits.parcels import body_of, item_of, sealed
from tests.visits.test_sync_processes import step

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
]

IS_FULL = os.environ.get("YUHAI_DRILL") == "full"
PHONES, VISITS, PEOPLE, KILLS = (60, 10_000, 500, 10) if IS_FULL else (5, 200, 40, 2)
QUEUED = 1_000 if IS_FULL else 150


def written(people: list[int], count: int) -> list[dict]:
    """Return so many visits, each on a day of its own for its person."""
    now = timezone.now().isoformat()
    return [
        item_of(
            body=body_of(
                SimpleNamespace(_meta=SimpleNamespace(model_name="resident"), pk=pk),
                note=f"第{turn}次",
            ),
            at=days_ago(turn * 3 + 1),
            written_at=now,
        )
        for turn in range(-(-count // len(people)))
        for pk in people
    ][:count]


def devices_for(server, laid_out: dict, items: list[dict]) -> list[Device]:
    """Share the items out among the phones, sealed as they lie there."""
    hidden = [sealed(item) for item in items]
    tokens = laid_out["tokens"]
    return [
        Device(server, token, hidden[number :: len(tokens)], seed=number)
        for number, token in enumerate(tokens)
    ]


def answered(devices: list[Device]) -> int:
    return sum(len(one) for device in devices for one in device.answers.values())


def receipts(devices: list[Device]) -> dict[str, set]:
    """Return by number every receipt that was ever given for it."""
    return {
        number: {one["receipt"] for one in told if "receipt" in one}
        for device in devices
        for number, told in device.answers.items()
    }


@pytest.fixture
def laid_out(own_place):
    return json.loads(own_place.run(*step(f"lay_out_many({PHONES}, {PEOPLE})")))


@pytest.fixture
def server(own_place, laid_out):
    with socket.create_server(("127.0.0.1", 0)) as asked:
        port = asked.getsockname()[1]
    return Server(own_place, port)


def test_every_visit_is_there_once_though_the_server_is_killed(
    own_place, laid_out, server
):
    items = written(laid_out["people"], VISITS)
    devices = devices_for(server, laid_out, items)
    threads = started(devices, twice=max(1, PHONES // 5))
    for kill in range(KILLS):
        goal = (kill + 1) * VISITS // (KILLS + 1)
        wait_for(lambda goal=goal: answered(devices) >= goal, f"{goal} answers")
        server.kill()
    for thread in threads:
        thread.join()
    found = json.loads(own_place.run(*step("count()")))
    sent = {item["client_uuid"]: item["body"] for item in items}
    assert found["kept"] == sent
    assert found["items"] == len(sent) == VISITS
    assert found["visits"] == sorted(sent)
    assert found["results"] == {"created": VISITS}
    # However often it was asked, the same receipt for the same visit.
    told = receipts(devices)
    assert set(told) == set(sent)
    assert {len(one) for one in told.values()} == {1}


def test_nothing_is_lost_while_people_move_and_posts_change(
    own_place, laid_out, server
):
    items = written(laid_out["people"], QUEUED)
    devices = devices_for(server, laid_out, items)
    threads = started(devices, twice=0)
    wait_for(lambda: answered(devices) > 0, "a first answer")
    disturber = own_place.start(*step("disturb()"))
    for thread in threads:
        thread.join()
    assert disturber.wait(120) == 0, own_place.words_of(disturber)
    found = json.loads(own_place.run(*step("count()")))
    sent = {item["client_uuid"]: item["body"] for item in items}
    assert found["kept"] == sent
    assert found["items"] == len(sent)
    assert set(found["results"]) <= {"created", "handover"}
    assert found["results"]["created"] == len(found["visits"])
    last = Counter(
        told[-1]["result"] for device in devices for told in device.answers.values()
    )
    assert set(last) <= {"created", "duplicate", "handover"}
    assert last.total() == len(sent)
