"""What a person sets on his own account, and what is refused to him there."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_user
from toolkit.models import AuditEvent


def set_page_size(client, **fields):
    return client.post(reverse("accounts:page-size"), fields)


def test_a_page_size_is_kept_and_leads_back(browse, lin):
    answer = set_page_size(browse(lin), page_size="50", next="/volunteers/teams/")
    lin.refresh_from_db()
    assert (lin.page_size, answer.url) == (50, "/volunteers/teams/")


@pytest.mark.parametrize("size", ["", "21", "1000000", "many"])
def test_only_three_page_sizes_are_offered(browse, lin, size):
    set_page_size(browse(lin), page_size=size)
    lin.refresh_from_db()
    assert lin.page_size == 20


def test_a_page_size_leads_nowhere_else(browse, lin):
    answer = set_page_size(browse(lin), page_size="50", next="https://evil.example/")
    assert answer.url == "/desk/"


def test_nobody_gives_himself_a_password(browse, mei):
    url = reverse("accounts:user-new-password", args=[mei.pk])
    assert browse(mei).post(url).status_code == 404
    mei.refresh_from_db()
    assert not mei.must_change_password


def test_somebody_else_is_given_a_password(browse, mei):
    user = make_user("new")
    url = reverse("accounts:user-new-password", args=[user.pk])
    assert browse(mei).post(url).status_code == 302
    user.refresh_from_db()
    assert user.must_change_password


def test_a_password_is_given_only_after_a_question(browse, mei):
    user = make_user("new", name="戴永春")
    url = reverse("accounts:user-new-password", args=[user.pk])
    page = browse(mei).get(user.get_absolute_url()).content.decode()
    assert f'href="{url}"' in page
    assert f'action="{url}"' not in page
    page = browse(mei).get(url)
    assert page.status_code == 200
    assert "将作废戴永春现在的密码，临时密码3天内有效" in page.content.decode()
    user.refresh_from_db()
    assert not user.must_change_password
    page = browse(mei).post(url, follow=True).content.decode()
    assert "临时密码：" in page
    assert "只显示这一次，3天内有效" in page


def test_nobody_is_asked_about_his_own_password(browse, mei):
    url = reverse("accounts:user-new-password", args=[mei.pk])
    assert browse(mei).get(url).status_code == 404


def test_a_form_from_elsewhere_is_refused(mei):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mei)
    user = make_user("new")
    answer = client.post(reverse("accounts:user-new-password", args=[user.pk]))
    assert answer.status_code == 403
    assert "这一页放得太久了" in answer.content.decode()
    user.refresh_from_db()
    assert not user.must_change_password
    assert not AuditEvent.objects.filter(verb="password-given").exists()
