"""Make the environment: Python packages, front-end files, compiled messages.

Each step leaves a stamp and is skipped while its inputs are the same.
"""

import contextlib
import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from devtools.console import complain, say
from devtools.frontend import ensure_frontend
from devtools.processes import run_step
from devtools.refusal import Refusal
from devtools.stamps import Stamp, fingerprint
from devtools.tree import Tree

RUN_LOCK = "requirements.txt"
DEV_LOCK = "requirements-dev.txt"
LOCKS = (RUN_LOCK, DEV_LOCK)
# Does the Python of the environment work, and is it one we support?
SOUND = (
    "import importlib.util as u, sys;"
    "sys.exit(u.find_spec('pip') is None or sys.version_info < (3, 11))"
)


@contextlib.contextmanager
def alone(tree: Tree) -> Iterator[None]:
    """Let only one dev.py at a time change the environment of the tree."""
    tree.logs.mkdir(parents=True, exist_ok=True)
    with (tree.var / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("另一个 dev.py 正在准备环境，等它完成…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ensure_set_up(tree: Tree, *, lock: str) -> None:
    """Make everything that does not depend on a database."""
    ensure_venv(tree)
    ensure_packages(tree, lock)
    ensure_frontend(tree, logged=logged, dev=lock == DEV_LOCK)
    ensure_catalogues(tree)


def ensure_venv(tree: Tree) -> None:
    """Make .venv if it is missing, broken or half filled."""
    # pip takes a package that it was killed over for an installed one.
    half_filled = any(Stamp(tree.stamps / lock).broke_off for lock in LOCKS)
    if not half_filled and _runs([tree.python, "-c", SOUND]):
        return
    say("正在创建 Python 环境 .venv …")
    logged(
        tree,
        [sys.executable, "-m", "venv", "--clear", tree.venv],
        failure="无法创建 .venv：请检查目录是否可写、磁盘是否已满。",
    )


def ensure_packages(tree: Tree, lock: str) -> None:
    """Install the locked packages unless this very lock is installed."""
    stamp = Stamp(tree.stamps / lock)
    current = fingerprint([tree.root / lock])
    if stamp.matches(current):
        return
    say(f"正在安装 Python 依赖（{lock}，首次约一分钟）…")
    pip = [tree.python, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    stamp.begin()
    try:
        logged(
            tree,
            [*pip, "install", "--prefer-binary", "--requirement", tree.root / lock],
            failure="安装 Python 依赖失败：请检查网络和 pip 的软件源后重试。",
        )
    except Refusal:
        stamp.give_up()
        raise
    stamp.write(current)


def ensure_catalogues(tree: Tree) -> None:
    """Compile the message catalogues that are newer than their compiled form."""
    stale = [po for po in _catalogues(tree.root) if _is_stale(po)]
    if stale:
        logged(
            tree,
            [tree.python, "-m", "devtools.messages", "compile", *stale],
            failure="编译翻译文件失败：请检查 locale/ 下的 django.po。",
        )


def _catalogues(root: Path) -> list[Path]:
    return sorted(root.glob("locale/*/LC_MESSAGES/*.po"))


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    if not compiled.exists():
        return True
    return catalogue.stat().st_mtime >= compiled.stat().st_mtime


def logged(tree: Tree, command: list, *, failure: str) -> None:
    """Run a step of the set-up; on failure show its last words and refuse.

    Raises:
        Refusal: with the given sentence.
    """
    log = tree.logs / "setup.log"
    with log.open("wb") as output:
        status = run_step(
            [str(part) for part in command],
            cwd=tree.root,
            env=_environ(tree),
            stdout=output,
            stderr=output,
        )
    if status:
        last_words = log.read_text(encoding="utf-8", errors="replace").splitlines()
        complain("\n".join(last_words[-12:]))
        raise Refusal(f"{failure}（详见 {log.relative_to(tree.root)}）")


def _environ(tree: Tree) -> dict[str, str]:
    # npm wants a cache; the home of the user may be missing or read-only.
    cache = str(tree.var / "npm")
    defaults = {"npm_config_cache": cache, "npm_config_loglevel": "warn"}
    return defaults | tree.environ("local")


def _runs(command: list) -> bool:
    try:
        return not subprocess.run(command, capture_output=True, check=False).returncode
    except OSError:
        return False
