"""A page that has read an account writes back only what it is about."""

import pytest
from allauth.account.adapter import get_adapter

from accounts import actions
from accounts.forms import PreferencesForm
from accounts.models import User
from tests.factories import make_user

PASSWORD = "Jade-Sea-2026-harbour"
LOOKS = {"theme": "dark", "page_size": 50}


@pytest.fixture
def stale(db):
    """An account as a request read it, just before an administrator changed it."""
    user = make_user("worker")
    given = make_user().password
    User.objects.filter(pk=user.pk).update(
        is_active=False, password=given, must_change_password=True, post="网格员"
    )
    user.given = given
    return user


def save_looks(user, by):
    PreferencesForm(LOOKS, instance=user).save()


def choose_password(user, by):
    get_adapter().set_password(user, PASSWORD)


def give_password(user, by):
    actions.give_temporary_password(user=user, by=by)


@pytest.mark.parametrize("act", [save_looks, choose_password, give_password])
def test_an_account_that_was_disabled_stays_so(act, stale, mei):
    act(stale, mei)
    stored = User.objects.get(pk=stale.pk)
    assert (stored.is_active, stored.post) == (False, "网格员")


def test_how_pages_look_leaves_the_password_alone(stale, mei):
    save_looks(stale, mei)
    stored = User.objects.get(pk=stale.pk)
    assert (stored.theme, stored.page_size) == ("dark", 50)
    assert (stored.password, stored.must_change_password) == (stale.given, True)


def test_a_password_of_ones_own_settles_the_given_one(stale, mei):
    choose_password(stale, mei)
    stored = User.objects.get(pk=stale.pk)
    assert stored.check_password(PASSWORD)
    assert not stored.must_change_password
