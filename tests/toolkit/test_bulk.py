"""Many rows at once: what is wrong in them comes to light in the transaction."""

import sys

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from communities.models import Lane, SearchKey
from communities.roster.placing import defaults_of
from toolkit.bulk import bulk_writer
from toolkit.statistics import sample_statistics

COLUMNS = ("key", "resident_id")
needs_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite looks in the end only"
)


def write_and_look(unit: int) -> None:
    """Write a lane of a unit, and have the unit looked for before the end."""
    columns = ("id", "org_unit_id", "name", "pinyin", "created_at")
    with transaction.atomic(), bulk_writer() as bulk:
        number, text, now = bulk.number, bulk.text, bulk.moment(timezone.now())
        row = (number(1), number(unit), text("凤山巷"), text("fengshan"), now)
        rest = defaults_of(Lane, bulk, set(columns))
        bulk.insert(Lane, (*columns, *rest), [(*row, *rest.values())])
        bulk.verify(bulk.links(Lane))
        bulk.finish()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", [b"\x01ab", b"\x01a\\b", b"\x01\\x41", b"\x01\xe5\xbc\xa0"]
)
def test_bytes_that_are_text_come_back_as_they_were(key):
    with transaction.atomic(), bulk_writer() as bulk:
        bulk.insert(SearchKey, COLUMNS, bulk.utf8_rows(key, [1]))
    assert bytes(SearchKey.objects.get().key) == key


@pytest.mark.django_db
def test_any_bytes_come_back_as_they_were():
    keys = [bytes(range(start, start + 64)) for start in (0, 64, 128, 192)]
    with transaction.atomic(), bulk_writer() as bulk:
        rows = [row for key in keys for row in bulk.blob_rows(key, [7, 8])]
        assert sorted(rows) == rows
        bulk.insert(SearchKey, COLUMNS, rows)
    found = SearchKey.objects.order_by("key", "resident_id")
    assert [
        (bytes(key), pk) for key, pk in found.values_list("key", "resident_id")
    ] == [(key, pk) for key in keys for pk in (7, 8)]


@pytest.mark.django_db
def test_keys_of_rows_are_fresh_however_many_are_drawn():
    with transaction.atomic(), bulk_writer() as bulk:
        some, others = bulk.ids(Lane), bulk.ids(Lane)
        drawn = [next(some) for _turn in range(1000)] + [next(others)] + [next(some)]
    if connection.vendor == "postgresql":
        assert len(set(drawn)) == len(drawn)
    assert drawn[:1000] == sorted(set(drawn[:1000]))


@needs_postgres
@pytest.mark.django_db
def test_a_short_file_leaves_a_short_gap_in_the_keys():
    firsts = []
    for _file in range(2):
        with transaction.atomic(), bulk_writer() as bulk:
            firsts.append(next(bulk.ids(Lane)))
    assert firsts[1] - firsts[0] <= 300


@needs_postgres
@pytest.mark.django_db
def test_whoever_waits_for_keys_is_told_what_went_wrong():
    def draw():
        with transaction.atomic(), bulk_writer() as bulk:
            bulk.insert(SearchKey, COLUMNS, bulk.utf8_rows(b"\x06a", [1, 1]))
            keys = bulk.ids(Lane)
            return [next(keys) for _key in range(1000)]

    with pytest.raises(IntegrityError):
        draw()


@needs_postgres
@pytest.mark.django_db
def test_threads_take_turns_as_before_when_the_writer_is_done():
    usual = sys.getswitchinterval()
    with transaction.atomic(), bulk_writer():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


@needs_postgres
@pytest.mark.django_db
def test_a_row_without_its_parent_is_told_of_when_it_is_looked_for():
    with pytest.raises(IntegrityError, match="foreign key"):
        write_and_look(0)


@needs_postgres
@pytest.mark.django_db
def test_looking_for_parents_leaves_the_planner_as_it_was(street):
    with transaction.atomic():
        write_and_look(street.pk)
        with connection.cursor() as cursor:
            cursor.execute("SHOW enable_seqscan")
            assert cursor.fetchone() == ("on",)


@pytest.mark.django_db
def test_the_database_knows_a_table_in_the_transaction_that_fills_it():
    known = {
        "sqlite": "SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = %s",
        "postgresql": "SELECT reltuples FROM pg_class WHERE relname = %s",
    }
    with transaction.atomic():
        with bulk_writer() as bulk:
            bulk.insert(SearchKey, COLUMNS, bulk.utf8_rows(b"\x01a", [1, 2]))
        sample_statistics(SearchKey)
        with connection.cursor() as cursor:
            cursor.execute(known[connection.vendor], ["communities_searchkey"])
            assert cursor.fetchone()[0] >= 1
