"""One Content-Security-Policy on every answer, as the settings have it."""

import pytest
from csp.middleware import CSPMiddleware
from django.http import HttpResponse

from toolkit.content_policy import HEADER, OnePolicyMiddleware


def answered(request, middleware, **headers):
    return middleware(lambda _request: HttpResponse(headers=headers))(request)


def test_it_says_what_the_library_says(rf):
    ours = answered(rf.get("/"), OnePolicyMiddleware)[HEADER]
    assert ours == answered(rf.get("/"), CSPMiddleware)[HEADER]
    assert "default-src 'self'" in ours
    assert "unsafe" not in ours


@pytest.mark.parametrize(
    ("url", "status"),
    [("/", 200), ("/notices/", 200), ("/no-such-page/", 404), ("/desk/", 302)],
)
def test_every_answer_carries_it(url, status, client, street):
    answer = client.get(url)
    assert answer.status_code == status
    assert "script-src 'self'" in answer[HEADER]


def test_an_answer_with_a_policy_of_its_own_keeps_it(rf):
    own = {HEADER: "sandbox"}
    assert answered(rf.get("/"), OnePolicyMiddleware, **own)[HEADER] == "sandbox"
