"""Our roster import in a process of its own: seconds, rows, peak memory.

    python -m benchmarks.importing roster.xlsx

Everything the command does, on a database with the units but no resident: the gate,
the checks, households, sealing, search keys, history. Prints a line of JSON.
"""

import json
import re
import resource
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import django

LOOK_EVERY = 0.05


def main(path: Path) -> None:
    """Import the file and tell what it took."""
    django.setup()
    from communities.models import OrgUnit
    from communities.roster.actions import import_file

    street = OrgUnit.objects.get(level=OrgUnit.Level.STREET)
    began = time.perf_counter()
    with Watch() as watch:
        roster = import_file(path, unit=street)
    seconds = time.perf_counter() - began
    told = {
        "seconds": seconds,
        "rows": roster.count("create"),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        # At worst both are at their peak at once.
        "reader_megabytes": watch.megabytes,
    }
    print(json.dumps(told))


class Watch:
    """Watches the peak memory of the process that reads the file.

    What the system counts for processes that are over begins with the memory of the one
    they were forked from; the process itself, looked at while it runs, does not.
    """

    megabytes = 0.0

    def __enter__(self) -> "Watch":
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *failure) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(LOOK_EVERY):
            # Threads and processes may be gone before they are looked at.
            with suppress(OSError):
                for task in Path("/proc/self/task").iterdir():
                    for process in (task / "children").read_text().split():
                        self.megabytes = max(self.megabytes, peak_of(Path(process)))


def peak_of(process: Path) -> float:
    """Return the peak memory of a reader in megabytes, 0 for any other process."""
    folder = Path("/proc") / process
    if b"toolkit.child" not in (folder / "cmdline").read_bytes():
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", (folder / "status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
