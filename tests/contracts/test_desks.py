"""The desk of each role holds what that role looks after."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.devices import username_hash
from accounts.models import Assignment, LoginAttempt
from accounts.roles import declared_roles, load_roles
from safety.models import PoliceRoom
from tests.factories import (
    make_police_room,
    make_team,
    make_user,
    make_visit_duty,
)
from toolkit.calendar import forget
from toolkit.models import CalendarDay
from toolkit.navigation import lines_for


@pytest.fixture(autouse=True)
def calendar_as_stored(db):
    """The office calendar is held in memory; each test reads its own."""
    forget()
    yield
    forget()


@pytest.fixture
def desk_of(db, browse):
    """Return a function that reads the desk of a person in one of the real roles."""
    load_roles()

    def read(slug, unit):
        user = make_user(slug, name="戴永春")
        role = Group.objects.get(profile__slug=slug)
        Assignment.objects.create(user=user, role=role, org_unit=unit)
        return browse(user).get("/desk/").content.decode()

    return read


def test_the_system_administrator_reads_accounts_locks_and_the_missing_year(
    desk_of, street, lin
):
    for _try in range(5):
        LoginAttempt.objects.create(username_hash=username_hash(lin.username))
    text = desk_of("system-admin", street)
    year = timezone.localdate().year + 1
    assert f"{year}年放假安排尚未录入。" in text
    assert "/communities/officedays/" in text
    assert "<dt>已锁定</dt><dd>1 <small>个</small>" in text
    assert "<dt>账号</dt>" in text


def test_a_year_that_is_known_is_not_asked_for(desk_of, street):
    first = date(timezone.localdate().year + 1, 1, 1)
    CalendarDay.objects.create(date=first, kind="holiday", name="元旦")
    forget()
    assert "放假安排尚未录入" not in desk_of("system-admin", street)


def test_the_security_administrator_reads_who_leaves_soon(desk_of, street, lin, chen):
    today = timezone.localdate()
    for person, days in ((lin, 12), (chen, 31)):
        held = Assignment.objects.filter(user=person)
        held.update(ends_on=today + timedelta(days=days))
    text, _lately, appointed = desk_of("security-admin", street).partition("最近的任职")
    assert "30 天内到期的任职" in text
    assert "1 项" in text
    assert lin.name in text
    assert chen.name not in text
    assert chen.name in appointed


def test_the_security_administrator_reads_that_nobody_leaves_soon(desk_of, street):
    text = desk_of("security-admin", street)
    assert "30天内没有到期的任职。" in text
    assert "0 项" not in text


def test_a_policeman_and_a_captain_find_what_is_theirs(desk_of, donghu):
    make_police_room(donghu, address="凤山巷9号")
    make_team(donghu, name="夕阳红队", leader="戴永春")
    make_team(donghu, name="别人的队", leader="别人")
    assert "凤山巷9号" in desk_of("police", donghu)
    text = desk_of("captain", donghu)
    assert "夕阳红队" in text
    assert "别人的队" not in text


def test_a_captain_whose_name_no_team_has_finds_those_around(desk_of, donghu):
    make_team(donghu, name="别人的队", leader="别人")
    text = desk_of("captain", donghu)
    assert "社区志愿队伍" in text
    assert "别人的队" in text


def test_a_police_room_is_the_own_one_of_its_officer_alone(desk_of, donghu):
    make_police_room(donghu, officer="叶建国")
    assert ">社区警务室</h2>" in desk_of("worker", donghu)
    PoliceRoom.objects.update(officer="戴永春")
    text = desk_of("police", donghu)
    assert ">我的警务室</h2>" in text
    assert ">社区警务室</h2>" not in text


def test_what_is_late_stands_right_under_the_visits_of_the_day(
    desk_of, donghu, donghu_grid
):
    make_police_room(donghu)
    make_team(donghu)
    make_visit_duty(donghu_grid, next_due_on=date(2026, 1, 1))
    text = desk_of("worker", donghu)
    titles = ("今日走访", "超期和临期", "社区志愿队伍", "社区警务室")
    places = [text.index(f">{title}</h2>") for title in titles]
    assert places == sorted(places)
    assert len(set(re.findall(r'aria-labelledby="(s\d+)"', text))) == 3


@pytest.mark.parametrize(("role", "lines"), [("captain", 4), ("police", 3)])
def test_who_has_no_line_of_the_bar_finds_his_menu_there(role, lines, desk_of, donghu):
    bar = desk_of(role, donghu).partition('class="yh-bar"')[2].partition("</nav>")[0]
    assert bar.count("<a ") == lines


def test_when_all_is_done_the_visit_beyond_the_plan_is_one_press_away(
    desk_of, donghu, donghu_grid
):
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_visit_duty(donghu_grid, next_due_on=tomorrow)
    text = desk_of("worker", donghu)
    assert 'btn-outline-secondary" href="/visits/visits/find/"' in text
    assert "明天要去 1 户" in text


def test_a_community_alone_is_no_table(desk_of, donghu, street):
    text = desk_of("director", donghu)
    is_first = timezone.localdate().day == 1
    assert ("月情况（" if is_first else "本社区本月情况") in text
    assert "不排名" not in text
    assert "yh-heat" not in text


@pytest.mark.parametrize("slug", [role["slug"] for role in declared_roles()])
def test_no_two_lines_of_a_menu_bear_one_icon(slug, street, db):
    load_roles()
    role = Group.objects.get(profile__slug=slug)
    user = make_user(slug)
    Assignment.objects.create(user=user, role=role, org_unit=street)
    icons = Counter(line["icon"] for _section, line in lines_for(user, "/desk/"))
    assert {name: count for name, count in icons.items() if count > 1} == {}
