"""What is typed after dev.py, and how it ends."""

import pytest

from devtools.commands import dispatch
from devtools.refusal import Refusal, WrongUsage
from devtools.testing import ON_BOTH_CORES, exit_status, parallel, surroundings


@pytest.mark.parametrize("arguments", [[], ["rnu"], ["--version"]])
def test_an_unknown_command_is_wrong_usage(arguments):
    with pytest.raises(WrongUsage, match="run|test|lint|bench|messages"):
        dispatch(arguments, usage="")


@pytest.mark.parametrize(
    "arguments", [["run", "8001"], ["lint", "x"], ["messages", "--all"]]
)
def test_superfluous_arguments_are_wrong_usage(arguments):
    with pytest.raises(WrongUsage):
        dispatch(arguments, usage="")


def test_help_is_no_mistake(capsys):
    assert dispatch(["--help"], usage="how to") == 0
    assert capsys.readouterr().out == "how to\n"


def test_wrong_usage_ends_with_2_and_a_refusal_with_1():
    assert (WrongUsage.status, Refusal.status) == (2, 1)


def test_tests_run_on_both_cores_unless_told_otherwise():
    assert parallel(["tests/x", "-k", "y"]) == ON_BOTH_CORES
    assert parallel(["-n0"]) == []
    assert parallel(["--pdb"]) == []


def test_tests_keep_what_they_have_compiled_whatever_the_image_says(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in surroundings()


@pytest.mark.parametrize(
    ("of_pytest", "ours"), [(0, 0), (1, 1), (2, 1), (4, 2), (5, 1)]
)
def test_the_exit_status_of_pytest_becomes_one_of_ours(of_pytest, ours):
    assert exit_status(of_pytest) == ours
