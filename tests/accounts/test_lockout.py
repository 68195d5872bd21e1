"""Who guesses passwords is stopped; who owns the account is not."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import devices, lockout
from accounts.models import LoginAttempt
from tests.factories import make_user
from toolkit.duties import perform_all
from toolkit.models import AuditEvent

PASSWORD = "Jade-Sea-2026-harbour"
GUESSES = 24


def make_worker(username="worker"):
    user = make_user(username)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def worker(db):
    return make_worker()


def sign_in(client, password=PASSWORD, username="worker", **meta):
    fields = {"login": username, "password": password}
    return client.post("/accounts/login/", fields, **meta)


def guess(times=5, **meta):
    """Guess from a device of which nothing is known."""
    return [sign_in(Client(), "wrong", **meta) for _try in range(times)][-1]


def guess_at_once():
    """Guess from as many connections; one after the other where there is only one."""
    if connection.vendor == "sqlite":
        guess(GUESSES)
        return
    barrier = threading.Barrier(GUESSES)

    def run():
        try:
            barrier.wait()
            guess(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _guess in range(GUESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_get_no_more_answers(transactional_db):
    make_worker()
    guess_at_once()
    assert AuditEvent.objects.filter(verb="login-failed").count() <= 5
    assert LoginAttempt.objects.count() <= 5


def test_a_try_counts_before_it_is_judged(rf, worker):
    request = rf.post("/accounts/login/")
    for _try in range(5):
        lockout.begin(request, "worker")
    with pytest.raises(ValidationError, match="15 分钟后再试"):
        lockout.begin(request, "worker")


def test_a_right_password_is_no_try(client, worker):
    sign_in(client)
    assert not LoginAttempt.objects.exists()


def test_a_refused_try_does_not_prolong_the_lock(worker):
    guess(8)
    assert LoginAttempt.objects.count() == 5


def test_strangers_do_not_lock_out_a_device_that_is_known(client, worker):
    sign_in(client)
    client.post("/accounts/logout/")
    guess()
    assert sign_in(client).url == "/desk/"
    assert "分钟后再试" in sign_in(Client()).content.decode()


def test_a_known_device_has_its_own_five_tries(client, worker):
    sign_in(client)
    client.post("/accounts/logout/")
    for _try in range(5):
        sign_in(client, "wrong")
    assert "分钟后再试" in sign_in(client).content.decode()
    assert sign_in(Client()).url == "/desk/"


def test_a_device_is_known_for_one_account_only(client, worker):
    other = make_worker("other")
    sign_in(client)
    (cookie,) = (name for name in client.cookies if name.startswith("known-"))
    stolen = Client()
    name = f"known-{devices.username_hash(other.username)[:16]}"
    stolen.cookies[name] = client.cookies[cookie].value
    guess(5, username="other")
    assert "分钟后再试" in sign_in(stolen, username="other").content.decode()


def test_an_address_is_closed_after_fifty_failures_of_any_account(worker):
    for number in range(50):
        guess(1, username=f"nobody-{number}", REMOTE_ADDR="10.9.9.9")
    page = sign_in(Client(), REMOTE_ADDR="10.9.9.9").content.decode()
    assert "分钟后再试" in page
    assert sign_in(Client(), REMOTE_ADDR="10.9.9.8").url == "/desk/"


def test_tries_are_forgotten_after_a_day(worker):
    guess(2)
    old = LoginAttempt.objects.order_by("pk")[:1]
    day = timezone.now() - timedelta(days=1, minutes=1)
    LoginAttempt.objects.filter(pk__in=old.values("pk")).update(at=day)
    assert perform_all(timezone.now())["login-attempts"] == 1
    assert LoginAttempt.objects.count() == 1
