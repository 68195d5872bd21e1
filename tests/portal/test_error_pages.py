import logging
from pathlib import Path

import pytest
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404
from django.shortcuts import render
from django.test import RequestFactory

from portal import errors
from tests.factories import make_assignment, make_notice

TEMPLATES = Path(errors.__file__).parents[1] / "templates"
PAGES = TEMPLATES.glob("[45]??.html")


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


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("exception", "content_type"),
    [
        (TooManyFieldsSent("too many"), FORM),
        (TooManyFieldsSent("too many"), "multipart/form-data; boundary=x"),
        (TooManyFilesSent("too many"), "multipart/form-data; boundary=x"),
        (RequestDataTooBig("too big"), FORM),
    ],
)
def test_too_much_in_a_form_is_not_called_a_file(exception, content_type):
    request = RequestFactory().post("/x/", b"x", content_type=content_type)
    request.user = None
    answer = errors.bad_request(request, exception)
    assert answer.status_code == 413
    assert "一次提交的内容太多" in page(answer)
    assert "文件" not in page(answer)


@pytest.mark.parametrize("name", sorted(one.name for one in PAGES))
def test_every_refusal_has_a_title_and_says_what_to_do(name):
    text = render(asked(), name).content.decode()
    title, _end, rest = text.partition("<h1")[2].partition("</h1>")
    assert title
    assert "<p" in rest


def test_whoever_may_not_is_told_so_in_his_own_frame(browse, donghu):
    reader = make_assignment("reader", donghu, ["view_notice"]).user
    answer = browse(reader).get("/communities/rosters/")
    assert answer.status_code == 403
    assert "您没有权限使用此功能" in page(answer)
    assert "工作台" in page(answer)


def test_no_page_is_empty():
    pages = TEMPLATES.rglob("*.html")
    assert [one.name for one in pages if not one.read_text().strip()] == []


def test_too_many_boxes_are_refused_with_words(settings, browse, mei, donghu):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    draft = make_notice(donghu, author=mei)
    url = f"/notices/notices/{draft.pk}/buildings/"
    answer = browse(mei).post(url, {"buildings": [str(n) for n in range(9)]})
    assert answer.status_code == 413
    assert "一次提交的内容太多" in page(answer)


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
