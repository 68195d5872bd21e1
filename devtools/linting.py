"""`dev.py lint` and `dev.py messages`: what a machine can check without running."""

from devtools.console import complain, say
from devtools.processes import in_foreground
from devtools.refusal import WrongUsage, refuse_arguments
from devtools.setup import DEV_LOCK, alone, ensure_set_up
from devtools.tree import HERE

STEPS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "djlint": ["-m", "djlint", "--lint", "--quiet", "."],
    # From medium severity: below it are imports and constants, which ruff looks at.
    "bandit": ["-m", "bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", "."],
    "missing migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "English messages": ["-m", "devtools.messages", "check"],
}


def lint(arguments: list[str]) -> int:
    """Run every check, also after one has failed, and say which failed."""
    refuse_arguments("lint", arguments)
    with alone(HERE):
        ensure_set_up(HERE, lock=DEV_LOCK)
    failed = [name for name, command in STEPS.items() if not _passes(name, command)]
    if failed:
        complain(f"未通过：{'、'.join(failed)}。")
    return 1 if failed else 0


def messages(arguments: list[str]) -> int:
    """Bring the English catalogue up to date, or with --check only look at it."""
    if arguments not in ([], ["--check"]):
        raise WrongUsage("用法： python3 dev.py messages [--check]")
    with alone(HERE):
        ensure_set_up(HERE, lock=DEV_LOCK)
    verb = "check" if arguments else "update"
    return 1 if _python("-m", "devtools.messages", verb) else 0


def _passes(name: str, command: list[str]) -> bool:
    say(f"── {name}")
    return _python(*command) == 0


def _python(*arguments: str) -> int:
    environ = HERE.environ("test", YUHAI_TEST_VAR=str(HERE.var))
    return in_foreground([str(HERE.python), *arguments], cwd=HERE.root, env=environ)
