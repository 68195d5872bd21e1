"""Records and lists say things as people say them, in the order in which they go."""

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone

from learning.models import SchoolSession
from tests.factories import (
    make_body,
    make_building,
    make_lane,
    make_published,
    make_school_session,
)
from tests.migrating import as_before


def read(browse, person, path):
    return browse(person).get(path).content.decode().replace("\u2060", "")


def test_a_session_tells_its_hours_and_its_people(browse, lin, donghu):
    session = make_school_session(
        donghu, begins_at=time(9), ends_at=time(10, 30), attendance=53
    )
    page = read(browse, lin, session.get_absolute_url())
    assert "上午9:00—10:30" in page
    assert "09:00:00" not in page
    assert "<dd>53 人</dd>" in page
    listed = read(browse, lin, "/learning/schoolsessions/")
    assert "53 人次" not in listed
    assert "登记一期课程" in listed
    form = read(browse, lin, f"{session.get_absolute_url()}edit/")
    assert form.count('type="time"') == 2


def test_who_comes_to_a_session_is_not_known_before(browse, lin, donghu):
    today = timezone.localdate()
    coming = make_school_session(donghu, held_on=today + timedelta(days=3))
    held = make_school_session(donghu, held_on=today - timedelta(days=3))
    for session, words in ((coming, "未开课"), (held, "未填")):
        page = read(browse, lin, session.get_absolute_url())
        assert f"<dd>{words}</dd>" in page
        assert words in read(browse, lin, "/learning/schoolsessions/")
    assert "0 人" not in read(browse, lin, "/learning/schoolsessions/")


def test_a_session_is_planned_without_its_people(browse, lin, donghu):
    url = "/learning/schoolsessions/new/"
    form = read(browse, lin, url)
    assert "<h1>登记一期课程</h1>" in form
    assert (
        re.search(r'<input[^>]*name="attendance"[^>]*>', form)[0].count("value=") == 0
    )
    sent = {"org_unit": donghu.pk, "title": "用电安全", "topic": "safety"}
    sent |= {"held_on": "2999-01-04", "place": "会议室", "attendance": ""}
    assert browse(lin).post(url, sent).status_code == 302
    assert SchoolSession.objects.get().attendance is None


@pytest.mark.parametrize(
    ("days", "attendance", "told"),
    [(1, 55, "还没有开课"), (-1, 999_999_999_999, "人数太多，请核对。")],
)
def test_an_attendance_is_one_that_was_counted(
    days, attendance, told, browse, lin, donghu
):
    day = timezone.localdate() + timedelta(days=days)
    sent = {"org_unit": donghu.pk, "title": "用电安全", "topic": "safety"}
    sent |= {"held_on": day.isoformat(), "place": "会议室", "attendance": attendance}
    answer = browse(lin).post("/learning/schoolsessions/new/", sent)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_the_pillar_shows_the_next_sessions_first(browse, lin, donghu):
    today = timezone.localdate()
    for days in (-9, -2, 0, 4, 20):
        day = today + timedelta(days=days)
        make_school_session(donghu, held_on=day, title=f"相隔{days}天")
    make_school_session(donghu, held_on=today - timedelta(days=30), title="很早以前")
    page = read(browse, lin, "/learning/")
    names = [f"相隔{days}天" for days in (0, 4, 20, -2, -9)]
    assert re.findall("相隔-?[0-9]+天|很早以前", page) == names


@pytest.mark.django_db(transaction=True)
def test_an_attendance_that_nobody_filled_in_is_empty(donghu):
    counted = make_school_session(donghu, attendance=53)
    unknown = make_school_session(donghu, attendance=0)
    with as_before("learning", "0004_words_for_units"):
        pass
    for session, attendance in ((counted, 53), (unknown, None)):
        session.refresh_from_db()
        assert session.attendance == attendance


def test_buildings_stand_lane_by_lane_and_number_by_number(browse, lin, donghu):
    names = {"fengshanxiang": "凤山巷", "caixiang": "菜巷"}
    for pinyin, name in names.items():
        lane = make_lane(donghu, name=name, pinyin=pinyin)
        for number, block in (("2", "1"), ("12", ""), ("2", "")):
            make_building(donghu, lane=lane, number=number, block=block)
    page = read(browse, lin, "/communities/buildings/")
    doors = [
        "菜巷2号<",
        "菜巷2号1幢<",
        "菜巷12号<",
        "凤山巷2号<",
        "凤山巷2号1幢<",
        "凤山巷12号<",
    ]
    places = [page.index(door) for door in doors]
    assert places == sorted(places)


def test_bodies_stand_in_the_order_of_the_units(browse, mei, donghu, xihu):
    for unit, name in ((donghu, "东湖协商会"), (xihu, "西湖协商会")):
        make_body(unit, name=name)
    page = read(browse, mei, "/governance/bodies/")
    assert page.index("东湖协商会") < page.index("西湖协商会")


def test_a_published_notice_leads_to_its_public_page_once(browse, lin, donghu):
    notice = make_published(donghu)
    page = read(browse, lin, notice.get_absolute_url())
    beside = page[page.index("<aside") :]
    assert "已公开，未设截止时间。" in beside
    assert page.count(f'href="/notices/{notice.pk}/"') == 1
