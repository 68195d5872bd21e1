"""A NUL is refused with the page for requests that cannot be read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from notices.models import Notice
from tests.factories import make_notice

WORDS = "看不见的控制字符"


@pytest.mark.parametrize(
    "url",
    [
        "/?q=%00",
        "/visits/overdue/?unit=%00",
        "/communities/households/suggest/?x=%00a",
    ],
)
def test_an_address_with_a_nul_is_a_bad_request(url, browse, mei):
    page = browse(mei).get(url)
    assert page.status_code == 400
    assert WORDS in page.content.decode()


def test_no_page_has_a_nul_in_its_path(browse, mei):
    assert browse(mei).get("/units/%00/").status_code == 404


def test_two_zeros_behind_a_percent_sign_are_none(client, db):
    assert client.get("/?q=%2500").status_code == 200


def test_a_cookie_with_a_nul_is_a_bad_request(client, db):
    page = client.get("/", HTTP_COOKIE='sessionid="\\000aaaaaaaaaaaa"')
    assert page.status_code == 400
    assert WORDS in page.content.decode()


def test_a_field_with_a_nul_writes_nothing(browse, mei, donghu):
    notice = make_notice(donghu)
    url = reverse("notices:notice-transition", args=[notice.pk, "submit"])
    page = browse(mei).post(url, {"note": "a\x00b"})
    assert page.status_code == 400
    assert WORDS in page.content.decode()
    assert Notice.objects.get(pk=notice.pk).status == notice.status


def test_the_content_of_a_file_is_its_own_affair(browse, mei, donghu):
    notice = make_notice(donghu)
    url = reverse("notices:attachment-add", args=[notice.pk])
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\x00\x00")
    page = browse(mei).post(url, {"title": "表", "file": file})
    assert WORDS not in page.content.decode()


def test_a_machine_is_told_too(browse, mei):
    answer = browse(mei).get("/api/v1/volunteers/teams/?q=%00")
    assert answer.status_code == 400
    assert WORDS in answer.json()["detail"]
