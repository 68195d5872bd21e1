"""The clerk's pages of a meeting, and what a member opens on the phone."""

import re
import zipfile
from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.meeting_actions import issue_codes
from governance.models import Body, Meeting, Motion, Seat
from tests.factories import make_assignment, make_motion
from tests.governance.conftest import FEMALE, TODAY

TONIGHT = timezone.make_aware(datetime.combine(TODAY, time(23, 59, 59)))
CODE = re.compile(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){2}")


def page(name, row):
    return reverse(f"governance:{name}", args=[row.pk])


@pytest.fixture
def clerk(browse, donghu):
    return browse(make_assignment("director", donghu).user)


@pytest.fixture
def phone():
    """A browser that nobody signed in to."""
    return Client(enforce_csrf_checks=True)


def do(clerk, row, name, **sent):
    kind = "meeting" if isinstance(row, Meeting) else "motion"
    url = reverse(f"governance:{kind}-transition", args=[row.pk, name])
    answer = clerk.post(url, sent)
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()


def test_a_clerk_takes_a_meeting_from_its_plan_to_its_minutes(
    clerk, phone, seat, donghu
):
    body = seat(donghu, Body.Kind.COUNCIL, [FEMALE] * 5)
    starts = timezone.localtime(TONIGHT).strftime("%Y-%m-%dT%H:%M:%S")
    sent = {"body": body.pk, "kind": "council", "title": "停车议事会"}
    sent |= {"starts_at": starts, "place": "会议室", "agenda": "停车\n路灯"}
    answer = clerk.post(reverse("governance:meeting-create"), sent | {"demand": "own"})
    assert answer.status_code == 302, answer.context["form"].errors
    meeting = Meeting.objects.get(title="停车议事会")
    sent = {"meeting": meeting.pk, "title": "增设路灯", "text": "巷口增设路灯"}
    sent |= {"origin": "committee", "mover": "居委会", "way": "secret"}
    assert clerk.post(reverse("governance:motion-create"), sent).status_code == 302
    motion = Motion.objects.get()

    for name in ("call", "settle"):
        do(clerk, meeting, name)
    cards = clerk.post(page("meeting-invitations", meeting)).content.decode()
    codes = CODE.findall(cards)
    assert len(codes) == 5
    do(clerk, meeting, "open")

    urls = [reverse("governance:meeting-seat", args=[one]) for one in codes]
    for url in urls[:3]:
        assert phone.post(url).status_code == 302
    by_paper = meeting.seats.filter(signed_in_at=None).first()
    sent = {"seat": [by_paper.pk], "signatures": 1}
    assert clerk.post(page("meeting-attendance", meeting), sent).status_code == 302

    do(clerk, motion, "put")
    for url in urls[:3]:
        sent = {"motion": motion.pk, "choice": "for"}
        assert phone.post(url, sent).status_code == 302
    assert "已在手机上投票" in phone.post(urls[0], sent).content.decode()
    sent = {"seat": [by_paper.pk]}
    assert clerk.post(page("motion-papers", motion), sent).status_code == 302
    sent = {"returned": 1, "for": 0, "against": 1, "abstained": 0, "invalid": 0}
    assert clerk.post(page("motion-tally", motion), sent).status_code == 302
    motion.refresh_from_db()
    assert motion.votes == "赞成3票，反对1票，弃权0票，废票0票"

    do(clerk, meeting, "close")
    assert phone.get(urls[0]).status_code == 404
    sent = {"owner": "林主任", "due_on": TODAY + timedelta(days=30)}
    assert clerk.post(page("motion-update", motion), sent).status_code == 302
    do(clerk, motion, "publish")
    do(clerk, motion, "finish", note="已装好")
    minutes = clerk.get(page("meeting-minutes", meeting))
    archive = zipfile.ZipFile(BytesIO(b"".join(minutes.streaming_content)))
    text = archive.read("word/document.xml").decode()
    for words in ("停车议事会会议纪要", "应到5人，实到4人", "增设路灯", "赞成3票"):
        assert words in text


@pytest.fixture
def invited(sitting, mei):
    """Return a meeting that is going on and the codes of its people."""
    meeting = sitting(5)
    return meeting, [code for _seat, code in issue_codes(meeting=meeting, by=mei)]


def seat_url(code):
    return reverse("governance:meeting-seat", args=[code])


def test_no_code_but_ones_own_opens_anything(invited, phone):
    _meeting, codes = invited
    wrong = codes[0][:-1] + ("A" if codes[0][-1] != "A" else "B")
    for code in (wrong, "A" * 12, "x", "0" * 300, "%27%20OR"):
        assert phone.get(seat_url(code)).status_code == 404
        assert phone.post(seat_url(code)).status_code == 404
    assert not Seat.objects.present().exists()


