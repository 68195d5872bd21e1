"""Who has lost his second factor gets in again through the security administrator."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from tests.factories import make_assignment, make_tenure, make_user
from toolkit.history import history_of
from toolkit.models import AuditEvent

SECRET = "JBSWY3DPEHPK3PXP"
WHY = {"note": "手机丢了，当面核对过本人"}


def give_factor(user):
    data = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=user, type="totp", data=data)
    RecoveryCodes.activate(user)


@pytest.fixture
def worker(donghu):
    user = make_tenure(donghu, user=make_user("worker")).user
    give_factor(user)
    return user


@pytest.fixture
def security(street):
    """Holds what the security administrator does, and sees no accounts."""
    held = ["view_assignment", "add_assignment", "change_assignment"]
    return make_assignment("security", street, held).user


def url_of(user):
    return reverse("accounts:user-second-factor", args=[user.pk])


def lift(visitor, user, **fields):
    return visitor.post(url_of(user), fields or WHY)


def test_it_is_asked_before_it_is_done(browse, security, worker):
    page = browse(security).get(url_of(worker))
    assert page.status_code == 200
    assert worker.name in page.content.decode()
    assert worker.authenticator_set.count() == 2


def test_the_factor_and_its_codes_are_gone(browse, security, worker):
    assert lift(browse(security), worker).status_code == 302
    assert not worker.authenticator_set.exists()


def test_it_is_written_down_without_the_secret(browse, security, worker):
    lift(browse(security), worker)
    event = AuditEvent.objects.get(verb="second-factor-lifted")
    assert (event.actor, event.subject_id) == (security, worker.pk)
    assert SECRET not in str(vars(event))
    assert history_of(worker).get().note == WHY["note"]
    page = browse(worker).get(reverse("accounts:me")).content.decode()
    assert "解除动态口令" in page
    assert security.name in page


def test_every_session_of_the_account_ends(browse, security, worker):
    theirs = Client()
    theirs.force_login(worker)
    assert theirs.get(reverse("accounts:me")).status_code == 200
    lift(browse(security), worker)
    assert theirs.get(reverse("accounts:me")).status_code == 302
    assert not UserSession.objects.filter(user=worker).exists()
    assert AuditEvent.objects.get(verb="sessions-ended").subject_id == worker.pk


def test_a_new_factor_is_demanded_next(browse, security, worker, settings):
    settings.YUHAI_SECOND_FACTOR_REQUIRED = True
    give_factor(security)
    lift(browse(security), worker)
    way = browse(worker).get(reverse("accounts:me"))
    assert way.url == reverse("mfa_activate_totp")


def test_a_reason_is_needed(browse, security, worker):
    page = browse(security).post(url_of(worker), {"note": " "})
    assert page.status_code == 422
    assert worker.authenticator_set.count() == 2


def test_nobody_lifts_his_own(browse, security):
    give_factor(security)
    assert lift(browse(security), security).status_code == 404
    assert security.authenticator_set.count() == 2


def test_there_must_be_one_to_lift(browse, security, donghu):
    user = make_tenure(donghu).user
    page = browse(security).post(url_of(user), WHY)
    assert page.status_code == 422
    assert "没有开通动态口令" in page.content.decode()
    assert page.context["form"]["note"].value() == WHY["note"]
    assert not AuditEvent.objects.filter(verb="second-factor-lifted").exists()


def test_whoever_gives_out_passwords_alone_does_not(browse, street, worker):
    held = ["view_user", "change_user"]
    system = make_assignment("system", street, held).user
    assert lift(browse(system), worker).status_code == 403
    assert worker.authenticator_set.exists()


def test_whoever_assigns_in_one_community_does_not(browse, donghu, worker):
    held = ["view_assignment", "change_assignment"]
    local = make_assignment("local", donghu, held).user
    assert lift(browse(local), worker).status_code == 404
    assert worker.authenticator_set.exists()


def test_it_is_offered_where_there_is_one(browse, security, mei, worker, donghu):
    tenure = worker.assignments.get()
    other = make_tenure(donghu)
    pages = [
        browse(security).get(tenure.get_absolute_url()),
        browse(mei).get(worker.get_absolute_url()),
    ]
    assert all(url_of(worker) in page.content.decode() for page in pages)
    page = browse(security).get(other.get_absolute_url()).content.decode()
    assert url_of(other.user) not in page
