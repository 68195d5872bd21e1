"""pytest plugin: tests marked `browser` run where a Chromium is found.

Elsewhere they are left out and the summary says in one line what to install;
with YUHAI_BROWSER_REQUIRED=1, as in CI, that is an error instead.
"""

import os

import pytest

from devtools.chromium import ADVICE, find_chromium


def pytest_configure(config: pytest.Config) -> None:
    """Do not even begin where a browser is required and there is none."""
    if os.environ.get("YUHAI_BROWSER_REQUIRED") and find_chromium() is None:
        pytest.exit(ADVICE, returncode=1)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave the browser tests out when there is no browser."""
    if find_chromium() is not None:
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what to install."""
    if find_chromium() is None:
        terminalreporter.write_line(ADVICE, yellow=True)
