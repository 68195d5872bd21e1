"""Wrong tries name the account they were made against; refused ones are told too."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import lockout
from accounts.models import LoginAttempt, Trail
from tests.factories import make_user
from toolkit.models import AuditEvent

PASSWORD = "Jade-Sea-2026-harbour"


@pytest.fixture
def director(db):
    user = make_user("director")
    user.set_password(PASSWORD)
    user.save()
    return user


def guess(username="director", times=1, **meta):
    fields = {"login": username, "password": "wrong"}
    url = reverse("account_login")
    return [Client().post(url, fields, **meta) for _try in range(times)][-1]


def events(verb):
    return AuditEvent.objects.filter(verb=verb)


def test_a_wrong_password_names_its_account_and_nobody_who_did_it(director):
    guess()
    event = events("login-failed").get()
    assert (event.subject_id, event.actor) == (director.pk, None)
    assert Trail.objects.get(pk=event.pk).about == f"账号（编号 {director.pk}）"


def test_a_name_is_found_however_it_is_written(director):
    guess(" DIRECTOR ")
    assert events("login-failed").get().subject_id == director.pk


def test_a_name_nobody_has_is_kept_nowhere(db):
    guess("zhang-san")
    event = events("login-failed").get()
    assert event.subject_id is None
    assert "zhang" not in str(vars(event))


def test_names_are_told_apart_neither_by_words_nor_by_work(director):
    def asked(username):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = guess(username, REMOTE_ADDR=f"10.1.1.{len(username)}")
        kinds = [query["sql"].split()[0] for query in seen]
        return page.content.decode().replace(username, ""), kinds

    for _try in range(6):
        (known, work), (unknown, other) = asked("director"), asked("nobody")
        assert len(known) == len(unknown)
        assert work == other


def test_a_try_against_a_closed_account_is_told_once_a_minute(director):
    guess(times=9)
    assert events("login-failed").count() == 5
    event = events("login-locked").get()
    assert (event.subject_id, event.actor) == (director.pk, None)
    assert Trail.objects.get(pk=event.pk).who == ""
    assert LoginAttempt.objects.count() == 5


def test_a_minute_later_it_is_told_again(director, monkeypatch):
    guess(times=6)
    later = timezone.now() + timedelta(minutes=1, seconds=1)
    monkeypatch.setattr(lockout.timezone, "now", lambda: later)
    guess()
    assert events("login-locked").count() == 2


def test_names_made_up_at_a_closed_address_are_told_once_a_minute(db):
    for number in range(50):
        guess(f"nobody-{number}", REMOTE_ADDR="10.9.9.9")
    for number in range(4):
        guess(f"somebody-{number}", REMOTE_ADDR="10.9.9.9")
    event = events("login-locked").get()
    assert (event.subject_id, event.ip) == (None, "10.9.9.9")


def test_the_owner_sees_the_tries_against_his_account(director, browse):
    guess(times=6, REMOTE_ADDR="198.51.100.7")
    page = browse(director).get(reverse("accounts:me")).content.decode()
    assert page.count("登录失败") == 5
    assert page.count("锁定期间登录") == 1
    assert page.count("198.51.100.7") == 6


def test_nobody_sees_the_tries_against_others(director, browse, mei):
    guess()
    assert "登录失败" not in browse(mei).get(reverse("accounts:me")).content.decode()
