"""What was collected is destroyed on its day; counts and trail stay.

突发事件应对法 (2024), 84 and 85.
"""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from safety.actions import add_person, assign_building
from safety.board import tally_of
from safety.duties import destroy_what_was_collected
from safety.models import (
    BuildingPost,
    Emergency,
    EmergencyDay,
    RollCall,
    RollCallEvent,
)
from safety.workflows import EmergencyWorkflow
from tests.factories import make_emergency, make_roll_call
from tests.factories import make_shelter as shelter_in
from tests.safety.conftest import hours_ago
from tests.safety.test_sync import tap
from tests.visits.parcels import results, sealed, send, send_with
from tests.visits.test_photos import envelope, picture
from toolkit import exported_files
from toolkit.history import history_of
from toolkit.metrics import metrics, totals
from toolkit.models import AuditEvent, SyncItem, SyncPhoto
from toolkit.periods import Period
from toolkit.proofs import failed_proofs
from toolkit.sync.photos import take_piece

SEEDED = ("红衣老太太", "菜巷口雨棚下", "外孙女带走", "夜里心口疼", "坐轮椅下楼")
THIS_YEAR = Period.year_of(timezone.localdate())
FIGURES = ("safety.people_contacted", "safety.people_moved", "safety.emergencies")


def every_text() -> str:
    """Return every value of every table as one text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.fixture
def collected(storm, of_wang, of_li, say, lin, donghu, donghu_grid, browse, wang):
    """A night's work: people moved, one found on the spot, taps from a phone."""
    shelter = shelter_in(donghu, name="二中")
    say(of_wang, "moved", shelter=shelter, note="坐轮椅下楼", happened_at=hours_ago(2))
    say(of_li, "refused", happened_at=hours_ago(1))
    found = {"name": "红衣老太太", "place": "菜巷口雨棚下", "org_unit": donghu_grid}
    line = add_person(emergency=storm, by=lin, reason="外孙女带走", **found)
    assign_building(
        emergency=storm, building=wang.household.building, by=lin, worker=lin
    )
    stray = make_roll_call(donghu, emergency=make_emergency(donghu, status="open"))
    phone = browse(lin)
    items = [
        tap(line, "help", note="夜里心口疼", at=hours_ago(0.5)),
        tap(line, "moved", at=storm.opened_at - timedelta(days=1)),
    ]
    other = {"client_uuid": items[0]["client_uuid"], "note": "夜里心口疼"}
    items.append(tap(line, "called", **other))
    items.append(tap(stray))
    answer = send(phone, items)
    assert results(answer) == ["created", "handover", "conflict", "created"]
    return storm


def figures():
    chosen = [metrics[slug] for slug in FIGURES]
    return totals(chosen, lambda rows: rows, THIS_YEAR)


def test_nothing_of_a_person_stays(collected, close, of_wang, wang):
    kept = every_text()
    assert all(word in kept for word in SEEDED)
    close(days_ago=0)
    lines = RollCall.objects.filter(emergency=collected)
    numbers = list(lines.values_list("pk", flat=True))
    Emergency.objects.filter(pk=collected.pk).update(destroy_on=timezone.localdate())
    assert destroy_what_was_collected(timezone.now()) == 1
    kept = every_text()
    assert not [word for word in SEEDED if word in kept]
    assert not lines.exists()
    assert not RollCallEvent.objects.filter(line__in=numbers).exists()
    assert not BuildingPost.objects.filter(emergency=collected).exists()


def test_what_phones_handed_in_goes_too_and_nothing_else(collected, close):
    assert SyncItem.objects.count() == 4
    close(days_ago=1)
    destroy_what_was_collected(timezone.now())
    [left] = SyncItem.objects.all()
    assert f'"emergency": {collected.pk}' not in left.body


