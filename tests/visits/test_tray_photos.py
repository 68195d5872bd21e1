"""Photos go where the decision lets what they came with go."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_assignment,
    make_org_unit,
    make_relocation,
    make_resident,
)
from tests.migrating import as_before
from tests.visits.conftest import days_ago
from tests.visits.parcels import body_of, item_of, results, sealed, send_with
from tests.visits.test_photos import envelope, handed_in, kept_apart, picture, put
from toolkit.models import AuditEvent, SyncItem, SyncPhoto
from toolkit.sync.photos import drop_stale
from visits.models import HandedIn, Visit
from visits.workflows import HandedInWorkflow

__all__ = ["kept_apart"]
DECIDING = ["view_syncitem", "change_syncitem", "view_visit", "add_visit"]


@pytest.fixture
def director(donghu):
    return make_assignment("director", donghu, [*DECIDING, "change_visit"]).user


@pytest.fixture
def token(browse, donghu):
    """The phone of Sun, who logs visits in Donghu."""
    sun = make_assignment("sun", donghu, ["add_visit"]).user
    return browse(sun).post("/visits/offline/take/").json()["token"]


def sent(token, result, **told) -> SyncItem:
    item = item_of(written_at=timezone.now().isoformat(), **told)
    assert results(send_with(token, [sealed(item)])) == [result]
    return SyncItem.objects.order_by("-pk").first()


@pytest.fixture
def conflict(token, wang):
    """Two texts under one number, each with a photo; returns the second and its own."""
    first = sent(token, "created", subject=wang, at=days_ago(0, 0))
    handed_in(token, first.client_uuid)
    number = {"client_uuid": str(first.client_uuid)}
    body = body_of(wang, "needs_help", note="药快没了")
    sent(token, "conflict", body=body, at=days_ago(0, 0), **number)
    return HandedIn.objects.get(), handed_in(token, first.client_uuid)


@pytest.fixture
def handover(token, xihu, donghu_grid):
    grid = make_org_unit("grid", "330381002902001", parent=xihu, name="01网格")
    person = make_resident(grid, name="陈阿公")
    make_relocation(grid, resident=person, from_unit=donghu_grid)
    item = sent(token, "handover", subject=person, at=days_ago(0, 0))
    return HandedIn.objects.get(), handed_in(token, item.client_uuid)


def url_of(item, photo) -> str:
    return reverse("visits:handedin-photo", args=[item.pk, photo.uid])


def shown(visitor, row, photo) -> bool:
    """Answer whether a page shows a photo, and hands it out; both or none."""
    page = visitor.get(row.get_absolute_url()).content.decode()
    name = "handedin-photo" if isinstance(row, HandedIn) else "visit-photo"
    url = reverse(f"visits:{name}", args=[row.pk, photo.uid])
    answer = visitor.get(url)
    is_given = answer.status_code == 200
    if is_given:
        assert b"".join(answer.streaming_content)
    assert (url in page) == is_given
    return is_given


def test_it_waits_with_its_text_and_not_with_the_stored_visit(
    conflict, director, browse
):
    item, photo = conflict
    visitor, stored = browse(director), Visit.objects.get()
    first = SyncPhoto.objects.order_by("pk").first()
    assert shown(visitor, item, photo)
    assert not shown(visitor, item, first)
    assert shown(visitor, stored, first)
    assert not shown(visitor, stored, photo)
    event = AuditEvent.objects.filter(verb="read", fields=["photos"]).first()
    assert event.actor == director


def test_it_goes_with_what_puts_the_stored_one_right(conflict, director, browse):
    item, photo = conflict
    HandedInWorkflow.apply(item, "take_sent", by=director, note="问过")
    assert shown(browse(director), Visit.objects.get(), photo)
    assert not shown(browse(director), item, photo)


def test_it_goes_with_what_is_counted_too(conflict, director, browse):
    item, photo = conflict
    HandedInWorkflow.apply(item, "count_both", by=director)
    first, second = Visit.objects.order_by("pk")
    assert not shown(browse(director), first, photo)
    assert shown(browse(director), second, photo)


def test_it_stays_with_what_was_set_aside(conflict, director, browse):
    item, photo = conflict
    HandedInWorkflow.apply(item, "keep_stored", by=director, note="问过")
    assert shown(browse(director), item, photo)
    assert not shown(browse(director), Visit.objects.get(), photo)


def test_it_goes_with_what_is_stored(handover, browse, chen):
    item, photo = handover
    assert shown(browse(chen), item, photo)
    HandedInWorkflow.apply(item, "store", by=chen)
    assert shown(browse(chen), Visit.objects.get(), photo)
    assert not shown(browse(chen), item, photo)


@pytest.mark.parametrize(
    ("step", "on_visit"), [("count_both", True), ("keep_stored", False)]
)
def test_one_that_comes_after_the_decision_goes_there_too(
    step, on_visit, conflict, token, director, browse
):
    item, _photo = conflict
    HandedInWorkflow.apply(item, step, by=director, note="问过")
    late = handed_in(token, item.client_uuid)
    visit = Visit.objects.order_by("pk").last()
    assert shown(browse(director), visit, late) is on_visit
    assert shown(browse(director), item, late) is not on_visit


def test_who_does_not_see_the_text_does_not_see_it(handover, browse, lin, director):
    item, photo = handover
    for user in (lin, director):
        assert browse(user).get(url_of(item, photo)).status_code in (403, 404)


def test_nor_who_does_not_see_its_subject(token, wang, xihu, director, browse, mei):
    """A text names somebody elsewhere: its photo may show his home."""
    first = sent(token, "created", subject=wang, at=days_ago(0, 0))
    stranger = make_resident(xihu, name="欧阳远")
    number = {"client_uuid": str(first.client_uuid)}
    sent(token, "conflict", body=body_of(stranger), at=days_ago(0, 0), **number)
    item, photo = HandedIn.objects.get(), handed_in(token, first.client_uuid)
    assert not shown(browse(director), item, photo)
    assert shown(browse(mei), item, photo)


def test_it_dies_with_its_text(conflict, director, django_capture_on_commit_callbacks):
    item, photo = conflict
    HandedInWorkflow.apply(item, "keep_stored", by=director, note="问过")
    late = timezone.now() + timedelta(days=61)
    assert drop_stale(late) == 0
    SyncItem.objects.filter(pk=item.pk).delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_stale(late) == 1
    assert not photo.file.storage.exists(photo.file.name)
    # The one of the stored visit stays.
    assert SyncPhoto.objects.count() == 1


def test_a_correction_takes_no_photo(token, wang):
    sent(token, "created", subject=wang, at=days_ago(0, 0))
    number = Visit.objects.get().pk
    body = f'{{"number": {number}, "note": "药够吃", "reason": "漏了"}}'
    version = SyncItem.objects.get().version
    item = sent(
        token, "created", body=body, kind="visit-correction", base_version=version
    )
    whole = envelope(item.client_uuid, picture())
    assert put(token, item.client_uuid, whole).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_photos_of_before_know_with_what_they_came(conflict, director):
    item, photo = conflict
    HandedInWorkflow.apply(item, "count_both", by=director)
    with as_before("toolkit", "0010_words_for_trays"):
        pass
    items = list(SyncItem.objects.order_by("pk").values_list("pk", "record"))
    first, second = Visit.objects.order_by("pk").values_list("client_uuid", flat=True)
    assert [record for _pk, record in items] == [first, second]
    owners = SyncPhoto.objects.order_by("pk").values_list("item", flat=True)
    assert list(owners) == [pk for pk, _record in items]
