import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from notices.models import Notice
from tests.factories import make_published
from toolkit.prepared import Prepared, PreparedFor

FIELDS = ("pk", "title", "publish_at", "is_pinned")


def compose(now):
    shown = Notice.objects.published(now).filter(is_pinned__in=(False,))
    return shown.order_by("-publish_at", "-pk").values_list(*FIELDS)[:3]


@pytest.fixture
def newest():
    return Prepared(compose)


def test_answers_what_the_query_answers(newest, donghu):
    now = timezone.now()
    for hours in (1, 2, 3, 4):
        make_published(donghu, publish_at=now - timedelta(hours=hours))
    make_published(donghu, publish_at=now, is_pinned=True)
    assert newest.rows(now) == list(compose(now))
    assert len(newest.rows(now)) == 3


def test_each_time_for_the_moment_that_is_asked(newest, donghu):
    now = timezone.now()
    later = now + timedelta(hours=1)
    made = make_published(donghu, publish_at=now, expires_at=later)
    for moment in (now, later, now - timedelta(seconds=1)):
        assert newest.rows(moment) == list(compose(moment))
    assert [row[0] for row in newest.rows(now)] == [made.pk]


def test_is_compiled_once(donghu, django_assert_num_queries):
    composed = []

    def counted(now):
        composed.append(now)
        return compose(now)

    newest = Prepared(counted)
    with django_assert_num_queries(2):
        newest.rows(timezone.now())
        newest.rows(timezone.now())
    assert len(composed) == 1


@pytest.mark.django_db(transaction=True)
def test_serves_several_threads(newest, donghu):
    now = timezone.now()
    make_published(donghu, publish_at=now)
    expected, found = newest.rows(now), []

    def ask():
        try:
            found.append(newest.rows(now))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 3


@pytest.fixture
def titled():
    return PreparedFor(
        lambda titles, most: (
            Notice.objects.filter(title__in=titles)
            .order_by("pk")
            .values_list("pk", "publish_at")[:most]
        )
    )


def test_each_time_for_what_is_asked(titled, donghu):
    now = timezone.now()
    one = make_published(donghu, title="停水", publish_at=now)
    two = make_published(donghu, title="义诊", publish_at=now)
    for _again in range(2):
        assert titled.rows(("停水",), 5) == [(one.pk, now)]
        assert titled.rows(("停水", "义诊"), 5) == [(one.pk, now), (two.pk, now)]
        assert titled.rows(("停水", "义诊"), 1) == [(one.pk, now)]


def test_what_no_row_can_answer_is_not_asked(titled, donghu, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert titled.rows((), 5) == []


def test_is_compiled_once_for_each_question(donghu):
    composed = []

    def compose_for(title):
        composed.append(title)
        return Notice.objects.filter(title=title).values_list("pk")

    asked = PreparedFor(compose_for)
    for title in ("停水", "义诊", "停水"):
        asked.rows(title)
    assert composed == ["停水", "义诊"]