def test_the_counts_stay_as_they_were(collected, close):
    close(days_ago=1)
    before = tally_of(RollCall.objects.filter(emergency=collected)).kept()
    assert (before["moved"], before["refused"], before["help"]) == (1, 1, 1)
    destroy_what_was_collected(timezone.now())
    collected.refresh_from_db()
    summary = collected.summary
    assert summary["total"] == before
    assert summary["hours"][-1]["states"] == before
    assert [unit["name"] for unit in summary["units"]] == ["东湖社区"]
    assert summary["units"][0]["states"] == before
    assert summary["shelters"] == [{"name": "二中", "people": 1}]
    assert collected.destroyed_at is not None


def test_reports_tell_the_same_before_and_after(collected, close, donghu, xihu):
    before = figures()
    assert before["safety.people_contacted"] == 4
    assert before["safety.people_moved"] == 1
    close(days_ago=1)
    destroy_what_was_collected(timezone.now())
    assert figures() == before
    days = EmergencyDay.objects.filter(emergency=collected)
    assert sum(days.values_list("contacted", flat=True)) == 3
    chosen = [metrics["safety.people_moved"]]
    for unit, moved in ((donghu, 1), (xihu, 0)):
        found = totals(chosen, lambda rows, unit=unit: rows.within(unit), THIS_YEAR)
        assert found["safety.people_moved"] == moved


def test_an_exercise_counts_in_no_report(storm, of_wang, say):
    say(of_wang, "moved")
    Emergency.objects.update(is_drill=True)
    assert set(figures().values()) == {0}


def test_it_is_done_on_its_day_and_not_before(storm, close):
    day = timezone.localdate(close().closed_at) + timedelta(days=30)
    assert storm.destroy_on == day
    eve = timezone.now() + timedelta(days=29)
    assert destroy_what_was_collected(eve) == 0
    assert RollCall.objects.exists()
    assert destroy_what_was_collected(eve + timedelta(days=1)) == 1


def test_a_year_late_and_twice_it_is_done_once(storm, close):
    close()
    late = timezone.now() + timedelta(days=400)
    assert destroy_what_was_collected(late) == 1
    assert destroy_what_was_collected(late) == 0
    events = AuditEvent.objects.filter(verb="destroyed")
    assert events.count() == 1
    event = events.get()
    assert (event.subject_id, event.count) == (storm.pk, 2)
    assert [line.verb for line in history_of(storm)].count("destroy") == 1


def test_an_open_emergency_is_not_destroyed(storm, mei):
    assert destroy_what_was_collected(timezone.now() + timedelta(days=400)) == 0
    with pytest.raises(ValidationError):
        EmergencyWorkflow.apply(storm, "destroy", by=mei, note="误操作")


def test_before_its_day_the_street_destroys_with_a_reason(close, mei, lin):
    storm = close()
    with pytest.raises(ValidationError):
        EmergencyWorkflow.apply(storm, "destroy", by=mei)
    with pytest.raises(PermissionDenied):
        EmergencyWorkflow.apply(storm, "destroy", by=lin, note="不用了")
    EmergencyWorkflow.apply(storm, "destroy", by=mei, note="演练结束，不再需要")
    assert not RollCall.objects.exists()
    assert history_of(storm)[0].note == "演练结束，不再需要"


def test_what_is_destroyed_is_not_brought_back(close, browse, mei):
    storm = close(days_ago=1)
    destroy_what_was_collected(timezone.now())
    visitor = browse(mei)
    page = visitor.get(storm.get_absolute_url())
    assert page.context["transitions"] == []
    text = page.content.decode()
    assert "不能恢复" in text
    assert "第八十四条、第八十五条" in text
    for step in ("open", "close", "resume", "destroy"):
        sent = {"note": "恢复"}
        answer = visitor.post(f"{storm.get_absolute_url()}do/{step}/", sent)
        assert answer.status_code == 422
    storm.refresh_from_db()
    assert storm.is_destroyed


@pytest.mark.parametrize("number", ["{}", " {} ", "{}.0"])
def test_however_a_phone_writes_the_number_its_text_goes(
    number, storm, of_wang, close, browse, lin
):
    item = tap(of_wang, note="夜里心口疼", emergency=number.format(storm.pk))
    assert results(send(browse(lin), [item])) == ["created"]
    close(days_ago=1)
    destroy_what_was_collected(timezone.now())
    assert not SyncItem.objects.exists()


