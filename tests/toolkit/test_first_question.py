import pytest
from django.db import OperationalError, ProgrammingError, connection

from toolkit.first_question import first_answer

on_postgres = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no server to lose"
)


@pytest.mark.django_db(transaction=True)
def test_answers_without_asking_twice(django_assert_num_queries):
    connection.ensure_connection()
    connection.health_check_done = False
    with django_assert_num_queries(1):
        assert first_answer("SELECT 1") == (1,)


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_finds_a_server_that_was_started_anew():
    connection.ensure_connection()
    own = connection.connection.info.backend_pid
    another = connection.copy()
    with another.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
    another.close()
    assert first_answer("SELECT 1") == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_wrong_question_stays_wrong():
    with pytest.raises((ProgrammingError, OperationalError)):
        first_answer("SELECT nothing FROM nowhere")


def test_inside_a_transaction_nothing_is_asked_twice(db):
    assert first_answer("SELECT 1") == (1,)
    assert connection.in_atomic_block
