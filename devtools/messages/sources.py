"""Which files of a checkout speak to users."""

from collections.abc import Iterator
from pathlib import Path

from devtools.messages import from_python, from_templates
from devtools.messages.found import Message, Mistake

# They speak to developers.
SILENT = {"benchmarks", "devtools", "tests"}
# Migrations hold copies of texts of the past.
SKIPPED_FOLDERS = {"migrations", "__pycache__", "node_modules"}
TEMPLATE_ENDINGS = {".html", ".txt", ".xml"}


def messages_of(root: Path) -> list[Message | Mistake]:
    """Return the messages of all apps and templates, in the order of the files."""
    found: list[Message | Mistake] = []
    for path in python_files(root):
        found += from_python.messages_in(*_read(path, root))
    for path in template_files(root):
        found += from_templates.messages_in(*_read(path, root))
    return found


def python_files(root: Path) -> Iterator[Path]:
    """Yield the modules of every app."""
    for app in sorted(root.glob("*/__init__.py")):
        if app.parent.name not in SILENT:
            yield from _files(app.parent, {".py"})


def template_files(root: Path) -> Iterator[Path]:
    """Yield the templates of the project and of every app."""
    for folder in sorted([*root.glob("templates"), *root.glob("*/templates")]):
        if folder.parent.name not in SILENT:
            yield from _files(folder, TEMPLATE_ENDINGS)


def _files(folder: Path, endings: set[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        skipped = SKIPPED_FOLDERS.intersection(path.relative_to(folder).parts)
        if path.suffix in endings and path.is_file() and not skipped:
            yield path


def _read(path: Path, root: Path) -> tuple[str, str]:
    return path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
