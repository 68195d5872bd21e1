"""A code is guessed no more often than a password."""

import base64

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import LoginAttempt
from tests.factories import make_user
from toolkit.models import AuditEvent

PASSWORD = "Jade-Sea-2026-harbour"


@pytest.fixture
def worker(db):
    user = make_user("worker")
    user.set_password(PASSWORD)
    user.save()
    secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    return user


@pytest.fixture
def recovery_code(worker):
    return RecoveryCodes.activate(worker).get_unused_codes()[0]


def give_password(client, password=PASSWORD):
    fields = {"login": "worker", "password": password}
    return client.post(reverse("account_login"), fields)


def give_code(client, code="nonsense", page="mfa_authenticate"):
    return client.post(reverse(page), {"code": code})


def test_the_fifth_wrong_code_gives_the_login_up(client, worker, recovery_code):
    give_password(client)
    for _try in range(4):
        assert give_code(client).status_code == 200
    assert give_code(client).url == reverse("account_login")
    assert "分钟后再试" in client.get(reverse("account_login")).content.decode()
    assert give_code(client, recovery_code).url == reverse("account_login")
    assert "分钟后再试" in give_password(client).content.decode()


def test_a_wrong_code_is_written_down(client, worker):
    give_password(client)
    give_code(client)
    assert AuditEvent.objects.get(verb="second-factor-failed").actor == worker


def test_a_right_password_in_between_does_not_start_anew(client, worker):
    for _try in range(5):
        give_password(client)
        give_code(client)
    assert "分钟后再试" in give_password(client).content.decode()


def test_a_right_code_forgets_the_wrong_ones(client, worker, recovery_code):
    give_password(client)
    give_code(client)
    assert give_code(client, recovery_code).url == "/desk/"
    assert not LoginAttempt.objects.exists()


def test_a_code_asked_again_is_counted(client, worker, recovery_code):
    client.force_login(worker)
    for _try in range(5):
        give_code(client, page="mfa_reauthenticate")
    page = give_code(client, recovery_code, page="mfa_reauthenticate")
    assert "分钟后再试" in page.content.decode()
    assert AuditEvent.objects.filter(verb="second-factor-failed").count() == 5


def test_a_password_asked_again_is_counted(client, worker):
    client.force_login(worker)
    for _try in range(5):
        client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    page = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "分钟后再试" in page.content.decode()


def test_the_present_password_is_not_guessed_by_changing_it(client, worker):
    client.force_login(worker)
    new = {"password1": "Harbour-2026-jade", "password2": "Harbour-2026-jade"}
    url = reverse("account_change_password")
    for _try in range(5):
        client.post(url, new | {"oldpassword": "wrong"})
    page = client.post(url, new | {"oldpassword": PASSWORD})
    assert "分钟后再试" in page.content.decode()
    assert AuditEvent.objects.filter(verb="login-failed", actor=worker).count() == 5


def secrets_of(user) -> str:
    return str(list(user.authenticator_set.values_list("data", flat=True)))


def test_no_secret_lies_in_the_clear(worker, recovery_code):
    assert "JBSWY3DPEHPK3PXP" not in secrets_of(worker)
    assert secrets_of(worker).count("t1:") == 2


def test_a_new_key_seals_the_secrets_anew(worker, recovery_code, settings):
    old = settings.YUHAI_KEYS
    fresh = "t2:" + base64.b64encode(b"n" * 32).decode()
    settings.YUHAI_KEYS = old | {"encryption": f"{fresh},{old['encryption']}"}
    call_command("rotate_keys")
    assert secrets_of(worker).count("t2:") == 2
    # The old key is no longer needed.
    settings.YUHAI_KEYS = old | {"encryption": fresh}
    assert TOTP(worker.authenticator_set.get(type="totp")).validate_code("x") is False
    codes = RecoveryCodes(worker.authenticator_set.get(type="recovery_codes"))
    assert recovery_code in codes.get_unused_codes()


def test_a_secret_that_does_not_open_is_named(worker, settings):
    other = "t3:" + base64.b64encode(b"o" * 32).decode()
    settings.YUHAI_KEYS = settings.YUHAI_KEYS | {"encryption": other}
    with pytest.raises(CommandError, match="打不开"):
        call_command("rotate_keys")
