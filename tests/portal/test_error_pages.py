import logging

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import Http404
from django.test import RequestFactory

from portal import errors


def asked(path="/residents/"):
    request = RequestFactory().get(path)
    request.user = None
    return request


def page(answer) -> str:
    return answer.content.decode()


def test_a_page_repeats_the_sentence_of_the_view():
    answer = errors.bad_request(asked(), BadRequest("没有这种排序。"))
    assert answer.status_code == 400
    assert "没有这种排序。" in page(answer)


@pytest.mark.parametrize(
    ("handler", "exception"),
    [
        (errors.bad_request, ValueError("Malformed header")),
        (errors.not_found, Http404("No Resident matches the given query.")),
        (errors.not_found, Http404({"tried": []})),
    ],
)
def test_words_of_the_framework_stay_out_of_the_page(handler, exception):
    text = page(handler(asked(), exception))
    assert "Malformed" not in text
    assert "Resident" not in text
    assert "tried" not in text


def test_too_large_a_request_is_called_that():
    answer = errors.bad_request(asked(), RequestDataTooBig("too big"))
    assert answer.status_code == 413
    assert "文件太大" in page(answer)


def test_a_machine_gets_json():
    answer = errors.not_found(asked("/api/v1/visits/1/"), Http404("没有找到这一条。"))
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.status_code == 404


def test_an_old_form_is_explained():
    answer = errors.csrf_failure(asked())
    assert answer.status_code == 403
    assert "这一页放得太久了" in page(answer)


def test_a_failure_has_a_number_that_the_log_knows(caplog):
    with caplog.at_level(logging.ERROR):
        answer = errors.server_error(asked())
    number = caplog.records[-1].args[0]
    assert number in page(answer)


def test_a_failure_is_told_even_without_a_database():
    # No database mark: a query here would fail the test.
    answer = errors.server_error(asked())
    assert answer.status_code == 500
