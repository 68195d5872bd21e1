"""A page that is left open asks how long its sign-in goes on."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.test_session_list import pass_time

ASKED = reverse("account_session")
HOME = reverse("accounts:me")
IDLE, NOTE = 30 * 60, 5 * 60


@pytest.fixture
def at_desk(lin, browse):
    visitor = browse(lin)
    visitor.get(HOME)
    return visitor


def left(answer):
    return answer.json()["left"]


def test_it_is_told_the_seconds_that_are_left(at_desk):
    pass_time(at_desk, noted_at=20 * 60)
    assert left(at_desk.get(ASKED)) == pytest.approx(IDLE + NOTE - 20 * 60, abs=2)


def test_asking_is_no_activity(at_desk):
    pass_time(at_desk, noted_at=20 * 60)
    for _time in range(2):
        told = left(at_desk.get(ASKED))
        assert told == pytest.approx(IDLE + NOTE - 20 * 60, abs=2)


def test_saying_so_is_activity(at_desk):
    pass_time(at_desk, noted_at=20 * 60)
    assert left(at_desk.post(ASKED)) == pytest.approx(IDLE + NOTE, abs=2)
    assert left(at_desk.get(ASKED)) == pytest.approx(IDLE + NOTE, abs=2)


def test_the_end_of_the_working_day_is_told_too(at_desk):
    pass_time(at_desk, began_at=10 * 3600 - 60)
    told = at_desk.post(ASKED).json()
    assert told["left"] == told["whole"] == pytest.approx(60, abs=2)
    page = at_desk.get(HOME).content.decode()
    assert re.search(r'data-yh-whole="(5\d|60)"', page)


def test_who_is_over_time_is_not_answered(at_desk):
    pass_time(at_desk, noted_at=IDLE + NOTE + 1)
    assert at_desk.post(ASKED).status_code == 302


def test_two_people_are_told_apart_and_nothing_else_is_told(at_desk, chen):
    own = at_desk.get(ASKED).json()["who"]
    page = at_desk.get(HOME).content.decode()
    assert f'data-yh-who="{own}"' in page
    other = Client()
    other.force_login(chen)
    assert other.get(ASKED).json()["who"] != own


def test_the_token_that_is_told_is_accepted(lin):
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(lin)
    token = visitor.get(ASKED).json()["token"]
    assert visitor.post(ASKED, headers={"X-CSRFToken": token}).status_code == 200
    assert visitor.post(ASKED).status_code == 403


def test_who_signed_in_again_is_sent_back_to_the_first_window(at_desk):
    page = at_desk.get(reverse("account_session_back")).content.decode()
    assert "回到原来的页面" in page
