"""The address that the web server is to have."""

import socket
from collections.abc import Mapping

from devtools.refusal import Refusal, WrongUsage

HOST = "127.0.0.1"


def wanted_port(environ: Mapping[str, str]) -> int:
    """Return the port that PORT asks for, 8000 by default.

    Raises:
        WrongUsage: PORT is not a port number.
    """
    text = environ.get("PORT", "").strip() or "8000"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise WrongUsage(
            f"PORT={text} 不是端口号：请给 1 到 65535 之间的整数，例如 "
            "PORT=8001 python3 dev.py run。 (PORT must be a port number.)"
        )
    return int(text)


def ensure_free(port: int) -> None:
    """Make sure that a server may listen on the port.

    Raises:
        Refusal: another program has it, or this user may not have it.
    """
    with socket.socket() as probe:
        # As web servers do: connections that are just closing do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except PermissionError as error:
            raise Refusal(
                f"没有权限使用端口 {port}：请换一个 1024 以上的端口，例如 "
                f"PORT=8000 python3 dev.py run。 (Port {port} is privileged.)"
            ) from error
        except OSError as error:
            raise Refusal(
                f"端口 {port} 已被占用：请关闭占用它的程序，或换一个端口，例如 "
                f"PORT={port + 1 if port < 65535 else 8000} python3 dev.py run。"
                f" (Port {port} is taken.)"
            ) from error
