import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from notices.models import Notice
from tests.factories import make_published
from toolkit.prepared import Prepared

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
