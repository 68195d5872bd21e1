#!/usr/bin/env python3
"""Run, test and check the portal with nothing but git and Python.

    python3 dev.py run        start the portal with its demo
    python3 dev.py test       run every test; further arguments go to pytest
    python3 dev.py lint       formatter, linters, migrations, English messages
    python3 dev.py bench      measure; further arguments go to the benchmarks
    python3 dev.py messages   update the English catalogue; --check only looks

Exit status: 0 done, 1 refused or failed with one sentence, 2 wrong usage.
"""

import sys

from devtools import machine

if __name__ == "__main__":
    unsuitable = machine.why_unsuitable()
    if unsuitable:
        sys.exit(unsuitable)

# Only a Python that is new enough can read these.
from devtools import commands  # noqa: E402

if __name__ == "__main__":
    sys.exit(commands.main(sys.argv[1:], usage=__doc__))
