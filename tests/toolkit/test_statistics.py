import pytest
from django.db import connection

from communities.models import Resident
from tests.factories import make_resident
from toolkit.statistics import refresh_statistics, tidy_up


def test_the_database_knows_its_tables_after_a_bulk_load(street):
    refresh_statistics()
    known = {
        "sqlite": "SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = %s",
        "postgresql": "SELECT COUNT(*) FROM pg_class WHERE relname = %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor], ["communities_orgunit"])
        assert cursor.fetchone()[0] >= 1


@pytest.mark.django_db
def test_the_database_counts_what_the_transaction_wrote(donghu_grid):
    for _number in range(3):
        make_resident(donghu_grid)
    refresh_statistics(Resident)
    known = {
        "sqlite": "SELECT MAX(CAST(stat AS integer)) FROM sqlite_stat1 WHERE tbl = %s",
        "postgresql": "SELECT reltuples FROM pg_class WHERE relname = %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor], ["communities_resident"])
        assert cursor.fetchone()[0] == 3


@pytest.mark.django_db(transaction=True)
def test_what_was_written_twice_is_swept_out(donghu_grid):
    resident = make_resident(donghu_grid)
    Resident.objects.filter(pk=resident.pk).update(name="李四")
    tidy_up()
    assert Resident.objects.get().name == "李四"
    if connection.vendor == "postgresql":
        # Every page of the table is known to hold nothing old.
        asked = "SELECT relallvisible = relpages FROM pg_class WHERE relname = %s"
        with connection.cursor() as cursor:
            cursor.execute(asked, ["communities_resident"])
            assert cursor.fetchone()[0]
