"""The environment of the peers: made by the benchmark, used by nothing else."""

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from benchmarks.place import FOLDER, ROOT

VENV = FOLDER / "venv"
PYTHON = VENV / "bin" / "python"
WANTED = ROOT / "benchmarks" / "peers" / "requirements.txt"
# Django and the driver are those of the portal, so that only the peer differs.
HELD = ROOT / "requirements.txt"
STAMP = VENV / "installed"


def ensured(say: Callable[[str], None]) -> Path:
    """Return the Python of the environment, which is made where it is missing."""
    current = sha256(WANTED.read_bytes() + HELD.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == current:
        return PYTHON
    say("installing the peers …")
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    install = [*pip, "install", "-r", str(WANTED), "-c", str(HELD)]
    for command in (make, install):
        if subprocess.run(command, check=False).returncode:
            raise SystemExit("the peers could not be installed: is there a network?")
    STAMP.write_text(current)
    return PYTHON
