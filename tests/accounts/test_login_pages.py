"""The pages around a login, in the office's own words."""

import re
from time import time

import pytest
from django.urls import reverse

WRONG = {"login": "nobody", "password": "wrong"}


@pytest.mark.django_db
def test_a_failed_login_says_how_often_one_may_still_try(client):
    answer = client.post(reverse("account_login"), WRONG).content.decode()
    assert "还可以再试 4 次，之后锁定 15 分钟。" in answer
    answer = client.post(reverse("account_login"), WRONG).content.decode()
    assert "还可以再试 3 次" in answer


@pytest.mark.django_db
def test_the_last_failure_promises_no_further_try(client):
    for _turn in range(5):
        answer = client.post(reverse("account_login"), WRONG).content.decode()
    assert "账号或密码不正确" in answer
    assert "还可以再试" not in answer


@pytest.mark.django_db
def test_the_login_page_speaks_of_an_account_and_keeps_the_name(client):
    answer = client.post(reverse("account_login"), WRONG).content.decode()
    assert "账号" in answer
    assert 'value="nobody"' in answer
    assert "wrong" not in answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_signup", "账号由系统管理员开通"),
        ("account_inactive", "账号已停用"),
    ],
)
def test_the_pages_nobody_needs_send_people_to_the_administrator(client, name, words):
    assert words in client.get(reverse(name)).content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_change_password", "现在的密码"),
        ("mfa_index", "手机验证器"),
        ("usersessions_list", "登录的设备"),
        ("account_logout", "要退出吗？"),
    ],
)
def test_the_pages_of_ones_own_account_open(client, mei, name, words):
    mei.set_password("Jade-Sea-2026-harbour")
    mei.save()
    client.force_login(mei)
    assert words in client.get(reverse(name)).content.decode()


def test_the_second_factor_is_drawn_in_the_page(client, mei):
    client.force_login(mei)
    page = client.get(reverse("mfa_activate_totp"), follow=True).content.decode()
    assert "data:image" not in page
    assert "确认是您本人" in page or "yh-qr" in page


def test_a_phone_opens_its_own_authenticator(client, mei):
    client.force_login(mei)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time()}]
    session.save()
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    link = re.search(r'href="(otpauth://totp/[^"]+)"', page)[1]
    assert "&amp;issuer=" in link
    assert "在本机验证器中打开" in page
    assert "无法扫码时，请手工输入密钥。" in page
