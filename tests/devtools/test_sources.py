"""Only what users read is translated."""

import pytest

from devtools.messages.sources import messages_of

MARKED = '_("文字")'


def files_with_messages(root):
    return [message.file for message in messages_of(root)]


def write(path, text=MARKED):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path):
    for package in ("safety", "tests", "devtools", "benchmarks"):
        write(tmp_path / package / "__init__.py", "")
    return tmp_path


def test_reads_apps_and_templates(root):
    write(root / "safety/models/hazards.py")
    write(root / "templates/safety/list.html", '{% translate "表" %}')
    write(root / "safety/templates/mail.txt", '{% translate "信" %}')

    assert files_with_messages(root) == [
        "safety/models/hazards.py",
        "safety/templates/mail.txt",
        "templates/safety/list.html",
    ]


def test_leaves_out_what_only_developers_read(root):
    for package in ("tests", "devtools", "benchmarks"):
        write(root / package / "code.py")

    assert files_with_messages(root) == []


def test_leaves_out_migrations_and_folders_that_are_no_packages(root):
    write(root / "safety/migrations/0001_initial.py")
    write(root / "scripts/code.py")

    assert files_with_messages(root) == []
