"""Is this machine able to run the portal at all?

Read by Pythons that are too old for the project, so plain old syntax only.
"""

import importlib.util
import os
import sys

OLDEST_PYTHON = (3, 11)


def why_unsuitable(version=sys.version_info, system=os.name, find=None):
    """Return the sentence that says what is wrong and what to do, or "".

    `find` tells whether a module of the standard library is installed.
    """
    find = find or importlib.util.find_spec
    if tuple(version[:2]) < OLDEST_PYTHON:
        return (
            "需要 Python 3.11 或更新版本，当前是 {}.{}：请安装后用它运行，"
            "例如 python3.11 dev.py run。 (Python >= 3.11 is needed.)"
        ).format(*version[:2])
    if system != "posix":
        return (
            "本系统只能在 Linux 或 macOS 上运行：Windows 请在 WSL 里执行同一命令。"
            " (On Windows, use WSL.)"
        )
    if find("venv") is None or find("ensurepip") is None:
        return (
            "这个 Python 缺少 venv 模块：Debian/Ubuntu 请先执行 "
            "apt install python3-venv。 (The venv module is missing.)"
        )
    return ""