def test_exported_lists_go_as_well(
    storm, close, browse, mei, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.VAR_DIR = tmp_path
    sent = {"purpose": "report", "format": "csv"}
    answer = browse(mei).post("/safety/rollcalls/export/", sent)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    other = exported_files.path_for("visits.visit", "xlsx")
    other.touch()
    assert len(list(exported_files.folder().iterdir())) == 2
    close(days_ago=1)
    with django_capture_on_commit_callbacks(execute=True):
        destroy_what_was_collected(timezone.now())
    assert list(exported_files.folder().iterdir()) == [other]


def test_photos_beside_a_tap_go_with_their_files(
    of_wang, close, browse, lin, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.VAR_DIR = settings.MEDIA_ROOT = tmp_path
    item = tap(of_wang)
    assert results(send(browse(lin), [item])) == ["created"]
    whole = envelope(item["client_uuid"], picture())
    keys = {"client_uuid": item["client_uuid"], "by": lin}
    keys["item"] = SyncItem.objects.get()
    for digest, end in ((sha256(whole).hexdigest(), len(whole)), ("0" * 64, 99)):
        photo = SyncPhoto.objects.create(**keys, digest=digest, size=len(whole))
        take_piece(photo, 0, whole[:end], len(whole))
    assert [path for path in tmp_path.rglob("*") if path.is_file()]
    close(days_ago=1)
    with django_capture_on_commit_callbacks(execute=True):
        destroy_what_was_collected(timezone.now())
    assert not SyncPhoto.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_is_to_be_kept_for_a_person_is_not_kept_any_more(
    of_wang, close, browse, lin
):
    token = browse(lin).post("/visits/offline/take/").json()["token"]
    close(days_ago=1)
    line = RollCall(emergency_id=of_wang.emergency_id, resident=of_wang.resident)
    destroy_what_was_collected(timezone.now())
    items = [tap(line), tap(line, "happy"), tap(line, note="电话13800138000")]
    sent = [sealed(one, keep=True) for one in items]
    assert results(send_with(token, sent)) == ["invalid"] * 3
    assert not SyncItem.objects.exists()


def test_a_phone_that_sends_again_leaves_nothing(
    collected, of_wang, close, browse, lin
):
    item = tap(of_wang, "help", note="夜里心口疼", at=hours_ago(0.4))
    visitor = browse(lin)
    assert results(send(visitor, [item])) == ["created"]
    close(days_ago=1)
    destroy_what_was_collected(timezone.now())
    answer = send(visitor, [item])
    assert results(answer) == ["invalid"]
    assert "已经销毁" in str(answer.json()["items"][0]["errors"]["emergency"])
    assert SyncItem.objects.count() == 1


def test_a_storm_that_was_closed_too_early_goes_on(close, mei, of_wang, say):
    storm = close()
    EmergencyWorkflow.apply(storm, "resume", by=mei, note="风又大了")
    storm.refresh_from_db()
    assert (storm.is_open, storm.closed_at, storm.destroy_on) == (True, None, None)
    say(of_wang, "called")


def test_history_and_chain_stay_sound(collected, close):
    close(days_ago=1)
    destroy_what_was_collected(timezone.now())
    assert list(failed_proofs()) == []


def test_a_row_without_figures_is_counted_and_one_with_them_is_read(donghu):
    storm = make_emergency(donghu, status="open")
    day = date(2026, 3, 4)
    for contacted_on, moved_on in ((day, None), (day, day), (date(2026, 3, 5), day)):
        make_roll_call(
            donghu, emergency=storm, contacted_on=contacted_on, moved_on=moved_on
        )
    row = EmergencyDay.objects.create(org_unit=donghu, emergency=storm, day=day)
    counted = EmergencyDay.objects.counted().get()
    assert (counted.contacted_then, counted.moved_then) == (2, 2)
    row.contacted, row.moved = 7, 0
    row.save()
    counted = EmergencyDay.objects.counted().get()
    assert (counted.contacted_then, counted.moved_then) == (7, 0)
