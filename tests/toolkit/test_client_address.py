"""Forwarded addresses are believed from our own proxies only."""

import pytest

from accounts.models import LoginAttempt
from toolkit.client_address import client_address

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        (PROXY, "198.51.100.7", "198.51.100.7"),
        (PROXY, "127.0.0.1, 198.51.100.7", "198.51.100.7"),
        (PROXY, f"198.51.100.7, {PROXY}", "198.51.100.7"),
        (PROXY, "nonsense", PROXY),
        (PROXY, "", PROXY),
    ],
)
def test_the_last_hop_that_is_no_proxy_is_the_client(settings, peer, forwarded, client):
    settings.YUHAI_TRUSTED_PROXIES = [PROXY]
    meta = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta) == client


def test_no_proxy_is_trusted_unasked():
    meta = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7"}
    assert client_address(meta) == "127.0.0.1"


def test_a_failed_login_is_counted_where_it_comes_from(client, db, settings):
    settings.YUHAI_TRUSTED_PROXIES = [PROXY]
    fields = {"login": "nobody", "password": "wrong"}
    hops = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "198.51.100.7"}
    client.post("/accounts/login/", fields, **hops)
    assert LoginAttempt.objects.get().ip == "198.51.100.7"


@pytest.mark.parametrize("trusted", [[], ["127.0.0.1"]])
@pytest.mark.parametrize("forwarded", ["198.51.100.7", "127.0.0.1"])
def test_what_came_through_a_proxy_is_not_local(
    client, db, settings, trusted, forwarded
):
    settings.YUHAI_TRUSTED_PROXIES = trusted
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR=forwarded).status_code == 403


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_HOST": "portal.example"},
        {"HTTP_X_FORWARDED_PORT": "443"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_FORWARDED": "proto=https"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_whatever_a_proxy_adds_tells_of_it(client, db, header):
    assert client.get("/metrics", **header).status_code == 403


def test_the_machine_itself_reads_figures_without_tls(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/metrics").status_code == 200
    assert client.get("/").status_code == 301
