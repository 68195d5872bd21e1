"""Where things are in a checkout, and what its processes find around them."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Tree:
    """One checkout of the project."""

    root: Path = Path(__file__).resolve().parents[1]

    @property
    def venv(self) -> Path:
        """The environment; everything in it can be made again."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The Python of the environment."""
        return self.venv / "bin" / "python"

    @property
    def stamps(self) -> Path:
        """Notes of what has been set up, kept where the set-up is."""
        return self.venv / ".stamps"

    @property
    def var(self) -> Path:
        """Everything written at run time."""
        return self.root / "var"

    @property
    def logs(self) -> Path:
        """Output of the processes and of the set-up."""
        return self.var / "log"

    def environ(self, settings: str, **more: str) -> dict[str, str]:
        """Return the environment of a process that runs on the given settings.

        PORT, DATABASE_URL, REDIS_URL and all else pass through; what would lead
        the process to another Python's packages does not.
        """
        strange = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
        kept = {k: v for k, v in os.environ.items() if k not in strange}
        module = f"yuhai_portal.settings.{settings}"
        return kept | {"DJANGO_SETTINGS_MODULE": module, "PYTHONUTF8": "1"} | more


HERE = Tree()
