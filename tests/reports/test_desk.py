"""The desk: everybody's own, from what the apps tell, and no more than the scope."""

import re
from datetime import date, datetime

import pytest
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Assignment
from accounts.roles import load_roles
from reports.desk import Desk, all_dues, dues_text
from tests.factories import (
    make_assignment,
    make_metric_target,
    make_report,
    make_school_session,
    make_user,
    make_visit_duty,
    make_visit_rule,
)
from toolkit.due_list import DueItem
from toolkit.periods import CHINA, Period

SESSIONS = "learning.school_sessions"


def desk(browse, person):
    answer = browse(person).get("/desk/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_is_led_to_the_login(client):
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url


def test_the_leader_sees_five_pillars_and_every_community(browse, mei, donghu, xihu):
    text = desk(browse, mei)
    assert text.count('<section class="yh-stat ') == 5
    assert "街道工作台" in text
    assert "东湖社区" in text
    assert "西湖社区" in text


def test_a_community_sees_its_own_figures(browse, lin, donghu, xihu):
    make_school_session(xihu, held_on=timezone.localdate())
    text = desk(browse, lin)
    assert "东湖社区工作台" in text
    assert "西湖社区" not in text


def month(person, *moment):
    return Desk(person, datetime(*moment, tzinfo=CHINA)).month


def page_at(person, *moment):
    """The desk as it is drawn at a moment, without the frame around it."""
    shown = Desk(person, datetime(*moment, tzinfo=CHINA)).context()
    blocks = [render_to_string("reports/_month.html", shown)]
    blocks += [
        render_to_string("reports/_tile.html", {"tile": one}) for one in shown["tiles"]
    ]
    return shown["facts"] + "".join(blocks)


def test_the_month_runs_up_to_yesterday(mei, donghu):
    assert month(mei, 2026, 3, 20, 9).period.slug == "2026-03-01_2026-03-20"
    assert month(mei, 2026, 3, 2, 9).period.slug == "2026-03-01_2026-03-02"
    assert month(mei, 2026, 3, 31, 23).days == "3月1日至3月30日"


def test_on_its_first_day_a_month_has_no_figures_yet(mei, street, donghu, xihu):
    make_metric_target(street, metric=SESSIONS, target=1)
    make_report(street, Period.parse("2026-01"), values={SESSIONS: 17})
    text = page_at(mei, 2026, 3, 1, 4, 30)
    assert month(mei, 2026, 3, 1, 4, 30).period.slug == "2026-02"
    assert "2月情况（3月数据自3月2日起统计）" in text
    assert "数据截至2月28日" in text
    assert "今天的数字明天计入" not in text
    assert "2月全月" in text
    assert "上月 17" not in text
    assert "期末超期走访任务" in text


def test_from_the_second_day_on_the_month_stands_beside_the_last(mei, street, donghu):
    make_report(street, Period.parse("2026-02"), values={SESSIONS: 17})
    text = page_at(mei, 2026, 3, 2, 4, 30)
    assert "各单位本月情况" in text
    assert "数据截至3月1日" in text
    assert "今天的数字明天计入" in text
    assert "上月 17" in text
    assert "目前超期走访任务" in text
    assert "期末" not in re.sub('title="[^"]*"', "", text)


def test_what_the_month_still_allows_is_no_colour(mei, street, donghu, xihu):
    make_metric_target(street, metric=SESSIONS, target=1)
    running = page_at(mei, 2026, 3, 24, 9)
    assert re.search(r"<td><small>剩 7 天</small><a [^>]*>未办</a>", running)
    over = page_at(mei, 2026, 3, 1, 9)
    assert '<td class="yh-h1"><small>未达</small>' in over


def test_a_unit_founded_today_has_no_figures_of_the_month_before(lin, donghu):
    donghu.valid_from = date(2026, 3, 1)
    donghu.save()
    assert month(lin, 2026, 3, 1, 9) is None
    assert month(lin, 2026, 3, 2, 9) is not None


def test_only_who_looks_after_visits_reads_that_none_is_late(browse, donghu):
    keeper = make_assignment("keeper", donghu, ["view_report", "view_visitduty"])
    watcher = make_assignment("watcher", donghu, ["view_report"])
    assert "没有超期的" in desk(browse, keeper.user)
    assert "超期和临期" not in desk(browse, watcher.user)


def test_the_figures_are_those_of_the_running_month(mei, street, donghu):
    for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 19)):
        make_school_session(donghu, held_on=day)
    make_school_session(donghu, held_on=date(2026, 3, 20))
    figures = month(mei, 2026, 3, 20, 9).figures
    assert figures[donghu.pk][SESSIONS] == figures[street.pk][SESSIONS] == 2


