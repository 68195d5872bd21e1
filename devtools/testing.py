"""`dev.py test`: every test, on both cores."""

from devtools.chromium import ensure_usable, find_chromium
from devtools.processes import in_foreground
from devtools.setup import DEV_LOCK, alone, ensure_set_up
from devtools.tree import HERE

# Tests that share a port or a queue are kept on one core by their xdist_group.
ON_BOTH_CORES = ["-n", "2", "--dist", "loadgroup"]
OWN_CHOICE = ("-n", "--numprocesses", "--dist", "--pdb", "--trace")
PYTEST_WRONG_USAGE = 4


def test(arguments: list[str]) -> int:
    """Run pytest with the arguments; browser tests where a Chromium is found."""
    ensure_usable()
    with alone(HERE):
        ensure_set_up(HERE, lock=DEV_LOCK)
    pytest = [str(HERE.python), "-m", "pytest", "-p", "devtools.browser_tests"]
    status = in_foreground(
        [*pytest, *parallel(arguments), *arguments], cwd=HERE.root, env=surroundings()
    )
    return exit_status(status)


def surroundings() -> dict[str, str]:
    """Return the environment of the tests, in which compiled modules are kept.

    Images of containers often forbid that; then each of the many processes of the tests
    would compile the whole portal anew.
    """
    env = HERE.environ(
        "test", YUHAI_TEST_VAR=str(HERE.var), CHROMIUM=find_chromium() or ""
    )
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def parallel(arguments: list[str]) -> list[str]:
    """Use both cores unless the arguments say otherwise."""
    chosen = any(argument.startswith(OWN_CHOICE) for argument in arguments)
    return [] if chosen else ON_BOTH_CORES


def exit_status(of_pytest: int) -> int:
    """Turn pytest's six exit statuses into our three."""
    if of_pytest == PYTEST_WRONG_USAGE:
        return 2
    return 1 if of_pytest else 0
