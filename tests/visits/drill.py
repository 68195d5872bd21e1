"""Many phones that hand in a day's work to a server which is killed again and again."""

import json
import threading
import time
from collections import defaultdict
from http.client import HTTPException
from random import Random
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.utils import timezone

BATCH, TIMES = 50, 3
PATIENCE = 30


class Server:
    """A real gunicorn of a place, on a port of its own."""

    def __init__(self, place, port: int):
        self.place, self.port = place, port
        self.url = f"http://127.0.0.1:{port}"
        self.start()

    def start(self) -> None:
        self.process = self.place.start(
            *(
                "-m",
                "gunicorn",
                "yuhai_portal.wsgi",
                "--bind",
                f"127.0.0.1:{self.port}",
            ),
            *("--workers", "2", "--threads", "4", "--timeout", "120"),
        )

    def kill(self) -> None:
        """Cut the power and switch on again."""
        self.place.kill(self.process)
        self.start()


class Device:
    """A phone with items and a lease; it sends until every item has been answered."""

    def __init__(self, server: Server, token: str, items: list[dict], seed: int):
        self.server, self.token, self.items = server, token, items
        self.random = Random(seed)
        # By number every answer that was ever given.
        self.answers: dict[str, list[dict]] = defaultdict(list)
        self.lock = threading.Lock()

    def run(self) -> None:
        """Send everything TIMES times, in another order each time."""
        for _turn in range(TIMES):
            items = self.random.sample(self.items, len(self.items))
            for start in range(0, len(items), BATCH):
                self.hand_in(items[start : start + BATCH])

    def hand_in(self, part: list[dict]) -> None:
        """Send a batch until the server has answered for each of its items."""
        while part:
            told = self.post(part)
            with self.lock:
                for one in told:
                    self.answers[one["client_uuid"]].append(one)
            again = {one["client_uuid"] for one in told if one["result"] == "retry"}
            part = [one for one in part if not told or one["client_uuid"] in again]

    def post(self, part: list[dict]) -> list[dict]:
        """Return the answers to a batch, none where the server was away."""
        body = {"sent_at": timezone.now().isoformat(), "items": part}
        head = {
            "Content-Type": "application/json",
            "Authorization": f"Lease {self.token}",
        }
        url = f"{self.server.url}/api/v1/sync/"
        try:
            asked = Request(url, json.dumps(body).encode(), head)
            with urlopen(asked, timeout=PATIENCE) as answer:
                return json.load(answer)["items"]
        except (URLError, HTTPException, OSError, ValueError):
            time.sleep(0.2)
            return []


def started(devices: list[Device], *, twice: int) -> list[threading.Thread]:
    """Start all devices; the first `twice` of them send from two threads at once."""
    threads = [
        threading.Thread(target=device.run, daemon=True)
        for device in [*devices, *devices[:twice]]
    ]
    for thread in threads:
        thread.start()
    return threads
