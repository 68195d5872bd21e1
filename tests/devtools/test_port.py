"""A port that cannot be had is refused in one sentence with the remedy."""

import socket

import pytest

from devtools.port import HOST, ensure_free, wanted_port
from devtools.refusal import Refusal, WrongUsage


@pytest.mark.parametrize(
    ("environ", "port"), [({}, 8000), ({"PORT": ""}, 8000), ({"PORT": "8123"}, 8123)]
)
def test_the_port_is_8000_unless_told_otherwise(environ, port):
    assert wanted_port(environ) == port


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5", "８０００"])
def test_nonsense_is_wrong_usage(text):
    with pytest.raises(WrongUsage, match="PORT"):
        wanted_port({"PORT": text})


def test_a_taken_port_is_refused_with_the_remedy():
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refusal, match=rf"端口 {port} 已被占用.*PORT="):
            ensure_free(port)


def test_a_free_port_is_left_free():
    with socket.socket() as other:
        other.bind((HOST, 0))
        port = other.getsockname()[1]

    ensure_free(port)
    ensure_free(port)
