import pytest
from django.db import (
    DEFAULT_DB_ALIAS,
    OperationalError,
    ProgrammingError,
    connection,
    connections,
)
from django.utils import timezone

from notices.models import Edition
from toolkit.first_question import answers
from toolkit.prepared import Prepared

on_postgres = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no server to lose"
)


@pytest.fixture
def checked(monkeypatch):
    """A connection of an earlier request, which Django would try out first."""
    tried = []
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    monkeypatch.setattr(own, "health_check_enabled", True)
    monkeypatch.setattr(own, "health_check_done", False)
    monkeypatch.setattr(own, "is_usable", lambda: tried.append(1) or True)
    return tried


@pytest.mark.django_db(transaction=True)
def test_answers_without_asking_twice(checked, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert answers("SELECT 1") == [(1,)]
    assert not checked


@pytest.mark.django_db(transaction=True)
def test_without_it_the_connection_would_be_tried_out(checked):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert checked


def lose_the_server():
    connection.ensure_connection()
    own = connection.connection.info.backend_pid
    another = connection.copy()
    with another.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
    another.close()


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_finds_a_server_that_was_started_anew():
    lose_the_server()
    assert answers("SELECT 1") == [(1,)]


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_what_is_prepared_finds_it_too():
    newest = Prepared(lambda now: Edition.objects.values_list("number"))
    found = newest.rows(timezone.now())
    lose_the_server()
    assert newest.rows(timezone.now()) == found


@pytest.mark.django_db(transaction=True)
def test_a_wrong_question_stays_wrong_and_is_asked_once(django_assert_num_queries):
    connection.ensure_connection()
    # On SQLite this is an OperationalError, as a lost server is.
    with (
        django_assert_num_queries(1),
        pytest.raises((ProgrammingError, OperationalError)),
    ):
        answers("SELECT nothing FROM nowhere")


def test_inside_a_transaction_nothing_is_asked_twice(db):
    assert answers("SELECT 1") == [(1,)]
    assert connection.in_atomic_block
