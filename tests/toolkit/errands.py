"""What children are sent to do in test_child.py."""

import os
import time
from datetime import date
from decimal import Decimal


class Mischief:
    """An object that runs a command when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


def add(first, second):
    return first + second


def plain_data():
    return {"day": date(2026, 11, 23), "sum": Decimal("1.50"), "raw": b"\0", "no": None}


def environment():
    return sorted(os.environ)


def niceness():
    return os.nice(0)


def chatter():
    print("this goes nowhere", flush=True)
    return "answer"


def sleep():
    time.sleep(60)


def hoard():
    return len(bytearray(2 * 1024**3))


def crash():
    os.abort()


def refuse():
    raise ValueError("第 3 行读不懂")


def send_mischief(path):
    return Mischief(path)


def rows(count):
    for number in range(count):
        yield number, "张三"


def rows_then_crash(count):
    yield from rows(count)
    os.abort()
