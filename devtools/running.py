"""`dev.py run`: set up what is missing and start the portal."""

import os
import tempfile

from devtools.console import say
from devtools.port import ensure_free, wanted_port
from devtools.portal import Portal
from devtools.processes import run_step
from devtools.refusal import Refusal, refuse_arguments
from devtools.setup import RUN_LOCK, alone, ensure_set_up
from devtools.tree import HERE, Tree


def run(arguments: list[str]) -> int:
    """Set up what is missing, start the portal and stay until Ctrl-C."""
    refuse_arguments("run", arguments)
    port = wanted_port(os.environ)
    ensure_free(port)
    with alone(HERE):
        ensure_set_up(HERE, lock=RUN_LOCK)
        accounts = prepare_database(HERE)
    # Minutes may have passed since the first look.
    ensure_free(port)
    return Portal(HERE, port).serve(accounts)


def prepare_database(tree: Tree) -> str:
    """Migrate and load what is missing; return the demo accounts as text.

    Raises:
        Refusal: the database cannot be used; the reason has been printed.
    """
    say("正在准备数据库（首次会导入演示数据，约一两分钟）…")
    with tempfile.TemporaryFile() as accounts:
        status = run_step(
            [str(tree.python), "-m", "devtools.prepare"],
            cwd=tree.root,
            env=tree.environ("local"),
            stdout=accounts,
            stderr=None,
        )
        accounts.seek(0)
        text = accounts.read().decode("utf-8", "replace")
    if status:
        raise Refusal("数据库没有准备好：请先解决上面的问题，再运行一次。")
    return text.strip()
