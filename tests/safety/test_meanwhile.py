"""Two people tell of the same resident, neither knowing of the other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safety.actions import take_back
from safety.models import RollCall, RollCallEvent
from tests.factories import make_assignment
from tests.safety.conftest import hours_ago
from tests.safety.test_sync import tap
from tests.visits.parcels import results, send

DIFFER = "两人登记不一致"
EARLY, LATE = hours_ago(0.5), hours_ago(0.25)


@pytest.fixture
def keeper(donghu_grid):
    return make_assignment("keeper", donghu_grid).user


@pytest.fixture
def hand_in(storm, client, lin):
    """Hand in what Lin has tapped out of reach."""

    def call(line, state, at):
        client.force_login(lin)
        assert results(send(client, [tap(line, state, at=at)])) == ["created"]
        line.refresh_from_db()
        return line

    return call


@pytest.fixture
def online(say, keeper, monkeypatch):
    """Tell on a page at a moment of the past: it was stored right then."""

    def call(line, state, at, by=keeper):
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: at)
            return say(line, state, by=by)

    return call


@pytest.fixture
def board(storm, browse, mei):
    return lambda: browse(mei).get(storm.get_absolute_url()).content.decode()


def told_of(line):
    events = RollCallEvent.objects.filter(line=line).order_by("happened_at")
    return [(one.state, one.by.username) for one in events]


@pytest.mark.parametrize(
    ("on_phone", "meanwhile", "stands"),
    [
        ((EARLY, "refused"), (LATE, "moved"), "moved"),
        ((LATE, "refused"), (EARLY, "moved"), "refused"),
    ],
    ids=["the phone was earlier", "the phone was later"],
)
def test_both_are_kept_the_later_counts_and_the_board_tells(
    on_phone, meanwhile, stands, storm, of_wang, online, hand_in, board
):
    at, state = meanwhile
    online(of_wang, state, at)
    assert DIFFER not in board()
    at, state = on_phone
    hand_in(of_wang, state, at)
    assert sorted(told_of(of_wang)) == [("moved", "keeper"), ("refused", "lin")]
    assert (of_wang.state, of_wang.is_contradicted) == (stands, True)
    page = board()
    section = page[page.index(DIFFER) : page.index("按小时")]
    assert "王阿婆" in section
    for words in ("登记“拒绝转移”", "登记“已转移”", "keeper", "lin"):
        assert words in section


def test_the_roll_and_the_record_tell_it_too(of_wang, online, hand_in, browse, keeper):
    online(of_wang, "moved", LATE)
    hand_in(of_wang, "refused", EARLY)
    visitor = browse(keeper)
    assert "另有人登记的与此不同" in visitor.get("/safety/roll/").content.decode()
    page = visitor.get(of_wang.get_absolute_url()).content.decode()
    assert "两人登记不一致，按较晚的算" in page


def test_whoever_tells_again_settles_it(of_wang, say, online, hand_in, board):
    online(of_wang, "moved", LATE)
    hand_in(of_wang, "refused", EARLY)
    say(of_wang, "moved", note="已核实")
    assert not of_wang.is_contradicted
    assert DIFFER not in board()
    assert len(told_of(of_wang)) == 3


def test_what_is_taken_back_contradicts_nothing(of_wang, online, hand_in, keeper):
    online(of_wang, "moved", LATE)
    hand_in(of_wang, "refused", EARLY)
    take_back(line=of_wang, by=keeper)
    of_wang.refresh_from_db()
    assert (of_wang.state, of_wang.is_contradicted) == ("refused", False)


def test_who_says_the_same_or_goes_on_from_it_agrees(of_wang, online, hand_in):
    online(of_wang, "moved", LATE)
    assert not hand_in(of_wang, "moved", EARLY).is_contradicted
    assert not hand_in(of_wang, "returned", hours_ago(0.1)).is_contradicted


def test_one_person_does_not_contradict_himself(of_wang, online, hand_in, lin):
    online(of_wang, "moved", LATE, by=lin)
    assert not hand_in(of_wang, "refused", EARLY).is_contradicted


def test_one_step_after_the_other_in_reach_is_no_difference(of_wang, say, lin, keeper):
    say(of_wang, "refused", by=lin)
    say(of_wang, "moved", by=keeper)
    assert not of_wang.is_contradicted
    assert not RollCall.objects.contradicted().exists()


def test_two_phones_at_the_same_time_of_day_agree_on_the_later(
    of_wang, hand_in, online
):
    """The later moment wins by a second, whichever phone is heard first."""
    hand_in(of_wang, "help", LATE)
    event = RollCallEvent.objects.get()
    online(of_wang, "moved", event.happened_at + timedelta(seconds=1))
    assert (of_wang.state, of_wang.is_contradicted) == ("moved", True)
