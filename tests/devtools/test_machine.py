"""What is wrong with a machine is said in one sentence with the remedy."""

import ast

import pytest

from devtools import machine
from devtools.tree import HERE


def present(name):
    return object()


def test_a_good_machine_is_not_talked_about():
    assert machine.why_unsuitable((3, 11, 0), "posix", find=present) == ""


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 8, 0)])
def test_an_old_python_is_named(version):
    sentence = machine.why_unsuitable(version, "posix", find=present)

    assert "3.11" in sentence
    assert f"{version[0]}.{version[1]}" in sentence


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_missing_venv_module_tells_what_to_install(missing):
    def find(name):
        return None if name == missing else object()

    assert "apt install python3-venv" in machine.why_unsuitable(find=find)


def test_windows_is_sent_to_wsl():
    assert "WSL" in machine.why_unsuitable((3, 12), "nt", find=present)


@pytest.mark.parametrize("name", ["dev.py", "devtools/__init__.py", machine.__file__])
def test_an_old_python_can_read_what_refuses_it(name):
    source = (HERE.root / name).read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 7))
