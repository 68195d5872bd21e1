"""Several phones hand in the same day at once, and some are cut off in the middle."""

import json
import time
from types import SimpleNamespace

import pytest

from tests.visits.conftest import days_ago
from tests.visits.parcels import body_of, item_of

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
]

PHONES, VISITS_EACH = 3, 3


def items_for(people: list[int]) -> list[dict]:
    """Return several visits to each person, on different days."""
    return [
        item_of(
            body=body_of(
                SimpleNamespace(_meta=SimpleNamespace(model_name="resident"), pk=pk),
                note=f"第{number}次",
            ),
            at=days_ago(number * 3 + 1),
        )
        for pk in people
        for number in range(VISITS_EACH)
    ]


def step(call: str) -> tuple[str, str]:
    """Return the arguments of a Python process that does a step of a phone."""
    begin = "import django; django.setup(); from tests.visits import phones; "
    return "-c", f"{begin}phones.{call}"


def start_phones(place, path):
    calls = [f"send({str(path)!r}, {seed})" for seed in range(PHONES)]
    return [place.start(*step(call)) for call in calls]


def test_every_visit_is_there_once_however_often_it_is_sent(own_place, tmp_path):
    people = json.loads(own_place.run(*step("lay_out()")))
    items = items_for(people)
    path = tmp_path / "items.json"
    path.write_text(json.dumps(items))
    # Cut off at other moments each time: before, in the middle of, after a batch.
    for seconds in (1.5, 2.5):
        phones = start_phones(own_place, path)
        time.sleep(seconds)
        for phone in phones[::2]:
            own_place.kill(phone)
        for phone in phones[1::2]:
            assert phone.wait(120) == 0
    for phone in start_phones(own_place, path):
        assert phone.wait(120) == 0
    found = json.loads(own_place.run(*step("count()")))
    sent = {item["client_uuid"]: item["body"] for item in items}
    assert found["kept"] == sent
    assert found["items"] == len(sent)
    assert found["visits"] == sorted(sent)
    assert found["open"] == len(people)
