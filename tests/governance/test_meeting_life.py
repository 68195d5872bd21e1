"""A meeting from its call to its end: what comes too late or too early is refused."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.ballots import Paper
from governance.counting import close_vote
from governance.meeting_actions import issue_codes, sign_in, take_attendance, vote
from governance.models import Body, Meeting, Seat
from governance.workflows import MeetingWorkflow, MotionWorkflow
from tests.factories import make_meeting, make_motion, make_resident
from tests.governance.conftest import FEMALE, TODAY

TONIGHT = timezone.make_aware(datetime.combine(TODAY, time(23, 59, 59)))


def refused(words, work, *args, **about):
    with pytest.raises(ValidationError, match=words):
        work(*args, **about)


@pytest.fixture
def step(mei):
    def call(row, name, note=""):
        flow = MeetingWorkflow if isinstance(row, Meeting) else MotionWorkflow
        return flow.apply(row, name, by=mei, note=note)

    return call


def assembly(unit, days, **about):
    about = {
        "kind": "adults",
        "starts_at": timezone.now() + timedelta(days=days),
    } | about
    return make_meeting(unit, **about)


def test_an_assembly_is_called_ten_days_ahead(step, donghu):
    assert step(assembly(donghu, 10), "call").status == "called"
    refused("提前10天.*第二十六条第二款", step, assembly(donghu, 9), "call")
    urgent = assembly(donghu, 1, urgency="台风过境")
    assert step(urgent, "call").called_at


def test_representatives_are_called_whenever_it_is_wanted(step, donghu):
    assert step(make_meeting(donghu, kind="congress"), "call").status == "called"


@pytest.mark.parametrize(("names", "is_enough"), [(1, False), (2, True)])
def test_a_fifth_of_the_representatives_may_demand_a_meeting(
    seat, step, donghu, names, is_enough
):
    body = seat(donghu, Body.Kind.CONGRESS, [FEMALE] * 11, post="delegate")
    about = {"demand": "representatives", "demanded_by": names}
    meeting = make_meeting(donghu, body=body, kind="congress", **about)
    if is_enough:
        assert step(meeting, "call").status == "called"
    else:
        refused(
            "居民代表10人.*五分之一以上为2人.*第二十八条第二款", step, meeting, "call"
        )


def test_the_roll_is_drawn_up_before_and_stays(seat, step, donghu):
    body = seat(donghu, Body.Kind.COUNCIL, [FEMALE] * 5)
    meeting = step(make_meeting(donghu, body=body, starts_at=TONIGHT), "call")
    meeting = step(meeting, "settle")
    assert meeting.seats.count() == 5
    body.term.members.filter(post="member").update(left_on=TODAY)
    meeting = step(meeting, "open")
    assert meeting.seats.count() == 5
    refused("开会中", step, meeting, "resettle", note="有人离任")


def test_adults_alone_are_on_the_roll_of_an_assembly(step, donghu, xihu):
    year = TODAY.year
    grown = make_resident(donghu, birth_on=f"{year - 40}-01-01", living="here")
    make_resident(donghu, birth_on=f"{year - 10}-01-01", living="here")
    make_resident(xihu, birth_on=f"{year - 40}-01-01", living="here")
    meeting = step(step(assembly(donghu, 20), "call"), "settle")
    assert [one.resident_id for one in meeting.seats.all()] == [grown.pk]


def test_a_meeting_is_not_opened_before_its_day(step, sitting):
    meeting = sitting(5)
    Meeting.objects.update(status="ready", starts_at=TONIGHT + timedelta(days=1))
    refused("还没有到", step, meeting, "open")


def test_nobody_signs_in_before_or_after(sitting):
    meeting = sitting(3)
    seat = meeting.seats.first()
    for status in ("called", "ready", "closed", "cancelled"):
        Meeting.objects.update(status=status)
        refused("不在进行中.*第二十九条", sign_in, seat=seat, way="phone")
    assert not Seat.objects.present().exists()


def test_nobody_votes_before_the_vote_or_after_the_count(sitting, step, mei, donghu):
    meeting = sitting(3, 3)
    seat = meeting.seats.first()
    motion = make_motion(donghu, meeting=meeting, way="secret")
    words = "不在表决中.*第二十九条"
    refused(words, vote, seat=seat, motion=motion, option="for")
    motion = step(motion, "put")
    close_vote(motion=motion, paper=Paper(), by=mei)
    refused(words, vote, seat=seat, motion=motion, option="for")
    step(meeting, "close")
    refused("不在进行中", vote, seat=seat, motion=motion, option="for")


def test_who_has_not_signed_in_does_not_vote(sitting, put):
    meeting = sitting(3, 2)
    motion = put(meeting, way="secret")
    absent = meeting.seats.get(signed_in_at=None)
    refused("还没有签到", vote, seat=absent, motion=motion, option="for")


def test_nobody_votes_in_a_meeting_of_others(sitting, put):
    motion = put(sitting(3, 3), way="secret")
    stranger = sitting(3, 3).seats.first()
    refused("不在表决中", vote, seat=stranger, motion=motion, option="for")


def test_more_hands_than_people_are_refused(sitting, decide):
    refused("多于实到30人.*第二十九条", decide, sitting(45, 30), 31)


def test_more_ballots_than_were_given_out_are_refused(sitting, put, mei):
    motion = put(sitting(3, 3), way="secret")
    paper = Paper({"motion": {"for": 1}}, returned=1)
    words = "收回1票，多于发出的0票.*第二十九条"
    refused(words, close_vote, motion=motion, paper=paper, by=mei)
    motion.refresh_from_db()
    assert motion.is_voting


@pytest.mark.parametrize(("names", "is_enough"), [(8, False), (9, True)])
def test_a_joint_motion_needs_a_fifth(sitting, put, names, is_enough):
    meeting, about = sitting(45, 30), {"origin": "joint", "supporters": names}
    if is_enough:
        assert put(meeting, **about).is_voting
    else:
        refused("五分之一以上为9人", put, meeting, **about)


def test_the_party_discusses_what_is_important_first(sitting, put):
    meeting = sitting(3, 3)
    refused("先由党组织.*第三十条第四款", put, meeting, is_major=True)
    assert put(meeting, is_major=True, discussed_on=TODAY).is_voting


def test_a_meeting_ends_when_paper_adds_up_and_votes_are_counted(
    sitting, put, step, mei
):
    meeting = sitting(6, 0)
    seats = set(meeting.seats.values_list("pk", flat=True)[:4])
    take_attendance(meeting=meeting, on_paper=seats, signatures=5, by=mei)
    refused("填了5人，名册上勾选了4人", step, meeting, "close")
    take_attendance(meeting=meeting, on_paper=seats, signatures=4, by=mei)
    motion = put(meeting)
    refused("还有议案在表决", step, meeting, "close")
    close_vote(motion=motion, paper=Paper(), by=mei)
    meeting = step(meeting, "close")
    assert (meeting.entitled, meeting.present, meeting.is_valid) == (6, 4, True)


def test_who_was_ticked_by_mistake_is_taken_off_unless_he_voted(sitting, put, mei):
    meeting = sitting(3, 0)
    keys = set(meeting.seats.values_list("pk", flat=True))
    take_attendance(meeting=meeting, on_paper=keys, signatures=3, by=mei)
    motion, voter = put(meeting, way="secret"), meeting.seats.first()
    vote(seat=voter, motion=motion, option="for")
    about = {"meeting": meeting, "signatures": 2, "by": mei}
    refused("已经投票", take_attendance, on_paper=keys - {voter.pk}, **about)
    other = meeting.seats.last()
    take_attendance(on_paper=keys - {other.pk}, **about)
    assert meeting.seats.present().count() == 2


def test_codes_printed_again_make_the_old_ones_void(sitting, mei):
    meeting = sitting(3)
    old = dict(issue_codes(meeting=meeting, by=mei))
    new = dict(issue_codes(meeting=meeting, by=mei))
    assert len({*old.values(), *new.values()}) == 6
    for seat, code in old.items():
        assert not Seat.objects.of_code(code).exists()
        assert Seat.objects.of_code(new[seat]).get() == seat
    MeetingWorkflow.apply(meeting, "close", by=mei)
    assert not Seat.objects.exclude(code=None).exists()
