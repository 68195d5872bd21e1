"""What dev.py starts, it also stops."""

import os
import signal
import subprocess
import sys
import time

import pytest

from devtools.keeper import Keeper
from devtools.processes import Child, stop_all

STUBBORN = (
    "import signal, subprocess, sys, time;"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(child.pid, flush=True); time.sleep(60)"
)


@pytest.fixture
def make_child(tmp_path):
    children = []

    def make(code):
        command = [sys.executable, "-c", code]
        child = Child("worker", command, tmp_path / "log", tmp_path, dict(os.environ))
        children.append(child)
        return child

    yield make
    stop_all(children, patience=0)


def line_of(child):
    deadline = time.monotonic() + 20
    while not child.log.read_text().endswith("\n") and time.monotonic() < deadline:
        time.sleep(0.02)
    return child.log.read_text()


def is_alive(pid):
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True)
    # A zombie waits for its parent but runs no more.
    return bool(state.stdout.strip()) and not state.stdout.startswith(b"Z")


def test_stops_what_does_not_want_to_stop_and_its_children(make_child):
    child = make_child(STUBBORN)
    child.start()
    grandchild = int(line_of(child))

    stop_all([child], patience=0.1)

    assert child.died_with() == -signal.SIGKILL
    assert not is_alive(grandchild)


def test_gives_time_to_finish(make_child):
    child = make_child(
        "import signal, sys, time;"
        "signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.2), sys.exit(7)));"
        "print('ready', flush=True); time.sleep(60)"
    )
    child.start()
    line_of(child)

    stop_all([child], patience=20)

    assert child.died_with() == 7


def test_a_process_that_died_is_started_again_after_a_pause(make_child):
    child = make_child("raise SystemExit(3)")
    keeper = Keeper(child)
    child.start()
    child.process.wait()

    assert "状态 3" in keeper.tend(now=100)
    assert keeper.tend(now=100.5) == ""
    assert "已重启" in keeper.tend(now=101)


def test_the_pause_grows_while_it_keeps_dying(make_child):
    child = make_child("raise SystemExit(3)")
    keeper = Keeper(child)
    for now in (0, 100, 200):
        child.start()
        child.process.wait()
        child.started_at = now
        keeper.tend(now=now)
        keeper.due = None

    assert keeper.pause == 8


def test_the_pause_is_short_again_after_a_steady_time(make_child):
    child = make_child("raise SystemExit(3)")
    keeper = Keeper(child, pause=8)
    child.start()
    child.process.wait()
    child.started_at = 0

    assert "1 秒" in keeper.tend(now=100)
