"""Reading a page writes nothing; activity is noted now and then."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse


def test_a_second_page_notes_no_activity(lin, browse):
    visitor, url = browse(lin), reverse("accounts:me")
    visitor.get(url)
    noted = UserSession.objects.get().last_seen_at
    visitor.get(url)
    assert UserSession.objects.get().last_seen_at == noted


def test_activity_is_noted_again_after_a_while(lin, browse):
    visitor, url = browse(lin), reverse("accounts:me")
    visitor.get(url)
    noted = UserSession.objects.get().last_seen_at
    session = visitor.session
    session["noted_at"] -= 301
    session.save()
    visitor.get(url)
    assert UserSession.objects.get().last_seen_at > noted


def test_the_own_device_comes_first_and_then_the_newest(lin, browse):
    visitor = browse(lin)
    visitor.get(reverse("accounts:me"))
    for ip in ("10.0.0.1", "10.0.0.2"):
        other = Client()
        other.force_login(lin)
        other.get(reverse("accounts:me"), REMOTE_ADDR=ip)
    page = visitor.get(reverse("usersessions_list")).content.decode()
    order = re.findall(r"<td [^>]*>([\d.]+)</td>|(本机)", page)
    assert order == [
        ("127.0.0.1", ""),
        ("", "本机"),
        ("10.0.0.2", ""),
        ("10.0.0.1", ""),
    ]
    assert "未识别的浏览器" in page


def pass_time(visitor, **moments):
    session = visitor.session
    for name, seconds in moments.items():
        session[name] -= seconds
    session.save()


@pytest.mark.parametrize(
    "moments",
    [
        {"began_at": 10 * 3600 + 1},
        {"began_at": 3 * 3600, "noted_at": 35 * 60 + 1},
    ],
)
def test_a_session_ends_and_leads_back_to_its_page(lin, browse, moments):
    visitor, url = browse(lin), reverse("accounts:me")
    visitor.get(url)
    pass_time(visitor, **moments)
    answer = visitor.get(url)
    assert answer.url == f"{reverse('account_login')}?next={url}"
    assert "_auth_user_id" not in visitor.session


def test_a_session_in_use_goes_on(lin, browse):
    visitor, url = browse(lin), reverse("accounts:me")
    visitor.get(url)
    pass_time(visitor, began_at=9 * 3600, noted_at=30 * 60)
    assert visitor.get(url).status_code == 200