def test_a_number_of_the_desk_opens_as_many_rows(browse, mei, donghu):
    make_school_session(donghu, held_on=timezone.localdate())
    client = browse(mei)
    link = rf'href="(/[^"]*figure={SESSIONS}[^"]*unit={donghu.code})">(\d+)<'
    url, number = re.search(link, client.get("/desk/").content.decode()).groups()
    page = client.get(url.replace("&amp;", "&"))
    assert page.context["count_text"].startswith(f"符合条件 {number} ")


def test_colour_comes_with_a_target_alone(browse, mei, street, donghu):
    assert "yh-h0" not in desk(browse, mei)
    make_metric_target(street, metric=SESSIONS, target=1)
    text = desk(browse, mei)
    assert "目标 1" in text


def test_last_months_figure_stands_beside_the_running_one(browse, mei, street):
    last = Period.month_of(timezone.localdate()).previous()
    make_report(street, last, values={SESSIONS: 17})
    is_first = timezone.localdate().day == 1
    assert ("上月 17" in desk(browse, mei)) is not is_first


def test_who_keeps_the_system_sees_no_business_data(browse, street, donghu):
    keeper = make_assignment("sys", street, ["view_user", "view_auditevent"]).user
    text = desk(browse, keeper)
    assert "东湖社区" not in text
    assert "yh-stats" not in text
    assert "yh-heat" not in text
    assert "/accounts/users/" in text


def test_the_desk_is_in_everybodys_menu(browse, guo, lin):
    for person in (guo, lin):
        assert '<a href="/desk/" aria-current="page">' in desk(browse, person)


def test_who_has_no_post_is_told_what_to_do(browse, guo):
    assert "还没有给您安排岗位" in desk(browse, guo)


def test_a_worker_without_reports_sees_no_figures(browse, donghu):
    worker = make_assignment("worker", donghu, ["add_visit", "view_visit"]).user
    text = desk(browse, worker)
    assert "东湖社区工作台" in text
    assert "yh-heat" not in text


def test_this_weeks_new_reports_are_news(browse, mei, street):
    week = Period.week_of(timezone.localdate()).previous()
    make_report(street, week, schedule="weekly")
    text = desk(browse, mei)
    assert f'<p>生成　<a href="/reports/weekly/{week.slug}/">' in text
    assert f"{week.label}周报</a></p>" in text


def test_the_main_action_is_the_last_weekly_report(browse, mei, street):
    week = Period.week_of(timezone.localdate()).previous()
    make_report(street, week, schedule="weekly")
    assert f"/reports/weekly/{week.slug}/" in desk(browse, mei)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_month_is_handed_out_as_a_file(browse, mei, donghu, kind):
    answer = browse(mei).get(f"/desk/table.{kind}")
    assert answer.status_code == 200
    assert len(answer.content) > 100


def test_files_of_other_kinds_are_not_there(browse, mei, donghu):
    assert browse(mei).get("/desk/table.exe").status_code == 404


def test_the_whole_due_list_has_a_page(browse, mei, guo):
    for person in (mei, guo):
        assert browse(person).get("/desk/dues/").status_code == 200


def test_the_leaders_desk_takes_nineteen_queries(
    client, street, donghu, django_assert_max_num_queries
):
    load_roles()
    role = Group.objects.get(profile__slug="leader")
    leader = make_user("leader")
    Assignment.objects.create(user=leader, role=role, org_unit=street)
    make_visit_duty(donghu, next_due_on=date(2026, 1, 1))
    make_report(street)
    client.force_login(leader)
    client.get("/desk/")
    with django_assert_max_num_queries(19):
        client.get("/desk/")


def line(unit, matters=1):
    return DueItem("late", "", "走访", "", unit, date(2026, 3, 1), matters=matters)


def test_a_matter_of_the_due_list_is_what_the_figures_count():
    now = datetime(2026, 3, 9, 9, tzinfo=CHINA)
    assert dues_text([line("东湖", 9), line("西湖")], now) == "超期 10 项，共 2 组"
    assert dues_text([line("东湖"), line("西湖")], now) == "超期 2 项"


def test_a_sheet_says_that_it_lists_the_most_urgent_alone():
    groups = all_dues([line("东湖", 2)] * 8)
    assert groups == {"link": "全部 8 组", "note": "列出最急的 7 组。"}
    assert all_dues([line("东湖")] * 8)["note"] == "列出最急的 7 项。"
    assert all_dues([line("东湖", 2)] * 7) is None


def test_people_of_one_line_are_counted_one_by_one(browse, mei, donghu):
    rule = make_visit_rule(donghu.parent)
    for _number in range(2):
        make_visit_duty(donghu, rule=rule, next_due_on=date(2026, 1, 1))
    assert "超期 2 项，共 1 组" in desk(browse, mei)
