import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import make_lane
from toolkit import audit
from toolkit.history import history_of, remember
from toolkit.models import AuditEvent


def test_event_names_fields_and_never_values(lin, donghu):
    lane = make_lane(donghu, name="凤山巷")
    event = audit.record("changed", actor=lin, subject=lane, fields=["name"])
    assert (event.subject_type, event.subject_id) == ("communities.lane", lane.pk)
    assert event.subject_path == donghu.path
    assert "凤山巷" not in str(vars(event))


def test_event_goes_with_the_transaction_of_its_act(db):
    def act():
        audit.record("changed")
        raise ValueError("act")

    with pytest.raises(ValueError, match="act"), transaction.atomic():
        act()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET {}={}", "DELETE FROM {}"])
def test_the_database_refuses_to_change_an_event(db, statement):
    event = audit.record("read")
    sql = statement.format(event._meta.db_table, "verb", "'x'")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_history_is_written_with_its_event(lin, donghu):
    lane = make_lane(donghu)
    remember(
        lane, "changed", "修改", by=lin, changes=[{"field": "name", "label": "名"}]
    )
    assert history_of(lane).get().label == "修改"
    assert audit.names_of(audit.events_of(lane).get()) == ["name"]
