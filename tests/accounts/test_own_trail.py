"""What changes how somebody signs in is in the trail, and on his own account page."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts.models import Trail
from tests.factories import make_user
from toolkit.models import AuditEvent

PASSWORD = "Jade-Sea-2026-harbour"
ANOTHER = "Harbour-2026-jade"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def worker(db):
    user = make_user("worker")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def visitor(client, worker):
    """The worker's browser, in which he has just given his password twice."""
    return confirmed(client)


def sign_in(client, password=PASSWORD):
    return client.post(
        reverse("account_login"), {"login": "worker", "password": password}
    )


def confirmed(client):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def events(verb):
    return AuditEvent.objects.filter(verb=verb)


def code_now(secret: str) -> str:
    counter = next(auth.yield_hotp_counters_from_time())
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def switch_on(visitor):
    page = visitor.get(reverse("mfa_activate_totp"))
    code = code_now(page.context["form"].secret)
    return visitor.post(reverse("mfa_activate_totp"), {"code": code})


def change_password(visitor):
    fields = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    return visitor.post(reverse("account_change_password"), fields)


def test_a_password_of_ones_own(visitor, worker):
    change_password(visitor)
    event = events("password-changed").get()
    assert (event.actor, event.subject_id) == (worker, worker.pk)
    assert ANOTHER not in str(vars(event))
    sign_in(visitor, ANOTHER)
    assert "修改密码" in own_lines(visitor)


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_switched_on_renewed_and_off(worker, client):
    switch_on(confirmed(client))
    assert events("second-factor-on").get().actor == worker
    client.post(reverse("mfa_generate_recovery_codes"))
    assert events("recovery-codes-made").get().actor == worker
    client.post(reverse("mfa_deactivate_totp"))
    assert events("second-factor-off").get().actor == worker
    assert not Authenticator.objects.exists()
    for words in ("开通动态口令", "生成备用码", "停用动态口令"):
        assert words in own_lines(client)


def test_a_wrong_code_switches_nothing_on(visitor):
    visitor.get(reverse("mfa_activate_totp"))
    visitor.post(reverse("mfa_activate_totp"), {"code": "000"})
    assert not events("second-factor-on").exists()


@pytest.mark.parametrize("page", ["mfa_activate_totp", "mfa_deactivate_totp"])
def test_a_step_without_its_event_is_not_taken(page, visitor, worker, monkeypatch):
    if page == "mfa_deactivate_totp":
        data = {"secret": get_adapter().encrypt(SECRET)}
        Authenticator.objects.create(user=worker, type="totp", data=data)

    def fail(*args, **kwargs):
        raise OSError("the trail is away")

    monkeypatch.setattr("accounts.sign_in.audit.record", fail)
    before = Authenticator.objects.count()
    with pytest.raises(OSError, match="the trail is away"):
        switch_on(visitor) if before == 0 else visitor.post(reverse(page))
    assert Authenticator.objects.count() == before


def test_other_sessions_that_are_ended(visitor, worker):
    other = Client()
    sign_in(other)
    assert UserSession.objects.count() == 2
    visitor.post(reverse("usersessions_list"))
    event = events("sessions-ended").get()
    assert (event.actor, event.subject_id, event.count) == (worker, worker.pk, 1)
    assert other.get("/desk/").status_code == 302


def test_ending_no_session_is_no_event(visitor):
    visitor.post(reverse("usersessions_list"))
    assert not events("sessions-ended").exists()


def own_lines(visitor) -> str:
    page = visitor.get(reverse("accounts:me")).content.decode()
    return re.search(r'id="logins".*?</section>', page, re.S).group()


def test_the_auditor_reads_words(visitor):
    change_password(visitor)
    assert Trail.objects.get(verb="password-changed").act == "修改密码"
