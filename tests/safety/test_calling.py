"""What is told of a person is an event; his line and every figure follow from them."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from safety.actions import take_back, tell
from safety.actions.calling import counted_events
from safety.board import by_hour, counted, occupancy, tally_of
from safety.models import EmergencyDay, RollCall, RollCallEvent, State
from safety.steps import NEXT, TOLD, may_follow
from tests.factories import make_assignment, make_emergency, make_roll_call
from tests.factories import make_shelter as shelter_in
from tests.safety.conftest import hours_ago
from toolkit.history import history_of
from toolkit.models import AuditEvent


def test_a_tap_is_an_event_and_the_line_follows(of_wang, say, lin):
    event = say(of_wang, "called", note="腿脚不便")
    assert (event.before, event.state, event.by) == ("waiting", "called", lin)
    assert (of_wang.state, of_wang.note, of_wang.told_by) == (
        "called",
        "腿脚不便",
        lin,
    )
    assert of_wang.state_at == event.happened_at
    assert of_wang.contacted_on == timezone.localdate(event.happened_at)
    assert of_wang.moved_on is None


def test_the_trail_names_the_field_and_the_history_nothing(of_wang, say, lin):
    say(of_wang, "refused", note="舍不得家里的猫")
    event = AuditEvent.objects.get(verb="told")
    assert (event.subject_id, event.fields, event.actor) == (
        of_wang.pk,
        ["state"],
        lin,
    )
    assert not history_of(of_wang).exists()


def test_the_same_tap_sent_again_changes_nothing(of_wang, lin):
    one = uuid4()
    for is_new in (True, False, False):
        told = tell(line=of_wang, state="called", by=lin, client_uuid=one)
        assert told.is_new is is_new
    assert RollCallEvent.objects.count() == 1


def test_a_number_used_for_somebody_else_is_refused(of_wang, of_li, say, lin, donghu):
    one = uuid4()
    say(of_wang, "called", client_uuid=one)
    with pytest.raises(ValidationError):
        say(of_li, "called", client_uuid=one)
    with pytest.raises(ValidationError):
        say(of_wang, "moved", client_uuid=one)
    another = make_assignment("zhao", donghu).user
    with pytest.raises(ValidationError):
        say(of_wang, "called", client_uuid=one, by=another)


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("state", list(State))
def test_a_state_follows_only_those_of_the_table(before, state, of_wang, say):
    RollCall.objects.filter(pk=of_wang.pk).update(state=before)
    allowed = state in TOLD and (state == before or state in NEXT[before])
    assert may_follow(before, state) is allowed
    if allowed:
        say(of_wang, state)
    else:
        with pytest.raises(ValidationError):
            say(of_wang, state)


@pytest.mark.parametrize(
    "note", ["电话 13800138000", "身份证330381194005062323", "好" * 101]
)
def test_a_note_holds_no_numbers_of_a_person(note, of_wang, say):
    with pytest.raises(ValidationError):
        say(of_wang, "called", note=note)
    assert not RollCallEvent.objects.exists()


def test_what_happened_earlier_is_put_where_it_belongs(of_wang, say):
    say(of_wang, "moved", happened_at=hours_ago(1))
    late = say(of_wang, "moved", note="先打过招呼", happened_at=hours_ago(2))
    assert late.created_at > of_wang.state_at
    assert of_wang.note == ""
    states = [event.note for event in counted_events([of_wang])]
    assert states == ["先打过招呼", ""]


def test_taking_back_gives_the_state_before(of_wang, say, lin):
    say(of_wang, "called")
    event = say(of_wang, "moved")
    undone = take_back(line=of_wang, by=lin)
    of_wang.refresh_from_db()
    assert (of_wang.state, of_wang.moved_on) == ("called", None)
    assert (undone.takes_back, undone.before, undone.state) == (
        event,
        "moved",
        "called",
    )
    take_back(line=of_wang, by=lin)
    of_wang.refresh_from_db()
    assert (of_wang.state, of_wang.contacted_on, of_wang.told_by) == (
        "waiting",
        None,
        None,
    )
    assert take_back(line=of_wang, by=lin) is None
    assert RollCallEvent.objects.count() == 4


def test_a_button_pressed_twice_takes_back_one_step(of_wang, say, lin):
    say(of_wang, "called", happened_at=hours_ago(1))
    say(of_wang, "moved")
    seen = of_wang.mark
    take_back(line=of_wang, by=lin, seen=seen)
    with pytest.raises(ValidationError, match="刚才"):
        take_back(line=of_wang, by=lin, seen=seen)
    of_wang.refresh_from_db()
    assert of_wang.state == "called"


def test_events_are_never_changed(of_wang, say):
    say(of_wang, "called")
    with pytest.raises(DatabaseError), transaction.atomic():
        RollCallEvent.objects.update(state="moved")
    assert RollCallEvent.objects.get().state == "called"


def test_nothing_is_told_before_the_opening_or_after_the_end(
    of_wang, say, close, street
):
    close()
    with pytest.raises(ValidationError, match="已经结束"):
        say(of_wang, "called")
    draft = make_roll_call(street, emergency=make_emergency(street))
    with pytest.raises(ValidationError):
        say(draft, "called")


def test_a_shelter_is_where_somebody_was_moved(of_wang, say, donghu):
    school = shelter_in(donghu, name="二中")
    say(of_wang, "called", shelter=school)
    assert of_wang.shelter is None
    say(of_wang, "moved", shelter=school)
    assert of_wang.standing == "已转移，二中"
    say(of_wang, "returned")
    assert of_wang.shelter is None


def test_a_full_shelter_says_so_and_lets_people_in(
    storm, of_wang, of_li, say, donghu, street
):
    small = shelter_in(donghu, name="小礼堂", capacity=1)
    inside = lambda: [(r["people"], r["is_full"], r["is_over"]) for r in occupancy()]  # noqa: E731
    assert inside() == [(0, False, False)]
    say(of_wang, "moved", shelter=small)
    assert inside() == [(1, True, False)]
    say(of_li, "moved", shelter=small)
    assert inside() == [(2, True, True)]
    say(of_wang, "returned")
    assert inside() == [(1, True, False)]


def test_every_day_on_which_somebody_was_reached_has_its_row(storm, of_wang, say):
    say(of_wang, "called", happened_at=hours_ago(1))
    day = timezone.localdate(hours_ago(1))
    row = EmergencyDay.objects.counted().get(emergency=storm)
    assert (row.day, row.org_unit) == (day, of_wang.org_unit)
    assert (row.contacted_then, row.moved_then) == (1, 0)


def test_figures_by_the_hour_are_those_of_the_events(storm, of_wang, of_li, say):
    say(of_wang, "called", happened_at=hours_ago(2.5))
    say(of_wang, "moved", happened_at=hours_ago(0.5))
    say(of_li, "refused", happened_at=hours_ago(1.5))
    lines = RollCall.objects.filter(emergency=storm)
    hours = by_hour(storm, lines, timezone.now())
    assert len(hours) in (3, 4)
    last = hours[-1].tally
    assert last.kept() == tally_of(lines).kept()
    assert (last.total, last.reached, last.percent) == (2, 2, 100)
    assert all(hour.tally.total == 2 for hour in hours)
    reached = [hour.tally.reached for hour in hours]
    assert reached == sorted(reached)


def test_what_was_taken_back_counts_in_no_hour(storm, of_wang, say, lin):
    say(of_wang, "moved", happened_at=hours_ago(2))
    take_back(line=of_wang, by=lin)
    lines = RollCall.objects.filter(emergency=storm)
    hours = by_hour(storm, lines, timezone.now())
    assert {hour.tally.of("moved") for hour in hours} == {0}


taps = st.lists(
    st.tuples(
        st.integers(0, 20), st.integers(0, 4), st.sampled_from([*TOLD, State.CALLED])
    )
)


@given(taps)
def test_the_hours_add_up_for_every_order_of_taps(told):
    """Each hour counts everybody once, in the state that he had last."""
    ordered = sorted(told, key=lambda one: one[0])
    ends = [4, 9, 14, 20]
    hours = counted(ends, [0] * 5, ordered)
    for hour in hours:
        last = {line: state for at, line, state in ordered if at <= hour.at}
        assert hour.tally.total == 5
        for state in TOLD:
            assert hour.tally.of(state) == list(last.values()).count(state)
