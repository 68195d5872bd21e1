"""A code that somebody has read over a shoulder opens nothing once it is used."""

import threading

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import used_codes
from accounts.models import TakenCode
from tests.connections import on_two_connections
from tests.factories import make_user

PASSWORD = "Jade-Sea-2026-harbour"
SECRET = "JBSWY3DPEHPK3PXP"
AT_ONCE = 8


@pytest.fixture(autouse=True)
def another_process_each_time(settings):
    """Let no cache remember anything, as after a restart, and no time step end."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    settings.MFA_TOTP_PERIOD = 1_000_000
    settings.MFA_TOTP_TOLERANCE = 1


def make_worker():
    user = make_user("worker")
    user.set_password(PASSWORD)
    user.save()
    return user


def give_factor(user) -> Authenticator:
    data = {"secret": get_adapter().encrypt(SECRET)}
    return Authenticator.objects.create(user=user, type="totp", data=data)


@pytest.fixture
def worker(db):
    user = make_worker()
    give_factor(user)
    return user


def code_of(turn: int, secret=SECRET) -> str:
    """Return the code before (0), of now (1) or next (2)."""
    step = list(auth.yield_hotp_counters_from_time())[turn]
    return auth.format_hotp_value(auth.hotp_value(secret, step))


def sign_in(code, client=None):
    """Sign in with password and code; return the answer to the code."""
    client = client or Client()
    given = {"login": "worker", "password": PASSWORD}
    client.post(reverse("account_login"), given)
    return client.post(reverse("mfa_authenticate"), {"code": code})


def opens(answer) -> bool:
    return answer.status_code == 302 and answer.url == "/desk/"


def test_a_code_opens_once(worker):
    assert opens(sign_in(code_of(1)))
    again = sign_in(code_of(1))
    assert not opens(again)
    assert "请看验证器上的新数字" in again.content.decode()


def test_the_next_code_opens_and_an_earlier_one_no_more(worker):
    assert opens(sign_in(code_of(1)))
    assert opens(sign_in(code_of(2)))
    assert not opens(sign_in(code_of(0)))


def test_the_code_of_the_login_does_not_serve_to_confirm(worker):
    client = Client()
    sign_in(code_of(1), client)
    again = reverse("mfa_reauthenticate")
    assert client.post(again, {"code": code_of(1)}).status_code == 200
    assert client.post(again, {"code": code_of(2)}).status_code == 302
    assert not opens(sign_in(code_of(2)))


def test_the_code_that_switched_it_on_does_not_open(db):
    make_worker()
    client = Client()
    client.post(reverse("account_login"), {"login": "worker", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    on = reverse("mfa_activate_totp")
    secret = client.get(on).context["form"].secret
    assert client.post(on, {"code": code_of(1, secret)}).status_code == 302
    assert not opens(sign_in(code_of(1, secret)))
    assert opens(sign_in(code_of(2, secret)))


def test_a_factor_set_up_anew_remembers_nothing(worker):
    sign_in(code_of(2))
    worker.authenticator_set.all().delete()
    assert not TakenCode.objects.exists()
    give_factor(worker)
    assert opens(sign_in(code_of(1)))


@on_two_connections
def test_of_two_at_once_one_is_refused(transactional_db):
    factor = give_factor(make_worker())
    code, taken = code_of(1), []
    barrier = threading.Barrier(AT_ONCE)

    def run():
        barrier.wait()
        try:
            taken.append(used_codes.take(factor, code))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _turn in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * (AT_ONCE - 1) + [True]
