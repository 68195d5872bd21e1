"""What was sent into an ended sign-in: where it leads, and that it was not written."""

import pytest
from django.urls import reverse

ACCOUNT = reverse("accounts:me")
ONLY_A_FORM = reverse("accounts:page-size")
LOGIN = reverse("account_login")


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        (f"http://testserver{ACCOUNT}?tab=2", f"{ACCOUNT}%3Ftab%3D2"),
        ("https://elsewhere.example/", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_a_form_leads_back_to_the_page_it_stood_on(client, db, came_from, leads_to):
    answer = client.post(ONLY_A_FORM, {"page_size": 50}, headers={"referer": came_from})
    assert answer.url == f"{LOGIN}?next={leads_to}"
    assert "没有写入" in client.get(answer.url).content.decode()


def test_a_page_leads_back_to_itself(client, db):
    assert client.get(ACCOUNT).url == f"{LOGIN}?next={ACCOUNT}"


def test_an_address_that_takes_only_a_form_has_a_page(browse, lin):
    answer = browse(lin).get(ONLY_A_FORM)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "不能直接打开" in answer.content.decode()


def test_a_page_that_asks_of_itself_is_told_of_no_loss(client, db):
    asking = {"X-Requested-With": "fetch", "referer": f"http://testserver{ACCOUNT}"}
    answer = client.post(reverse("account_session"), headers=asking)
    assert answer.status_code == 302
    assert "没有写入" not in client.get(LOGIN).content.decode()
