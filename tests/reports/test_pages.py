"""The pages of the reports: who sees which rows, what nonsense answers."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from communities.models import UnitProfile
from reports.actions import produce
from reports.calendar import ReportCalendar
from reports.models import ReportLine
from reports.schedules import schedules
from reports.unit_page import change_text
from tests.factories import make_assignment, make_school_session
from tests.reports.conftest import MARCH, MONTHLY
from toolkit.metrics import metrics
from toolkit.models import AuditEvent, Job
from toolkit.periods import CHINA, Period

URL = "/reports/monthly/2026-03/"
SESSIONS = "learning.school_sessions"


def page(browse, person, url=URL):
    answer = browse(person).get(url)
    return answer.status_code, answer.content.decode()


def test_the_leader_sees_every_community_and_the_total(march, browse, mei):
    status, text = page(browse, mei)
    assert status == 200
    assert "东湖社区" in text
    assert "西湖社区" in text
    assert "全街道" in text


def test_a_community_sees_its_own_row_alone(march, browse, lin):
    status, text = page(browse, lin)
    assert status == 200
    assert "东湖社区" in text
    assert "西湖社区" not in text
    assert "全街道" not in text


def test_the_summary_is_made_of_the_figures(march, browse, mei, lin):
    assert "市民学校" in page(browse, mei)[1]
    assert ">75</a>人次" in page(browse, mei)[1]
    assert ">30</a>人次" in page(browse, lin)[1]


def prose(visitor, url=URL) -> str:
    """Return the sentences of a report as they are read."""
    text = visitor.get(url).content.decode()
    return strip_tags(text.partition('<p class="yh-prose">')[2].partition("</p>")[0])


def test_the_summary_is_told_in_sentences(march, browse, mei):
    told = prose(browse(mei))
    assert told.startswith("2026年3月，玉海街道")
    assert "举办市民学校3期，覆盖2个社区（村），参加75人次。" in told
    assert " " not in told


def test_a_figure_without_words_of_its_own_is_told_by_its_label(
    march, browse, mei, monkeypatch
):
    plain = replace(metrics[SESSIONS], sentence="")
    monkeypatch.setitem(metrics, SESSIONS, plain)
    assert "市民学校3期" in prose(browse(mei))
    assert "举办" not in prose(browse(mei))


def test_one_community_is_not_counted_in_its_own_summary(
    march, browse, mei, lin, donghu
):
    assert "覆盖2个社区（村）" in prose(browse(mei))
    for url in (URL, f"{URL}{donghu.code}/"):
        assert "覆盖" not in prose(browse(lin), url)


def test_a_change_has_its_unit(march, browse, lin, donghu):
    april = MARCH.next()
    for _session in range(3):
        make_school_session(donghu, held_on=april.start, attendance=5)
    produce(MONTHLY, april)
    text = page(browse, lin, f"/reports/monthly/2026-04/{donghu.code}/")[1]
    assert "增加2期" in text
    assert "减少15人次" in text
    assert "持平" in text


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("96.2", "85.4", "上升10.8个百分点"),
        ("85.4", "96.2", "下降10.8个百分点"),
        ("85.4", "85.4", "持平"),
        ("85.4", None, ""),
    ],
)
def test_a_rate_changes_by_points(now, before, words):
    line = ReportLine(unit="%", decimals=1, value=Decimal(now))
    assert change_text(line, before and Decimal(before)) == words


def test_a_unit_has_a_page_of_its_own(march, browse, lin, donghu):
    status, text = page(browse, lin, f"{URL}{donghu.code}/")
    assert status == 200
    assert "东湖社区2026年3月月报" in text


def test_the_page_of_another_unit_is_not_there(march, browse, lin, xihu, street):
    for unit in (xihu, street):
        assert page(browse, lin, f"{URL}{unit.code}/")[0] == 404


def test_without_the_permission_the_door_is_shut(march, browse, donghu, guo):
    worker = make_assignment("worker", donghu, ["view_resident"]).user
    for url in ("/reports/", URL, f"{URL}table.xlsx"):
        assert browse(worker).get(url).status_code == 403


@pytest.mark.parametrize(
    "url",
    [
        "/reports/dayly/2026-03/",
        "/reports/monthly/2026-13/",
        "/reports/monthly/2026-W11/",
        "/reports/monthly/never/",
        "/reports/yearly/0000/",
        "/reports/monthly/2026-03/999/",
        "/reports/monthly/2026-03/table.exe",
        "/reports/monthly/2999-01/",
        "/reports/monthly/2999-12/",
        "/reports/weekly/1900-W01/",
        "/reports/monthly/1900-01/",
        "/reports/quarterly/1900-Q1/",
        "/reports/half-year/1900-H1/",
        "/reports/yearly/1900/",
        "/reports/yearly/1999/",
        "/reports/?schedule=dayly",
    ],
)
def test_nonsense_answers_404_with_a_sentence(march, browse, mei, url):
    status, text = page(browse, mei, url)
    assert status == 404
    assert "。" in text


def test_unknown_metric_and_part_fall_back_to_the_first(march, browse, mei):
    assert page(browse, mei, f"{URL}?metric=x&part=y")[0] == 200


def test_a_period_without_report_says_so_and_may_be_ordered(march, browse, mei):
    status, text = page(browse, mei, "/reports/monthly/2026-02/")
    assert status == 200
    assert "还没有生成" in text
    browse(mei).post("/reports/monthly/2026-02/order/")
    assert "正在生成" in page(browse, mei, "/reports/monthly/2026-02/")[1]


def begin_reports(day):
    UnitProfile.objects.update(reports_since=day)


def test_a_period_before_the_reports_leads_to_the_first_that_is_made(
    march, browse, mei
):
    begin_reports(date(2026, 3, 1))
    text = page(browse, mei, "/reports/monthly/2025-11/")[1]
    assert f'href="{URL}" rel="next"' in text
    assert "/reports/monthly/2025-12/" not in text


def test_paper_alone_asks_who_signs(march, browse, mei):
    assert '<p class="yh-signed">制表人' in page(browse, mei)[1]


def test_a_period_before_the_reports_is_refused_with_the_day(march, browse, mei):
    begin_reports(date(2026, 3, 1))
    url = "/reports/monthly/2026-02/"
    text, refusal = page(browse, mei, url)[1], "报表自2026年3月1日起，此前不生成。"
    assert refusal in text
    assert "将“报表起始日”提前" in text
    assert "现在生成" not in text
    answer = browse(mei).post(f"{url}order/", follow=True)
    assert [str(told) for told in answer.context["messages"]] == [refusal]
    assert not Job.objects.filter(kind="report").exists()
    assert not AuditEvent.objects.filter(verb="ordered").exists()


def test_the_period_in_which_reports_begin_may_be_ordered(march, browse, mei):
    begin_reports(date(2026, 2, 28))
    url = "/reports/monthly/2026-02/"
    assert "现在生成" in page(browse, mei, url)[1]
    browse(mei).post(f"{url}order/")
    assert Job.objects.filter(kind="report").count() == 1


def test_the_way_back_ends_where_reports_begin(march, browse, mei, donghu):
    for day, is_there in ((date(2026, 2, 28), True), (date(2026, 3, 1), False)):
        begin_reports(day)
        for url in (URL, f"{URL}{donghu.code}/"):
            assert ('rel="prev"' in page(browse, mei, url)[1]) is is_there
    produce(MONTHLY, MARCH.previous())
    assert 'rel="prev"' in page(browse, mei)[1]


def test_the_first_period_of_all_has_none_before_it(march, browse, mei):
    status, text = page(browse, mei, "/reports/monthly/2000-01/")
    assert status == 200
    assert "/reports/monthly/2026-01/" in text
    assert "/reports/monthly/1999-12/" not in text


def test_one_period_alone_has_no_chart(march, browse, mei, donghu):
    for url in (URL, f"{URL}{donghu.code}/"):
        assert "yh-chart" not in page(browse, mei, url)[1]
    produce(MONTHLY, MARCH.next())
    assert "yh-chart" in page(browse, mei, "/reports/monthly/2026-04/")[1]
    assert "yh-chart" not in page(browse, mei)[1]


def test_paper_has_no_hint_to_press_numbers(march, browse, mei, donghu):
    for url in (URL, f"{URL}{donghu.code}/"):
        text = page(browse, mei, url)[1]
        assert '<span class="yh-noprint">点数字看明细</span>' in text


def test_the_overview_shows_made_and_missing(march, browse, mei):
    status, text = page(browse, mei, "/reports/")
    assert status == 200
    assert "yh-p-made" in text
    assert "yh-p-missing" in text
    assert "yh-p-running" in text


def test_the_overview_is_empty_before_the_first_report(street, browse, mei):
    assert "还没有报表" in page(browse, mei, "/reports/")[1]


def test_a_community_that_has_its_report_misses_nothing(march, browse, lin):
    assert "yh-p-partly" not in page(browse, lin, "/reports/?schedule=monthly")[1]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_table_is_handed_out_in_scope(march, browse, lin, kind):
    answer = browse(lin).get(f"{URL}table.{kind}")
    assert answer.status_code == 200
    assert "filename*=utf-8" in answer.headers["Content-Disposition"]
    if kind == "csv":
        assert "东湖社区" in answer.content.decode("utf-8-sig")
        assert "西湖社区" not in answer.content.decode("utf-8-sig")


def test_a_rename_does_not_change_a_printed_report(march, browse, mei, donghu):
    donghu.name = "改名社区"
    donghu.save()
    assert "东湖社区" in page(browse, mei)[1]


def test_every_schedule_has_a_page(street, donghu, browse, mei):
    for slug, schedule in schedules.items():
        period = schedule.period_of(date(2025, 5, 5))
        produce(schedule, period)
        assert page(browse, mei, f"/reports/{slug}/{period.slug}/")[0] == 200


def test_the_page_takes_as_many_queries_for_many_units(
    march, browse, mei, django_assert_max_num_queries
):
    client = browse(mei)
    client.get(URL)
    with django_assert_max_num_queries(26):
        client.get(URL)


def test_a_later_entry_is_marked_and_explained(march, browse, mei, donghu):
    make_school_session(donghu, held_on=MARCH.start, attendance=5)
    text = page(browse, mei)[1]
    assert text.count('href="#restate">有更正<') >= 2
    assert "变动在下一期说明" in text
    assert 'href="#restate">有更正<' in page(browse, mei, f"{URL}{donghu.code}/")[1]
    assert "生成时 1 期 → 现在 <b>2</b> 期" in text


def test_the_street_is_not_told_twice_what_a_community_explains(
    march, browse, mei, donghu
):
    make_school_session(donghu, held_on=MARCH.start)
    text = page(browse, mei)[1]
    assert "东湖社区　市民学校" in text
    assert "玉海街道　市民学校" not in text


def test_without_later_entries_nothing_is_marked(march, browse, mei):
    assert "更正" not in page(browse, mei)[1]


def test_frozen_reports_stay_when_the_worker_runs_again(march, browse, mei, donghu):
    make_school_session(donghu, held_on=MARCH.start, attendance=5)
    produce(MONTHLY, MARCH)
    assert ">75</a>人次" in page(browse, mei)[1]


def test_a_unit_leads_to_its_own_report_of_the_period_before(
    march, browse, lin, donghu
):
    produce(MONTHLY, MARCH.next())
    text = page(browse, lin, f"/reports/monthly/2026-04/{donghu.code}/")[1]
    assert f'href="{URL}{donghu.code}/" rel="prev"' in text


def test_a_period_that_is_not_over_is_named_and_not_linked(march, browse, mei):
    running = Period.month_of(timezone.localdate())
    produce(MONTHLY, running.previous())
    url = f"/reports/monthly/{running.previous().slug}/"
    text = page(browse, mei, url)[1]
    assert f"{running.label}还没有结束" in text
    assert f"/monthly/{running.slug}/" not in text


def test_who_may_write_the_profile_of_the_street_is_led_to_it(march, browse, mei, lin):
    begin_reports(date(2026, 3, 1))
    profile = UnitProfile.objects.get(org_unit__level="street")
    url, link = "/reports/monthly/2026-02/", f"/unitprofiles/{profile.pk}/edit/"
    assert f'{link}">街道简介</a>”中将' in page(browse, mei, url)[1]
    text = page(browse, lin, url)[1]
    assert "请街道负责人在“街道简介”中将" in text
    assert link not in text


def test_a_report_of_next_year_is_announced_with_its_year(mei):
    december = datetime(2026, 12, 1, 9, tzinfo=CHINA)
    calendar = ReportCalendar(mei, december)
    shown = [
        calendar.running_cell(schedules[slug].current(december))["text"]
        for slug in ("weekly", "monthly")
    ]
    assert shown == ["进行中，12月7日生成", "进行中，2027年1月1日生成"]


def test_a_year_is_called_one(march, browse, mei):
    assert "<h3>2026年</h3>" in page(browse, mei, "/reports/")[1]
