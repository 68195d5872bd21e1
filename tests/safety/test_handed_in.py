"""What phones told and no rule could decide of: seen, decided once, destroyed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from safety.duties import destroy_what_was_collected
from safety.models import RollCall, RollCallEvent
from tests.factories import make_assignment, make_resident, make_roll_call
from tests.safety.conftest import hours_ago, once_at
from tests.safety.test_sync import tap
from tests.visits.parcels import results, sealed, send, send_with
from toolkit.models import AuditEvent, SyncItem

CALLING = ["view_emergency", "view_rollcall", "change_rollcall", "add_rollcall"]
POST = [*CALLING, "change_syncitem"]


@pytest.fixture
def deciding(donghu):
    """Whoever calls in Donghu, reassigned worker's taps wait for."""
    return make_assignment("deciding", donghu, POST).user


@pytest.fixture
def waiting(browse, chen, of_wang, donghu):
    """A tap of Chen, who works elsewhere by now: 需要帮助."""
    once_at(chen, donghu)
    at = hours_ago(1)
    assert results(
        send(browse(chen), [tap(of_wang, "help", note="心口疼", at=at)])
    ) == ["handover"]
    return SyncItem.objects.get()


def decide(visitor, item, step):
    return visitor.post(reverse(f"safety:tap-{step}", args=[item.pk]))


def page_of(visitor, storm) -> str:
    return visitor.get(storm.get_absolute_url()).content.decode()


def test_what_waits_is_shown_on_the_page_and_the_desk(
    browse, deciding, waiting, storm, chen
):
    visitor = browse(deciding)
    page = page_of(visitor, storm)
    for words in ("手机登记待核对", "王阿婆", "需要帮助", "心口疼", chen.name):
        assert words in page
    assert waiting.reason in page
    assert "手机登记待核对" in visitor.get("/desk/").content.decode()


def test_it_is_taken_over_once(browse, deciding, waiting, of_wang, chen, storm):
    visitor = browse(deciding)
    for _press in range(2):
        assert decide(visitor, waiting, "take").status_code == 302
    of_wang.refresh_from_db()
    assert (of_wang.state, of_wang.told_by) == ("help", chen)
    event = RollCallEvent.objects.get()
    assert (event.client_uuid, event.happened_at) == (
        waiting.client_uuid,
        waiting.moment,
    )
    assert AuditEvent.objects.get(verb="tap_taken").actor == deciding
    waiting.refresh_from_db()
    assert waiting.status == "taken"
    assert decide(visitor, waiting, "leave").status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == "taken"
    assert "手机登记待核对" not in page_of(visitor, storm)


def test_it_is_left_out_once(browse, deciding, waiting, of_wang):
    visitor = browse(deciding)
    for step in ("leave", "leave", "take"):
        decide(visitor, waiting, step)
    waiting.refresh_from_db()
    assert waiting.status == "set_aside"
    assert not RollCallEvent.objects.exists()
    assert AuditEvent.objects.filter(verb="tap_set_aside").count() == 1


def test_what_was_told_later_stays(browse, deciding, waiting, of_wang, say):
    say(of_wang, "moved")
    decide(browse(deciding), waiting, "take")
    of_wang.refresh_from_db()
    assert of_wang.state == "moved"
    assert RollCallEvent.objects.count() == 2


def test_another_text_under_a_number_becomes_an_event_of_its_own(
    browse, deciding, lin, of_wang
):
    first = tap(of_wang, "called", at=hours_ago(1))
    other = tap(of_wang, "help", client_uuid=first["client_uuid"])
    assert results(send(browse(lin), [first, other])) == ["created", "conflict"]
    item = SyncItem.objects.get(result="conflict")
    decide(browse(deciding), item, "take")
    of_wang.refresh_from_db()
    assert of_wang.state == "help"
    assert set(RollCallEvent.objects.values_list("client_uuid", flat=True)) == {
        item.client_uuid,
        item.uid,
    }


def test_who_was_on_no_list_is_put_on_it(browse, deciding, lin, storm, donghu_grid):
    person = make_resident(donghu_grid)
    line = RollCall(emergency=storm, resident=person)
    assert results(send(browse(lin), [tap(line, "help")])) == ["handover"]
    decide(browse(deciding), SyncItem.objects.get(), "take")
    assert RollCall.objects.get(resident=person).state == "help"


def test_what_cannot_be_read_whole_is_only_left_out(browse, mei, lin, of_wang, storm):
    token = browse(lin).post("/visits/offline/take/").json()["token"]
    bad = sealed(tap(of_wang, "help", note="电话13800138000"), keep=True)
    assert results(send_with(token, [bad])) == ["handover"]
    item, visitor = SyncItem.objects.get(), browse(mei)
    page = page_of(visitor, storm)
    assert "13800138000" not in page
    assert reverse("safety:tap-take", args=[item.pk]) not in page
    assert reverse("safety:tap-leave", args=[item.pk]) in page
    decide(visitor, item, "take")
    item.refresh_from_db()
    assert item.status == "waiting"
    assert not RollCallEvent.objects.exists()


def test_nobody_decides_of_what_lies_elsewhere(
    browse, waiting, chen, donghu, storm, xihu
):
    for step in ("take", "leave"):
        assert decide(browse(chen), waiting, step).status_code == 404
        reader = make_assignment(f"reader-{step}", donghu, ["view_rollcall"]).user
        assert decide(browse(reader), waiting, step).status_code == 403
    assert "手机登记待核对" not in page_of(browse(reader), storm)
    waiting.refresh_from_db()
    assert waiting.status == "waiting"


def test_a_line_elsewhere_is_neither_named_nor_told(
    browse, deciding, lin, of_wang, storm, xihu
):
    line = make_roll_call(xihu, emergency=storm, name="西湖老人", place="桥头")
    first = tap(of_wang, "called", at=hours_ago(1))
    other = tap(line, "help", client_uuid=first["client_uuid"])
    assert results(send(browse(lin), [first, other])) == ["created", "conflict"]
    item, visitor = SyncItem.objects.get(result="conflict"), browse(deciding)
    assert "西湖老人" not in page_of(visitor, storm)
    assert decide(visitor, item, "take").status_code == 403
    assert RollCallEvent.objects.filter(line=line).count() == 0


@pytest.mark.parametrize("step", ["take", "leave", None])
def test_decided_or_not_it_is_destroyed(step, browse, deciding, waiting, close):
    if step:
        decide(browse(deciding), waiting, step)
    close(days_ago=1)
    destroy_what_was_collected(timezone.now())
    assert not SyncItem.objects.exists()
