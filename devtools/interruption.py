"""Ctrl-C, a closed terminal and `kill` all mean the same: stop in good order."""

import signal
from types import FrameType


class Interrupted(KeyboardInterrupt):
    """Somebody asked this command to stop."""

    def __init__(self, number: int):
        super().__init__()
        self.number = number


def heed_signals() -> None:
    """From now on raise Interrupted when asked to stop.

    SIGINT too: a shell starts background commands with it ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # `nohup` ignores SIGHUP on purpose.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Interrupted(number)
