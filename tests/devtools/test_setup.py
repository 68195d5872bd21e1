"""The set-up repeats what has changed or broken off, and nothing else."""

import os
import re

import pytest

from devtools import frontend, setup
from devtools.refusal import Refusal
from devtools.tree import Tree


@pytest.fixture
def tree(tmp_path):
    """A checkout whose environment has a Python that says yes to everything."""
    tree = Tree(tmp_path)
    tree.logs.mkdir(parents=True)
    tree.python.parent.mkdir(parents=True)
    python_that(tree, "exit 0")
    (tmp_path / setup.RUN_LOCK).write_text("django==5.2\n")
    return tree


def python_that(tree, does):
    tree.python.write_text(f'#!/bin/sh\necho "$@" >> {tree.root}/calls\n{does}\n')
    tree.python.chmod(0o755)


def calls(tree):
    file = tree.root / "calls"
    return file.read_text().splitlines() if file.exists() else []


def test_packages_are_installed_once(tree):
    setup.ensure_packages(tree, setup.RUN_LOCK)
    setup.ensure_packages(tree, setup.RUN_LOCK)

    [only] = calls(tree)
    assert only.endswith(f"--requirement {tree.root / setup.RUN_LOCK}")


def test_packages_are_installed_again_when_the_lock_has_changed(tree):
    setup.ensure_packages(tree, setup.RUN_LOCK)
    (tree.root / setup.RUN_LOCK).write_text("django==5.3\n")
    setup.ensure_packages(tree, setup.RUN_LOCK)

    assert len(calls(tree)) == 2


def test_a_failed_installation_is_one_sentence_and_is_tried_again(tree):
    python_that(tree, "echo no route; exit 1")
    with pytest.raises(Refusal, match="检查网络.*var/log/setup.log"):
        setup.ensure_packages(tree, setup.RUN_LOCK)

    python_that(tree, "exit 0")
    setup.ensure_venv(tree)
    setup.ensure_packages(tree, setup.RUN_LOCK)

    assert [c.split()[1] for c in calls(tree)].count("pip") == 2


@pytest.mark.slow
def test_an_environment_whose_installation_was_killed_is_made_anew(tree):
    setup.Stamp(tree.stamps / setup.RUN_LOCK).begin()

    setup.ensure_venv(tree)

    assert calls(tree) == []
    assert not tree.stamps.exists()
    assert os.access(tree.python, os.X_OK)


def test_a_compiled_catalogue_is_left_alone_until_its_source_is_newer(tree):
    source = tree.root / "locale/en/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    setup.ensure_catalogues(tree)
    source.with_suffix(".mo").touch()
    os.utime(source, (1, 1))
    setup.ensure_catalogues(tree)

    assert calls(tree) == [f"-m devtools.messages compile {source}"]


def test_a_copied_file_points_to_no_source_map(tmp_path):
    (tmp_path / "a.min.css").write_text(
        "a{b:c}\n/*# sourceMappingURL=a.min.css.map */\n"
    )

    frontend.copy_file(tmp_path / "a.min.css", tmp_path / "out" / "a.css")

    assert (tmp_path / "out" / "a.css").read_text() == "a{b:c}\n"


def test_a_copied_style_sheet_brings_no_picture_along(tmp_path):
    (tmp_path / "a.min.css").write_text(
        """a{--b:url("data:image/svg+xml,%3csvg xmlns='x'%3e");c:d}e{f:url(g.svg)}"""
    )

    frontend.copy_file(tmp_path / "a.min.css", tmp_path / "a.css")

    assert (tmp_path / "a.css").read_text() == "a{--b:none;c:d}e{f:url(g.svg)}"


def test_no_style_sheet_holds_what_the_content_policy_refuses():
    root = Tree().root
    for folder in ("static", "static_vendor"):
        for sheet in (root / folder).rglob("*.css"):
            assert not re.search(r"url\W{1,2}data:", sheet.read_text()), sheet


def test_a_file_that_a_package_no_longer_has_is_named(tmp_path):
    with pytest.raises(Refusal, match="gone.js"):
        frontend.copy_file(tmp_path / "gone.js", tmp_path / "out.js")


def test_the_lock_of_the_front_end_names_no_host():
    lock = (Tree().root / "package-lock.json").read_text()

    assert '"resolved"' not in lock


def test_the_locks_of_the_packages_name_no_place():
    for name in setup.LOCKS:
        lines = (Tree().root / name).read_text().splitlines()
        assert [line for line in lines if line.startswith("-") or "//" in line] == []
