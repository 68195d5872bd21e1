import gc
import os
from itertools import islice
from pathlib import Path

import pytest

from tests.toolkit.errands import plain_data
from toolkit.child import (
    BATCH_ITEMS,
    PATIENCE,
    ChildFailed,
    run_limited,
    stream_limited,
)


def errand(name, *args, **limits):
    return run_limited(f"tests.toolkit.errands.{name}", *args, **limits)


def children():
    found = []
    for task in Path("/proc/self/task").iterdir():
        found += (task / "children").read_text().split()
    return found


def test_a_child_answers_with_plain_data():
    assert errand("add", [1], ["二"]) == [1, "二"]
    assert errand("plain_data") == plain_data()


def test_what_a_child_prints_does_not_spoil_its_answer():
    assert errand("chatter") == "answer"


def test_a_child_stands_back_where_a_page_wants_the_processor():
    assert errand("niceness") == os.nice(0) + PATIENCE


def test_a_child_sees_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("YUHAI_ENCRYPTION_KEYS", "k1:secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")

    assert not {"YUHAI_ENCRYPTION_KEYS", "DATABASE_URL"} & set(errand("environment"))


@pytest.mark.parametrize(
    ("name", "limits", "reason"),
    [
        ("sleep", {"seconds": 0.3}, "time"),
        ("hoard", {"memory_mb": 256}, "memory"),
        ("crash", {}, "crash"),
        ("refuse", {}, "error"),
    ],
)
def test_a_child_that_fails_is_an_error_with_a_sentence(name, limits, reason):
    with pytest.raises(ChildFailed) as failure:
        errand(name, **limits)

    assert failure.value.reason == reason
    assert str(failure.value).endswith("。")


def test_the_error_of_the_function_is_told_by_name_and_words():
    with pytest.raises(ChildFailed) as failure:
        errand("refuse")

    assert (failure.value.kind, failure.value.detail) == ("ValueError", "第 3 行读不懂")


def test_a_child_cannot_send_code(tmp_path):
    trap = tmp_path / "sprung"

    with pytest.raises(ChildFailed):
        errand("send_mischief", str(trap))

    assert not trap.exists()


def test_a_stream_arrives_whole_and_in_order():
    rows = stream_limited("tests.toolkit.errands.rows", 3 * BATCH_ITEMS + 1)

    assert [number for number, _name in rows] == list(range(3 * BATCH_ITEMS + 1))


def test_a_stream_that_breaks_off_is_an_error():
    rows = stream_limited("tests.toolkit.errands.rows_then_crash", BATCH_ITEMS)

    with pytest.raises(ChildFailed):
        list(rows)


def test_leaving_a_stream_early_ends_the_child():
    before = children()
    rows = stream_limited("tests.toolkit.errands.rows", 10**9)
    assert len(list(islice(rows, 5))) == 5

    rows.close()

    assert children() == before


def test_a_failed_child_leaves_neither_process_nor_pipe_behind():
    gc.collect()
    # A browser for other tests may be a child of this very process.
    before = len(os.listdir("/proc/self/fd")), children()
    for _number in range(3):
        with pytest.raises(ChildFailed):
            errand("crash")

    assert (len(os.listdir("/proc/self/fd")), children()) == before
