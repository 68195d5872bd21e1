from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import UnitProfile
from notices import editions
from notices.workflows import NoticeWorkflow
from portal import conditional, directory, stamps
from tests.factories import make_notice, make_published
from toolkit import holding


@pytest.fixture
def known(client, shown):
    """Return a function that fetches a page the way a browser does again."""
    etags = {}

    def fetch(url="/notices/", **headers):
        if url in etags:
            headers["If-None-Match"] = etags[url]
        answer = client.get(url, headers=headers)
        etags[url] = answer["ETag"]
        return answer

    return fetch


def at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize(
    "url", ["/", "/notices/", "/feeds/notices.atom", "/units/", "/privacy/"]
)
def test_an_unchanged_page_is_not_sent_again(url, known):
    assert known(url).status_code == 200
    answer = known(url)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"]


def test_a_publication_changes_it(known, donghu, lin, mei):
    known()
    draft = make_notice(donghu, author=lin, title="新的通知")
    assert known().status_code == 304
    NoticeWorkflow.apply(draft, "submit", by=lin)
    assert known().status_code == 304
    NoticeWorkflow.apply(draft, "publish", by=mei)
    answer = known()
    assert answer.status_code == 200
    assert "新的通知" in answer.content.decode()


def test_a_withdrawal_changes_it(known, shown, mei):
    known()
    NoticeWorkflow.apply(shown, "withdraw", by=mei, note="内容有误")
    answer = known()
    assert answer.status_code == 200
    assert shown.title not in answer.content.decode()


@pytest.mark.parametrize("field", ["publish_at", "expires_at"])
def test_it_changes_at_the_very_moment(field, known, donghu, monkeypatch):
    now = timezone.now()
    times = {"publish_at": now - timedelta(hours=1), field: now + timedelta(minutes=5)}
    make_published(donghu, title="到时候", **times)
    assert ("到时候" in known().content.decode()) == (field == "expires_at")
    at(monkeypatch, times[field] - timedelta(microseconds=1))
    assert known().status_code == 304
    at(monkeypatch, times[field])
    answer = known()
    assert answer.status_code == 200
    assert ("到时候" in answer.content.decode()) == (field == "publish_at")


def test_no_cache_keeps_it_past_the_next_moment(client, donghu):
    soon = timezone.now() + timedelta(seconds=4)
    make_published(donghu, publish_at=soon)
    assert client.get("/notices/")["Cache-Control"] in (
        "public, max-age=3",
        "public, max-age=4",
    )


def test_caches_keep_it_shortly_and_for_each_look(client, shown):
    answer = client.get("/notices/")
    assert answer["Cache-Control"] == f"public, max-age={conditional.FRESH_SECONDS}"
    assert "Cookie" in answer["Vary"]
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "dark"), ("type", "large"), ("community", "330381002901")],
)
def test_another_look_is_another_page(name, value, known, client):
    known("/")
    client.cookies[name] = value
    assert known("/").status_code == 200


def test_another_day_is_another_page(known, monkeypatch):
    known()
    at(monkeypatch, timezone.now() + timedelta(days=1))
    assert known().status_code == 200


def test_a_date_alone_is_enough_once_it_has_settled(client, shown, monkeypatch):
    at(monkeypatch, timezone.now() + timedelta(seconds=10))
    stamp = client.get("/notices/")["Last-Modified"]
    answer = client.get("/notices/", headers={"If-Modified-Since": stamp})
    assert answer.status_code == 304
    old = "Mon, 01 Jan 2024 00:00:00 GMT"
    answer = client.get("/notices/", headers={"If-Modified-Since": old})
    assert answer.status_code == 200


def test_a_fresh_change_gives_no_date_in_whole_seconds(client, shown):
    assert "Last-Modified" not in client.get("/notices/")


@pytest.mark.parametrize("nonsense", ["", "*", "x", '"', "W/", '"' * 5000, "é"])
def test_nonsense_in_the_condition_gets_the_page(nonsense, client, shown):
    headers = {"If-None-Match": nonsense, "If-Modified-Since": nonsense}
    assert client.get("/notices/", headers=headers).status_code == 200


def test_a_refusal_is_not_kept(client, shown):
    answer = client.get("/notices/?category=x")
    assert answer.status_code == 400
    assert "ETag" not in answer


@pytest.fixture
def warm(client, shown, settings):
    """A process that has served the pages before."""
    settings.YUHAI_HELD_SECONDS = 60
    directory.directory.forget()
    editions.current_token.forget()
    client.get("/notices/")
    client.get("/")
    yield client
    directory.directory.forget()
    editions.current_token.forget()


def test_the_list_costs_two_queries(warm, django_assert_num_queries):
    editions.current_token.forget()
    with django_assert_num_queries(2):
        warm.get("/notices/")
    with django_assert_num_queries(1):
        warm.get("/notices/")


def test_unchanged_costs_one_query(warm, django_assert_num_queries):
    etag = warm.get("/notices/")["ETag"]
    editions.current_token.forget()
    with django_assert_num_queries(1):
        warm.get("/notices/", headers={"If-None-Match": etag})


@pytest.mark.parametrize(
    ("url", "most"),
    [
        ("/", 2),
        ("/units/", 1),
        ("/needs/elders/", 2),
        ("/search/?q=水", 2),
        ("/privacy/", 1),
    ],
)
def test_pages_cost_few_queries(url, most, warm, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        warm.get(url)


def test_nobody_is_asked_who_he_is(warm):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for url in (
            "/",
            "/notices/",
            "/units/",
            "/feeds/notices.atom",
            "/search/?q=水",
        ):
            answer = warm.get(url)
            assert not answer.wsgi_request.session.accessed, url
            assert not answer.cookies, url
    asked = " ".join(query["sql"] for query in queries)
    assert "session" not in asked
    assert "accounts_user" not in asked


def test_units_are_remembered_for_a_while(warm, donghu, monkeypatch):
    UnitProfile.objects.create(org_unit=donghu, phone="0577-65810009")
    assert "65810009" not in warm.get("/units/").content.decode().replace(" ", "")
    later = holding.time.monotonic() + 61
    monkeypatch.setattr(holding.time, "monotonic", lambda: later)
    assert "65810009" in warm.get("/units/").content.decode()


def test_the_stamp_is_read_once_for_each_edition(shown, django_assert_num_queries):
    now = timezone.now()
    first = stamps.stamp_of(now)
    with django_assert_num_queries(1):
        assert stamps.stamp_of(now) is first
    editions.bump()
    assert stamps.stamp_of(now) is not first
