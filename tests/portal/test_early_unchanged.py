"""What is answered before any other middleware is asked."""

from time import sleep

import pytest
from django.db.models import F
from django.utils import timezone

from notices import editions
from notices.models import Edition
from notices.workflows import NoticeWorkflow
from portal import conditional, directory
from tests.factories import make_notice

URL = "/notices/"


@pytest.fixture(autouse=True)
def nothing_known(settings):
    settings.YUHAI_HELD_SECONDS = 60
    forget()
    yield
    forget()


def forget():
    directory.directory.forget()
    editions.current_token.forget()
    conditional._known.clear()


@pytest.fixture
def etag(client, shown):
    return client.get(URL)["ETag"]


def is_early(answer):
    """Whether no other middleware has seen it: they all leave a header."""
    return answer.status_code == 304 and "X-Frame-Options" not in answer


def test_what_was_sent_is_not_sent_again(client, etag):
    answer = client.get(URL, headers={"If-None-Match": etag})
    assert is_early(answer)
    assert answer["ETag"] == etag
    assert answer["Cache-Control"].startswith("public, max-age=")
    assert set(answer["Vary"].split(", ")) == {"Accept-Language", "Cookie"}


def test_it_costs_one_query(client, etag, django_assert_num_queries):
    editions.current_token.forget()
    with django_assert_num_queries(1):
        assert is_early(client.get(URL, headers={"If-None-Match": etag}))


def test_many_at_once_cost_no_more(client, etag, django_assert_num_queries):
    editions.current_token.forget()
    with django_assert_num_queries(1):
        for _one in range(5):
            assert is_early(client.get(URL, headers={"If-None-Match": etag}))


def test_what_another_process_publishes_is_seen_a_moment_later(client, etag, settings):
    del settings.YUHAI_HELD_SECONDS
    assert is_early(client.get(URL, headers={"If-None-Match": etag}))
    Edition.objects.update(number=F("number") + 1)
    sleep(editions.ASKED_AGAIN_AFTER)
    assert not is_early(client.get(URL, headers={"If-None-Match": etag}))
    assert editions.ASKED_AGAIN_AFTER < conditional.FRESH_SECONDS


def test_a_change_is_seen_at_once(client, etag, donghu, lin, mei):
    draft = make_notice(donghu, author=lin, title="新的通知")
    NoticeWorkflow.apply(draft, "submit", by=lin)
    NoticeWorkflow.apply(draft, "publish", by=mei)
    answer = client.get(URL, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "新的通知" in answer.content.decode()


def test_another_edition_is_asked_for_in_full(client, etag):
    editions.bump()
    answer = client.get(URL, headers={"If-None-Match": etag})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "127.0.0.1"},
        {"Host": "evil.example"},
        {"Accept-Language": "en"},
        {"Cookie": "theme=dark"},
        {"Cookie": "django_language=en"},
        {"X-Forwarded-Host": "evil.example"},
    ],
)
def test_whoever_asks_otherwise_goes_the_whole_way(headers, client, etag):
    answer = client.get(URL, headers={"If-None-Match": etag, **headers})
    assert not is_early(answer)
    if headers.get("Host") == "evil.example":
        assert answer.status_code == 400


@pytest.mark.parametrize("known", ["*", '"other"', "", '"x", W/'])
def test_other_conditions_go_the_whole_way(known, client, etag):
    assert client.get(URL, headers={"If-None-Match": known}).status_code == 200


def test_a_list_of_versions_may_name_it(client, etag):
    known = f'"other", W/{etag}'
    assert is_early(client.get(URL, headers={"If-None-Match": known}))


def test_a_form_is_never_answered_so(client, etag):
    answer = client.post(URL, headers={"If-None-Match": etag})
    assert answer.status_code == 405


def test_pages_of_staff_are_never_remembered(client, shown, mei):
    client.force_login(mei)
    client.get("/desk/")
    assert not [key for key in conditional._known if "/desk/" in key]


def test_what_a_process_knows_is_limited(client, shown, monkeypatch):
    monkeypatch.setattr(conditional, "MOST_KNOWN", 3)
    for year in range(2010, 2020):
        client.get(URL, {"year": year})
    assert 0 < len(conditional._known) <= 3


@pytest.mark.parametrize(
    "long", [{"QUERY_STRING": "x=" + "y" * 600}, {"HTTP_ACCEPT_LANGUAGE": "en," * 300}]
)
def test_nobody_fills_the_memory_of_a_process(long, client, shown):
    assert client.get(URL, **long).status_code == 200
    assert not conditional._known
    client.cookies["theme"] = "d" * 700
    assert client.get(URL).status_code == 200
    assert not conditional._known


def test_the_next_day_is_another_page(client, etag, monkeypatch):
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 200
