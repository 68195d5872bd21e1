"""What is too large is refused before anybody reads it."""

import pytest
from django.core.exceptions import RequestDataTooBig

from toolkit.body_size import BodySizeMiddleware

MEGABYTE = 1024 * 1024
FORM = "multipart/form-data; boundary=x"


class Unread:
    """A body that must not be touched."""

    def read(self, *args):
        raise AssertionError("the body was read")


@pytest.fixture
def send(rf, guo):
    def go(length, content_type=FORM, user=guo):
        request = rf.generic("POST", "/x/", b"x", content_type)
        request.META |= {"CONTENT_LENGTH": str(length), "wsgi.input": Unread()}
        request.user = user
        return BodySizeMiddleware(lambda request: "read")(request)

    return go


@pytest.fixture
def stranger():
    return type("Stranger", (), {"is_authenticated": False})


def test_the_largest_upload_passes_and_nothing_above_it(send):
    assert send(40 * MEGABYTE) == "read"
    with pytest.raises(RequestDataTooBig):
        send(40 * MEGABYTE + 1)


def test_a_stranger_sends_no_files(send, stranger):
    assert send(MEGABYTE, user=stranger) == "read"
    with pytest.raises(RequestDataTooBig):
        send(MEGABYTE + 1, user=stranger)


def test_nonsense_is_no_length(send):
    assert send("many") == "read"


def test_the_page_says_that_it_is_too_large(client, db):
    answer = client.post(
        "/accounts/login/", b"--x--", content_type=FORM, CONTENT_LENGTH=str(2**21)
    )
    assert answer.status_code == 413
    assert "文件太大" in answer.content.decode()
