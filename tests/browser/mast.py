"""A mast between a phone and the server: without it nothing gets through at all.

A browser that is told to be offline may still send from its worker while it starts.
"""

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class Mast:
    """Hands on what a phone sends to a server, as long as it is switched on."""

    def __init__(self, server_url: str):
        found = urlsplit(server_url)
        self.server = found.hostname, found.port
        self.is_on = True
        self.links: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _address = self.listener.accept()
                self.connect(phone)

    def connect(self, phone: socket.socket) -> None:
        """Let one connection through, or cut it at once."""
        if not self.is_on:
            phone.close()
            return
        server = socket.create_connection(self.server)
        self.links += [phone, server]
        for ends in ((phone, server), (server, phone)):
            threading.Thread(target=hand_on, args=ends, daemon=True).start()

    def switch(self, *, on: bool) -> None:
        """Switch on or off; what is on its way then is lost."""
        self.is_on = on
        if not on:
            self.cut()

    def cut(self) -> None:
        links, self.links = self.links, []
        for link in links:
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
            link.close()

    def close(self) -> None:
        self.listener.close()
        self.cut()


def hand_on(source: socket.socket, target: socket.socket) -> None:
    """Hand on octets until one side has gone."""
    with contextlib.suppress(OSError):
        while octets := source.recv(65536):
            target.sendall(octets)
        target.shutdown(socket.SHUT_WR)
