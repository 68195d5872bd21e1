"""A Chromium is found where it usually is."""

import pytest

from devtools.chromium import ensure_usable, find_chromium
from devtools.refusal import Refusal


def make_program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_finds_none_on_a_bare_machine(tmp_path):
    assert find_chromium({"PATH": str(tmp_path), "HOME": str(tmp_path)}) is None


def test_finds_one_on_the_path(tmp_path):
    program = make_program(tmp_path / "chromium-browser")

    assert find_chromium({"PATH": str(tmp_path), "HOME": "/nowhere"}) == program


def test_finds_the_one_of_playwright(tmp_path):
    program = make_program(
        tmp_path / ".cache/ms-playwright/chromium-1200/chrome-linux/chrome"
    )

    assert find_chromium({"PATH": "/nowhere", "HOME": str(tmp_path)}) == program


def test_the_one_that_is_named_wins(tmp_path):
    make_program(tmp_path / "chromium")
    named = make_program(tmp_path / "own" / "browser")

    assert find_chromium({"PATH": str(tmp_path), "CHROMIUM": named}) == named


def test_a_slip_in_the_name_does_not_leave_tests_out(tmp_path):
    with pytest.raises(Refusal, match="CHROMIUM=/no/browser"):
        ensure_usable({"PATH": str(tmp_path), "CHROMIUM": "/no/browser"})
