"""What one's own new password may not be, and whose names are one account."""

import pytest
from django.urls import reverse

from accounts.actions import choose_password, give_initial_password
from accounts.forms import UserForm
from accounts.models import UsedPassword
from tests.factories import make_user

CHANGE = reverse("account_change_password")
NEW = "seven-boats-on-the-river"


@pytest.fixture
def given(mei, lin, browse):
    """Lin has got a password from the office, which must be changed."""
    password = give_initial_password(user=lin, by=mei)
    lin.refresh_from_db()
    browse(lin)
    return password


def change(client, old, new):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def test_the_given_password_is_not_ones_own(given, client, lin):
    page = change(client, given, given)
    assert "初始密码" in page.content.decode()
    lin.refresh_from_db()
    assert lin.must_change_password
    assert change(client, given, NEW).status_code == 302


def test_nobody_goes_back_to_one_of_the_last_five(given, client, lin):
    for number in range(5):
        choose_password(lin, f"{NEW}-{number}")
    client.force_login(lin)
    now = f"{NEW}-4"
    assert UsedPassword.objects.filter(user=lin).count() == 5
    for used in (f"{NEW}-0", now):
        assert change(client, now, used).status_code == 200
    # What lies further back is forgotten.
    assert change(client, now, given).status_code == 302


def test_the_used_ones_are_hashes(given):
    assert given not in {one.encoded for one in UsedPassword.objects.all()}


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
