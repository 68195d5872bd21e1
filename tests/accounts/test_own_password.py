"""What one's own new password may not be, and whose names are one account."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import (
    get_default_password_validators,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.db.models import F
from django.urls import reverse

from accounts.actions import choose_password, give_temporary_password
from accounts.forms import UserForm
from accounts.models import UsedPassword, User
from accounts.passwords import UnlikeTheOwner
from tests.factories import make_user
from tests.guards import unguarded
from toolkit import audit
from toolkit.models import AuditEvent

CHANGE = reverse("account_change_password")
NEW = "seven-boats-on-the-river"


@pytest.fixture
def given(mei, lin, browse):
    """Lin has got a password from the office, which must be changed."""
    password = give_temporary_password(user=lin, by=mei)
    lin.refresh_from_db()
    browse(lin)
    return password


def a_day_later():
    """Let what is in the trail lie a day further back."""
    day = timedelta(hours=24)
    with unguarded("toolkit_auditevent"):
        AuditEvent.objects.update(at=F("at") - day)


def change(client, old, new):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def test_the_given_password_is_not_ones_own(given, client, lin):
    page = change(client, given, given)
    assert "临时密码" in page.content.decode()
    lin.refresh_from_db()
    assert lin.must_change_password
    assert change(client, given, NEW).status_code == 302


def test_nobody_goes_back_to_one_of_the_last_five(given, client, lin):
    for number in range(5):
        choose_password(lin, f"{NEW}-{number}")
    client.force_login(lin)
    a_day_later()
    now = f"{NEW}-4"
    assert UsedPassword.objects.filter(user=lin).count() == 5
    for used in (f"{NEW}-0", now):
        assert change(client, now, used).status_code == 200
    # What lies further back is forgotten.
    assert change(client, now, given).status_code == 302


def test_the_used_ones_are_hashes(given):
    assert given not in {one.encoded for one in UsedPassword.objects.all()}


def test_ones_own_password_is_changed_once_a_day(given, client, lin, mei):
    assert change(client, given, NEW).status_code == 302
    client.force_login(User.objects.get(pk=lin.pk))
    page = change(client, NEW, f"{NEW}-2")
    assert "24 小时内只能改一次" in page.content.decode()
    a_day_later()
    # What else was done with the account lately is no change of the password.
    audit.record("second-factor-on", actor=lin, subject=lin)
    assert change(client, NEW, f"{NEW}-2").status_code == 302


def test_a_given_one_is_changed_at_once_whenever_it_comes(given, client, lin, mei):
    change(client, given, NEW)
    again = give_temporary_password(user=lin, by=mei)
    client.force_login(User.objects.get(pk=lin.pk))
    assert change(client, again, f"{NEW}-2").status_code == 302


@pytest.mark.parametrize(
    "password",
    [
        "金克俭金克俭金克俭金克俭",
        "2026金克俭-keeper-1",
        "KEEPER-keeper-12",
        "金克俭" * 9,
    ],
)
def test_ones_own_name_is_no_password(password):
    owner = User(username="keeper", name="金克俭")
    with pytest.raises(ValidationError, match="和账号或姓名太相近"):
        validate_password(password, owner)


def test_a_password_that_is_like_the_account_is_none():
    owner = User(username="harbour-keeper", name="金克俭")
    with pytest.raises(ValidationError, match="和账号或姓名太相近"):
        UnlikeTheOwner().validate("harbor-keeqer-1", owner)


def test_the_present_password_counts_though_it_was_not_noted(lin):
    """As it was set before the office kept the last few."""
    lin.set_password(NEW)
    lin.save()
    UsedPassword.objects.all().delete()
    with pytest.raises(ValidationError, match="次用过的密码"):
        validate_password(NEW, lin)


@pytest.mark.parametrize(
    "password", [NEW, "金克俭爱吃瑞安的清明饼", "keepers-of-the-lane"]
)
def test_a_name_within_a_sentence_is_one(password):
    UnlikeTheOwner().validate(password, User(username="keeper", name="金克俭"))
    UnlikeTheOwner().validate(password, None)


BAD = ("short", "password1234", "123456789012", "worker-worker", "金克俭金克俭")


def test_every_refusal_of_a_password_is_in_chinese(given, lin):
    lin.username, lin.name = "worker-worker", "金克俭"
    refusals = []
    for one in get_default_password_validators():
        for password in (*BAD, given):
            try:
                one.validate(password, lin)
            except ValidationError as refusal:
                refusals.append((type(one), " ".join(refusal.messages)))
        assert not re.search("[A-Za-z]{2}", one.get_help_text())
    assert {kind for kind, _words in refusals} == {
        type(one) for one in get_default_password_validators()
    }
    assert not [words for _kind, words in refusals if re.search("[A-Za-z]{2}", words)]


def fields(user, **changed):
    return {
        "username": user.username,
        "name": user.name,
        "is_active": "on",
    } | changed


def test_a_name_in_other_letters_is_the_same_account(lin, mei):
    form = UserForm({"username": "LIN", "name": "另一位"}, user=mei)
    assert not form.is_valid()
    assert "大小写不同也算同一个" in str(form.errors)
    assert UserForm(fields(lin, name="新名"), instance=lin, user=mei).is_valid()


def test_nobody_shuts_himself_out(mei):
    data = fields(mei)
    del data["is_active"]
    form = UserForm(data, instance=mei, user=mei)
    assert "不能停用自己的账号" in str(form.errors)
    assert UserForm(data, instance=mei, user=make_user("other")).is_valid()
