"""The word of a notice says whether residents can read it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_notice, make_published
from toolkit import formats

LIST = "/notices/notices/"
DAYS = {"scheduled": (3, 9), "published": (-1, 9), "expired": (-9, -1)}
CHIP = re.compile(r'<span class="(yh-state[^"]*)">([^<]*)</span>')


@pytest.fixture
def notices(donghu):
    """One published notice before its time, one in it and one after it."""
    now = timezone.now()
    return {
        standing: make_published(
            donghu,
            publish_at=now + timedelta(days=begin),
            expires_at=now + timedelta(days=end),
        )
        for standing, (begin, end) in DAYS.items()
    }


@pytest.fixture
def chips(notices):
    """What each of them is called, with the class of its chip."""
    day = formats.cn_day(notices["scheduled"].publish_at)
    return {
        "scheduled": ("yh-state yh-state--open", f"待发布（{day}）"),
        "published": ("yh-state yh-state--done", "已发布"),
        "expired": ("yh-state", "已到期"),
    }


@pytest.mark.parametrize("standing", DAYS)
def test_the_page_names_the_standing(standing, notices, chips, browse, lin):
    page = browse(lin).get(notices[standing].get_absolute_url()).content.decode()
    assert CHIP.findall(page) == [chips[standing]]


def test_the_list_names_it(notices, chips, browse, lin):
    told = set(CHIP.findall(browse(lin).get(LIST).content.decode()))
    assert told == set(chips.values())


@pytest.mark.parametrize("standing", DAYS)
def test_the_list_is_narrowed_to_a_standing(standing, notices, browse, lin):
    rows = browse(lin).get(f"{LIST}?status={standing}").context["rows"]
    assert [row.pk for row in rows] == [notices[standing].pk]


def test_other_statuses_are_narrowed_to_as_before(notices, browse, lin, donghu):
    draft = make_notice(donghu, author=lin)
    rows = browse(lin).get(f"{LIST}?status=draft").context["rows"]
    assert [row.pk for row in rows] == [draft.pk]


def test_files_name_it_too(notices, browse, lin):
    answer = browse(lin).get("/api/v1/notices/notices/").json()
    words = {row["status"] for row in answer["rows"]}
    assert words == {"待发布", "已发布", "已到期"}