def test_the_database_does_not_hold_the_codes(invited):
    _meeting, codes = invited
    stored = b"".join(bytes(seat.code) for seat in Seat.objects.all())
    assert not any(code.encode() in stored for code in codes)


def test_before_the_opening_a_member_sees_the_agenda_and_cannot_sign_in(invited, phone):
    meeting, codes = invited
    Meeting.objects.update(status="ready")
    told = phone.get(seat_url(codes[0])).content.decode()
    assert "会议还没有开始" in told
    assert "讨论停车位" in told
    assert phone.post(seat_url(codes[0])).status_code == 422
    assert not Seat.objects.present().exists()


def test_a_code_is_void_the_day_after(invited, phone):
    _meeting, codes = invited
    Meeting.objects.update(starts_at=timezone.now() - timedelta(days=1))
    assert phone.get(seat_url(codes[0])).status_code == 404


def test_the_code_on_the_sheet_asks_for_that_of_the_invitation(invited, phone):
    meeting, codes = invited
    url = reverse("governance:meeting-door", args=[meeting.door])
    typed = f"{codes[0][:4]}-{codes[0][4:8]} {codes[0][8:]}".lower()
    assert phone.post(url, {"code": typed}).url == seat_url(codes[0])
    assert phone.post(url, {"code": "AAAA"}).status_code == 422
    Meeting.objects.update(status="cancelled")
    assert phone.get(url).status_code == 404


def test_pages_of_members_are_kept_nowhere_and_set_no_cookie(invited, phone):
    _meeting, codes = invited
    answer = phone.get(seat_url(codes[0]))
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_phone_shows_nobody_elses_vote_and_not_ones_own_choice(invited, phone, put):
    meeting, codes = invited
    phone.post(seat_url(codes[0]))
    motion = put(meeting, way="secret")
    phone.post(seat_url(codes[0]), {"motion": motion.pk, "choice": "against"})
    told = phone.get(seat_url(codes[0])).content.decode()
    assert "等待计票" in told
    assert 'value="against"' not in told


def test_a_motion_of_another_meeting_is_not_voted_on(invited, phone, sitting, put):
    _meeting, codes = invited
    phone.post(seat_url(codes[0]))
    other = put(sitting(3, 3), way="secret")
    for pk in (other.pk, "x", "9" * 40):
        sent = {"motion": pk, "choice": "for"}
        assert phone.post(seat_url(codes[0]), sent).status_code == 422


PAGES = ("attendance", "invitations", "sheet", "minutes")


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_meeting_end_where_the_reach_ends(name, browse, chen, sitting):
    meeting = sitting(3, 3)
    Meeting.objects.update(status="closed", is_valid=True)
    assert browse(chen).get(page(f"meeting-{name}", meeting)).status_code == 404


@pytest.mark.parametrize("name", ["papers", "tally"])
def test_pages_of_a_motion_end_where_the_reach_ends(name, browse, chen, sitting, put):
    motion = put(sitting(3, 3), way="secret")
    assert browse(chen).get(page(f"motion-{name}", motion)).status_code == 404


def test_who_may_only_look_does_not_open_the_clerks_pages(browse, donghu, sitting):
    meeting = sitting(3, 3)
    worker = make_assignment("worker", donghu, ["view_meeting"]).user
    visitor = browse(worker)
    assert visitor.get(meeting.get_absolute_url()).status_code == 200
    assert visitor.get(page("meeting-attendance", meeting)).status_code == 403


def test_names_are_taken_where_the_vote_is_named(clerk, sitting, put):
    meeting = sitting(3, 3)
    motion = put(meeting, way="named")
    first, second, _third = meeting.seats.all()
    sent = {f"seat-{first.pk}": "for", f"seat-{second.pk}": "for"}
    assert clerk.post(page("motion-tally", motion), sent).status_code == 302
    motion.refresh_from_db()
    assert (motion.outcome, motion.poll.returned) == ("passed", 2)


def test_a_motion_stays_as_it_was_once_it_is_voted_on(clerk, sitting, put, donghu):
    meeting = sitting(3, 3)
    tabled = make_motion(donghu, meeting=meeting)
    assert clerk.get(page("motion-update", tabled)).status_code == 200
    assert clerk.get(page("motion-update", put(meeting))).status_code == 400


def test_a_kind_of_meeting_belongs_to_its_body(clerk, seat, donghu):
    body = seat(donghu, Body.Kind.COUNCIL, [FEMALE] * 5)
    sent = {"body": body.pk, "kind": "congress", "title": "会", "place": "室"}
    sent |= {"starts_at": "2999-01-04T09:00", "agenda": "议", "demand": "adults"}
    answer = clerk.post(reverse("governance:meeting-create"), sent)
    assert "body" in answer.context["form"].errors
