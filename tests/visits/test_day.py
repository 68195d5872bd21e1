"""The day's list: who, why, and in which order."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.factories import (
    make_assignment,
    make_lane,
    make_org_unit,
    make_resident,
    make_visit,
    make_visit_duty,
)
from tests.visits.conftest import TODAY, days_ago
from toolkit import formats
from toolkit.audit_fields import condition_words, field_words
from toolkit.audit_words import subject_words
from toolkit.models import AuditEvent
from visits.day import count_due, day_of
from visits.models import Visit
from visits.whom import whom_of

URL = reverse("visits:today")
SHEET = reverse("visits:sheet")


def doors(user, unit=None):
    return [d for lane in day_of(user, unit).lanes() for d in lane["doors"]]


def signs(user):
    return [door.whom.name for door in doors(user)]


def test_house_2_comes_before_house_12(owe, lin):
    owe("12"), owe("2")
    assert signs(lin) == ["2--", "12--"]


def test_the_second_floor_comes_before_the_tenth(owe, lin):
    owe("5", "1001"), owe("5", "201"), owe("5", "902")
    assert signs(lin) == ["5--201", "5--902", "5--1001"]


def test_staircase_2_comes_before_staircase_10(owe, lin):
    owe("5", "101", staircase="10"), owe("5", "601", staircase="2")
    assert signs(lin) == ["5-2-601", "5-10-101"]


def test_block_2_comes_before_block_12(owe, lin):
    owe("5", "201", block="12"), owe("5", "301", block="2")
    assert signs(lin) == ["5--301", "5--201"]


def test_a_lane_with_something_overdue_comes_first(owe, lin, donghu):
    other = make_lane(donghu, name="菜巷", pinyin="caixiang")
    owe("1", late=3)
    owe("2", lane=other)
    assert signs(lin) == ["1--", "2--"]


def test_who_is_due_later_this_week_appears_only_on_the_way(owe, lin):
    sunday = TODAY + timedelta(days=6 - TODAY.weekday())
    if sunday == TODAY:
        return
    owe("5", "101"), owe("5", "501", late=-1), owe("9", "101", late=-1)
    assert signs(lin) == ["5--101", "5--501"]
    assert [door.is_due(TODAY) for door in doors(lin)] == [True, False]


def test_who_is_to_be_tried_again_is_on_the_list_before_the_due_day(owe, log, lin):
    duty = owe("5", late=-5)
    log(duty.resident, "nobody_home", visited_at=days_ago(1, hour=9))
    [door] = doors(lin)
    assert door.clock(TODAY)["text"] == "今天"
    assert "换下午或晚上去" in door.reason()


def test_two_rules_of_one_person_are_one_door(owe, monthly, donghu_grid, lin):
    duty = owe("5")
    due = TODAY - timedelta(days=2)
    make_visit_duty(donghu_grid, resident=duty.resident, rule=monthly, next_due_on=due)
    [door] = doors(lin)
    assert door.reason() == "独居，每周一次；高龄，每月一次"
    assert door.days_late(TODAY) == 2


def test_an_appointment_brings_somebody_under_no_rule_onto_the_list(wang, lin, log):
    visit = log(wang, "needs_help", visited_at=days_ago(1, hour=9))
    assert visit.follow_up_on <= TODAY
    [door] = doors(lin)
    assert (door.whom, door.reason()) == (whom_of(wang), "约好再去")


def test_a_visited_person_leaves_the_list_and_stands_among_the_done(owe, log, lin):
    duty = owe("5")
    log(duty.resident)
    day = day_of(lin)
    assert day.due == []
    assert [visit.resident for visit in day.done] == [duty.resident]


def test_a_house_that_is_not_registered_stands_behind_the_lanes(owe, lin, donghu_grid):
    owe("5")
    make_visit_duty(donghu_grid, next_due_on=TODAY)
    assert [door.whom.building is None for door in doors(lin)] == [False, True]


def test_a_keeper_sees_his_grid_and_not_the_next(owe, donghu, donghu_grid):
    other = make_org_unit("grid", "330381002901002", parent=donghu)
    ours = owe("5")
    make_visit_duty(other, next_due_on=TODAY)
    keeper = make_assignment("keeper", donghu_grid).user
    assert [door.whom for door in doors(keeper)] == [whom_of(ours.resident)]
    assert count_due(keeper) == 1


def test_the_page_shows_doors_chips_and_what_it_does_not_do(owe, lin, browse):
    owe("12", "302", late=2, staircase="2")
    page = browse(lin).get(URL).content.decode()
    for words in ("凤山巷", "12号　2单元", "302", "超期 2 天", "独居，每周一次"):
        assert words in page
    assert "不打卡，不排名" in page


def test_the_page_says_what_to_do_when_nothing_waits(lin, browse):
    page = browse(lin).get(URL).content.decode()
    assert "今天没有要走访的" in page


def test_the_page_names_who_was_never_met(owe, lin, browse):
    owe("5", late=2, misses=3, last_miss="nobody_home", last_missed_at=days_ago(1))
    page = browse(lin).get(URL).content.decode()
    assert "连续三次没有见到" in page
    assert "连续 3 次未见" in page


def test_a_street_chooses_a_community_first(owe, mei, browse, donghu, xihu):
    owe("5", late=1)
    response = browse(mei).get(URL)
    row = next(r for r in response.context["communities"] if r["unit"] == donghu)
    assert (row["people"], row["late"]) == (1, 1)
    chosen = browse(mei).get(f"{URL}?unit={donghu.code}")
    assert "凤山巷" in chosen.content.decode()


def test_who_has_grids_of_two_communities_chooses_a_grid_first(
    owe, donghu_grid, xihu, browse
):
    """Her reach holds no community; an empty page would hide the day."""
    other = make_org_unit("grid", "330381002902001", parent=xihu, name="02网格")
    worker = make_assignment("fang", donghu_grid).user
    make_assignment("fang", other, user=worker)
    owe("5", late=1)
    response = browse(worker).get(URL)
    rows = [
        (row["unit"], row["people"], row["late"])
        for row in response.context["communities"]
    ]
    assert rows == [(donghu_grid, 1, 1), (other, 0, 0)]
    assert "东湖社区　01网格" in response.content.decode()


@pytest.mark.parametrize("page", [URL, SHEET])
@pytest.mark.parametrize("code", ["330381002902", "330381002000", "x", "0" * 300])
def test_a_unit_out_of_reach_is_not_found(page, code, lin, xihu, browse):
    assert browse(lin).get(f"{page}?unit={code}").status_code == 404


def test_eighty_doors_cost_no_more_queries_than_twelve(
    owe, lin, browse, django_assert_max_num_queries
):
    for number in range(80):
        owe(str(number % 9 + 1), f"{number}01", late=number % 3)
        make_visit(lin.assignments.get().org_unit, logged_by=lin)
    visitor = browse(lin)
    visitor.get(URL)
    with django_assert_max_num_queries(19):
        response = visitor.get(URL)
    assert len(response.context["day"].doors) == 80


def test_the_sheet_is_large_and_its_printing_is_written_down(owe, lin, browse, donghu):
    owe("12", "302", late=2)
    page = browse(lin).get(SHEET).content.decode()
    assert "302" in page
    assert "用完请收好" in page
    event = AuditEvent.objects.get(verb="printed")
    assert (event.actor, event.count, event.subject_path) == (lin, 1, donghu.path)
    assert condition_words(event).startswith(f"应走访日：{formats.cn_date(TODAY)}")
    assert "姓名和原因" in field_words(event)
    assert subject_words(event) == "走访任务"


def test_two_people_behind_one_door_are_one_home_on_the_sheet(
    owe, lin, browse, weekly, donghu_grid
):
    owe("12", "302")
    home = owe("12", "101").resident.household
    other = make_resident(donghu_grid, household=home)
    make_visit_duty(donghu_grid, resident=other, rule=weekly, next_due_on=TODAY)
    page = browse(lin).get(SHEET).content.decode()
    assert "共 2 户 3 人" in page


def test_the_sheet_of_one_grid_is_told_as_that(owe, lin, browse, donghu_grid):
    browse(lin).get(SHEET, {"unit": donghu_grid.code})
    event = AuditEvent.objects.get(verb="printed")
    assert event.subject_path == donghu_grid.path
    assert "社区或网格：东湖社区01网格" in condition_words(event)


def test_the_count_in_the_menu_is_that_of_the_people(owe, lin, monthly, donghu_grid):
    duty = owe("5")
    make_visit_duty(
        donghu_grid, resident=duty.resident, rule=monthly, next_due_on=TODAY
    )
    assert count_due(lin) == 1


def test_the_age_stands_beside_the_name(owe, lin):
    duty = owe("5")
    birth = date(TODAY.year - 85, 1, 1)
    type(duty.resident).objects.filter(pk=duty.resident.pk).update(birth_on=birth)
    assert doors(lin)[0].name.endswith("85岁")


def test_visits_of_yesterday_are_not_among_the_done(donghu_grid, lin):
    make_visit(donghu_grid, visited_at=days_ago(1, hour=23))
    assert day_of(lin).done == []
    assert Visit.objects.count() == 1
