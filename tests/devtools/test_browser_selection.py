"""Browser tests run where a Chromium is found, and are missed where it is not."""

import subprocess
import sys

import pytest

from devtools.tree import HERE

TWO_TESTS = """
import pytest

@pytest.mark.browser
def test_in_a_browser():
    pass

def test_without():
    pass
"""


@pytest.fixture
def run_both(tmp_path):
    """Run one browser test and one other; PATH is all that the run knows."""
    (tmp_path / "test_both.py").write_text(TWO_TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser: x\n")
    options = [
        "-p",
        "devtools.browser_tests",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
    ]

    def run(path, **environ):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *options],
            cwd=tmp_path,
            env={"PATH": str(path), "PYTHONPATH": str(HERE.root), **environ},
            capture_output=True,
            encoding="utf-8",
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_without_a_chromium_one_line_says_what_to_install(run_both, tmp_path):
    status, output = run_both(tmp_path)

    assert status == 0
    assert "1 passed, 1 deselected" in output
    [line] = [line for line in output.splitlines() if "apt install chromium" in line]
    assert "Chromium" in line


def test_with_a_chromium_all_run_and_nothing_is_said(run_both, tmp_path):
    chromium = tmp_path / "chromium"
    chromium.write_text("#!/bin/sh\n")
    chromium.chmod(0o755)
    status, output = run_both(tmp_path)

    assert status == 0
    assert "2 passed" in output
    assert "apt install" not in output


def test_where_a_browser_is_required_its_absence_fails_the_run(run_both, tmp_path):
    status, output = run_both(tmp_path, YUHAI_BROWSER_REQUIRED="1")

    assert status == 1
    assert "apt install chromium" in output
