"""Somebody can give out roles on every coming day."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import keeping
from accounts.models import Assignment, User
from tests.connections import on_two_connections
from tests.factories import make_role, make_tenure, make_user
from toolkit.models import HistoryEntry

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)
NOBODY = "就没有人能安排岗位了"


@pytest.fixture
def security(street):
    """The role that gives out roles."""
    role = make_role("street", "administration", "安全管理员")
    names = ("view_assignment", "add_assignment", "change_assignment")
    role.permissions.set(Permission.objects.filter(codename__in=names))
    return role


@pytest.fixture
def system(street):
    role = make_role("street", "administration", "系统管理员")
    names = ("view_user", "change_user")
    role.permissions.set(Permission.objects.filter(codename__in=names))
    return make_tenure(street, role=role).user


@pytest.fixture
def first(street, security):
    return make_tenure(street, role=security, starts_on=TODAY)


@pytest.fixture
def second(street, security):
    return make_tenure(street, role=security, starts_on=TODAY)


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def close(by, held):
    url = f"/accounts/assignments/{held.pk}/close/"
    return as_(by).post(url, {"note": "轮岗"}, follow=True).content.decode()


def edit(by, held, **changed):
    sent = {
        "user": held.user_id,
        "role": held.role_id,
        "org_unit": held.org_unit_id,
        "starts_on": held.starts_on.isoformat(),
    } | changed
    url = f"/accounts/assignments/{held.pk}/edit/"
    return as_(by).post(url, sent, follow=True).content.decode()


def disable(by, user):
    sent = {"username": user.username, "name": user.name}
    return as_(by).post(f"/accounts/users/{user.pk}/edit/", sent).content.decode()


def ends(held):
    return Assignment.objects.get(pk=held.pk).ends_on


def test_nobody_ends_his_own(first, second):
    assert "不能结束自己的这个岗位" in close(first.user, first)
    assert ends(first) is None
    assert not HistoryEntry.objects.exists()


def test_nobody_hands_his_own_to_another(first, second):
    other = make_user()
    assert "不能结束自己的这个岗位" in edit(first.user, first, user=other.pk)
    assert Assignment.objects.get(pk=first.pk).user == first.user


def test_a_post_that_gives_out_no_roles_may_be_ones_own(street, first):
    role = make_role("street")
    names = ("view_assignment", "change_assignment")
    role.permissions.set(Permission.objects.filter(codename__in=names))
    held = make_tenure(street, role=role, starts_on=TODAY)
    close(held.user, held)
    assert ends(held) == TODAY


def test_another_ends_it_while_he_stays(first, second):
    close(second.user, first)
    assert ends(first) == TODAY


def test_whoever_goes_himself_cannot_end_the_one_who_stays(street, second, security):
    leaving = make_tenure(street, role=security, starts_on=TODAY, ends_on=LATER)
    assert NOBODY in close(leaving.user, second)
    assert ends(second) is None
    day = (LATER + timedelta(days=1)).isoformat()
    assert NOBODY in edit(leaving.user, second, ends_on=LATER.isoformat())
    # With a successor from the day after there is no day without.
    make_tenure(street, role=security, starts_on=day)
    edit(leaving.user, second, ends_on=LATER.isoformat())
    assert ends(second) == LATER


def test_another_role_or_a_later_begin_leave_a_gap_too(street, first, security):
    leaving = make_tenure(street, role=security, starts_on=TODAY, ends_on=LATER)
    begin = (LATER + timedelta(days=2)).isoformat()
    assert NOBODY in edit(leaving.user, first, starts_on=begin)
    plain = make_role("street", "administration")
    assert NOBODY in edit(leaving.user, first, role=plain.pk)


def test_a_gap_that_is_there_already_stops_nothing(street, second, security):
    Assignment.objects.update(ends_on=LATER)
    leaving = make_tenure(street, role=security, starts_on=TODAY, ends_on=LATER)
    edit(leaving.user, second, ends_on=TODAY.isoformat())
    assert ends(second) == TODAY


def test_the_last_account_is_not_disabled(first, system):
    assert NOBODY in disable(system, first.user)
    assert User.objects.get(pk=first.user_id).is_active


def test_one_of_two_accounts_is_disabled(first, second, system):
    disable(system, first.user)
    assert not User.objects.get(pk=first.user_id).is_active
    assert NOBODY in disable(system, second.user)


def test_a_disabled_account_or_a_community_is_no_help(street, donghu, first, security):
    make_tenure(donghu, role=security, starts_on=TODAY)
    asleep = make_tenure(street, role=security, starts_on=TODAY)
    User.objects.filter(pk=asleep.user_id).update(is_active=False)
    leaving = make_tenure(street, role=security, starts_on=TODAY, ends_on=LATER)
    assert NOBODY in close(leaving.user, first)


def test_the_first_administrator_is_always_there(first, system):
    make_user(is_superuser=True)
    disable(system, first.user)
    assert not User.objects.get(pk=first.user_id).is_active


def test_an_administrator_without_an_account_is_no_help(first, system):
    make_user(is_superuser=True, is_active=False)
    assert NOBODY in disable(system, first.user)
    assert User.objects.get(pk=first.user_id).is_active


@on_two_connections
def test_two_do_not_end_each_other(transactional_db, first, second):
    def run():
        try:
            close(first.user, second)
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with keeping.somebody_left():
        Assignment.objects.filter(pk=first.pk).update(ends_on=TODAY)
        other.start()
        # It has to wait for what is not written yet.
        other.join(1)
    other.join()
    assert (ends(first), ends(second)) == (TODAY, None)
