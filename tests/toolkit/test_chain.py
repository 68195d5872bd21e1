"""What was changed in the audit trail, or taken out of it, is noticed."""

from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.guards import unguarded
from toolkit import audit, chain
from toolkit.duties import perform_all
from toolkit.models import AuditEvent, AuditSeal, UnsealedEvent


def make_events(count):
    return [audit.record("read", purpose=f"第{i}次") for i in range(count)]


def cut_behind(seq):
    """Take away all links behind one, and their events."""
    gone = AuditSeal.objects.filter(seq__gt=seq)
    events = list(gone.values_list("event", flat=True))
    with forging():
        gone.delete()
        AuditEvent.objects.filter(pk__in=events).delete()


def forging():
    """What somebody may do who owns the database."""
    return unguarded(AuditEvent._meta.db_table, AuditSeal._meta.db_table)


def readiness(client) -> tuple[int, bool]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()["audit"]


@pytest.fixture
def sealed(db):
    events = make_events(4)
    assert chain.seal() == 4
    return events


def test_seals_every_event_once(db):
    make_events(5)
    assert chain.seal() == 5
    assert chain.seal() == 0
    assert list(AuditSeal.objects.values_list("seq", flat=True)) == [1, 2, 3, 4, 5]
    assert list(chain.broken_links()) == []


def test_an_event_waits_until_it_is_sealed(db):
    event = audit.record("read")
    waiting = UnsealedEvent.objects.get()
    assert (waiting.event, waiting.at) == (event, event.at)
    chain.seal()
    assert not UnsealedEvent.objects.exists()


def test_batches_follow_each_other(db, monkeypatch):
    monkeypatch.setattr(chain, "SEAL_BATCH", 2)
    make_events(5)
    assert chain.seal() == 5
    assert not list(chain.broken_links())


def test_a_changed_event_breaks_its_link(sealed):
    with forging():
        AuditEvent.objects.filter(pk=sealed[2].pk).update(purpose="别的")
    assert next(chain.broken_links()).startswith("link 3")


def test_a_removed_link_is_named(sealed):
    with forging():
        AuditSeal.objects.filter(seq=2).delete()
    assert "link 2 is missing" in next(chain.broken_links())


def test_a_removed_tail_is_named(sealed):
    cut_behind(3)
    assert "link 4" in next(chain.broken_links())


def test_nothing_is_sealed_on_a_stump(sealed, caplog):
    cut_behind(3)
    audit.record("read")
    assert chain.seal() == 0
    assert AuditSeal.objects.count() == 3
    assert "cut" in caplog.text


def test_a_cut_hidden_under_new_links_is_still_named(sealed):
    cut_behind(2)
    make_events(3)
    # As a forger with the key would go on, without asking for the published end.
    assert chain.seal_batch() == 3
    chain.publish_head()
    assert "link 4 was published with another digest" in list(chain.broken_links())


def test_an_end_published_earlier_must_stand_too(sealed):
    make_events(2)
    chain.seal()
    with chain.head_file().open("a") as lines:
        head = AuditSeal.objects.get(seq=6)
        lines.write(f"9 {'0' * 64}\n6 {head.digest}\n")
    assert not chain.is_cut()
    assert "link 9 was published and is gone" in next(chain.broken_links())


@pytest.mark.parametrize("line", ["x", "7", "7 äöü", ""])
def test_a_spoilt_line_is_no_end_of_the_chain(line, sealed):
    with chain.head_file().open("a", encoding="utf-8") as lines:
        lines.write(f"{line}\n")
    assert chain.is_cut()
    assert list(chain.broken_links())


def test_an_event_taken_off_the_waiting_list_is_named(sealed):
    event = audit.record("read")
    UnsealedEvent.objects.all().delete()
    assert f"event {event.pk} is neither" in next(chain.broken_links())


def test_verify_audit_names_the_first_broken_link(sealed):
    with forging():
        AuditEvent.objects.filter(pk=sealed[0].pk).update(count=7)
    with pytest.raises(CommandError, match="link 1"):
        call_command("verify_audit")


def verified() -> str:
    told = StringIO()
    call_command("verify_audit", stdout=told)
    return told.getvalue()


def test_numbers_without_a_gap_are_no_news(sealed):
    assert "note" not in verified()


def test_an_event_removed_before_it_was_sealed_is_noted(sealed):
    taken, _after = make_events(2)
    number = taken.pk
    with forging():
        UnsealedEvent.objects.filter(pk=number).delete()
        taken.delete()
    chain.seal()
    told = verified()
    assert f"gaps in the numbers of events: 1, the newest {number} to {number}" in told
    assert "5 links, unbroken" in told


def test_undone_work_is_noted_only_where_it_leaves_a_gap(sealed):
    with suppress(ValueError), transaction.atomic():
        audit.record("read")
        raise ValueError
    make_events(1)
    assert ("note" in verified()) == (connection.vendor == "postgresql")


def test_the_portal_is_ready_while_the_chain_is_whole(client, sealed):
    assert readiness(client) == (200, True)


def test_the_portal_is_not_ready_with_a_cut_chain(client, sealed):
    cut_behind(3)
    assert readiness(client) == (503, False)


def test_the_portal_is_not_ready_with_events_long_unsealed(client, db):
    audit.record("read")
    assert readiness(client) == (200, True)
    UnsealedEvent.objects.update(at=timezone.now() - timedelta(minutes=6))
    assert readiness(client) == (503, False)
    perform_all(timezone.now())
    assert readiness(client) == (200, True)


def test_readiness_is_held_for_some_seconds(
    client, sealed, settings, django_assert_num_queries
):
    del settings.YUHAI_HELD_SECONDS
    client.get("/readyz")
    with django_assert_num_queries(0):
        client.get("/readyz")
