"""Find a Chromium for the browser tests."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from devtools.refusal import Refusal

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Where playwright puts its own browsers, on Linux and macOS.
CACHES = (".cache/ms-playwright", "Library/Caches/ms-playwright")
BINARIES = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/*/*headless*shell",
)
ADVICE = (
    "没有找到 Chromium，浏览器测试未运行：Debian/Ubuntu 请执行 "
    "apt install chromium fonts-noto-cjk，或用 CHROMIUM=路径 指定。"
    " (No Chromium: browser tests were left out.)"
)


def find_chromium(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the path of a Chromium: the one in CHROMIUM, on PATH, or playwright's."""
    if named := environ.get("CHROMIUM"):
        return shutil.which(named, path=environ.get("PATH"))
    for name in NAMES:
        if found := shutil.which(name, path=environ.get("PATH")):
            return found
    return _of_playwright(environ)


def ensure_usable(environ: Mapping[str, str] = os.environ) -> None:
    """Do not leave tests out because of a slip in CHROMIUM.

    Raises:
        Refusal: CHROMIUM names something that is not there.
    """
    if environ.get("CHROMIUM") and find_chromium(environ) is None:
        raise Refusal(f"CHROMIUM={environ['CHROMIUM']} 不是可执行的浏览器：请改正。")


def _of_playwright(environ: Mapping[str, str]) -> str | None:
    home = Path(environ.get("HOME") or "/nonexistent")
    folders = [home / cache for cache in CACHES]
    if chosen := environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        folders.insert(0, Path(chosen))
    found = [path for f in folders for b in BINARIES for path in sorted(f.glob(b))]
    return next((str(path) for path in found if os.access(path, os.X_OK)), None)
