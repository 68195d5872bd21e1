"""Handing a grid over in the browser's steps, and where its worker is named."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    make_caseload,
    make_extra_round,
    make_hand_over,
    make_resident,
    make_visit,
    make_visit_duty,
)
from tests.visits.conftest import DAY, TODAY, TOMORROW, YESTERDAY
from tests.visits.test_caseloads import who
from toolkit.history import history_of
from visits.actions import gather_people
from visits.day import count_due
from visits.models import HandOver

DAY_LIST, OVERDUE = reverse("visits:today"), reverse("visits:overdue")
RESPONSIBLE, NEW = reverse("visits:responsible"), reverse("visits:handover-create")


def sent(unit, worker, **fields):
    form = {"units": [unit.pk], "kind": "permanent", "takes_effect_on": str(TODAY)}
    return form | {"to_worker": worker.pk, "note": "慢慢敲门", "last_day": ""} | fields


def step(visitor, row, name, **fields):
    return visitor.post(
        reverse("visits:handover-transition", args=[row.pk, name]), fields
    )


@pytest.fixture
def wus(donghu_grid, wu):
    make_caseload(donghu_grid, worker=wu, since=TODAY - 30 * DAY)
    return donghu_grid


def test_from_the_form_to_the_acceptance(wus, wu, xia, browse):
    page = browse(wu).get(NEW)
    assert [unit.name for unit in page.context["form"].fields["units"].queryset] == [
        "01网格"
    ]
    assert browse(wu).post(NEW, sent(wus, xia)).status_code == 302
    row = HandOver.objects.get()
    assert (row.from_worker, row.proposed_by, row.org_unit) == (wu, wu, wus)
    assert step(browse(wu), row, "offer").status_code == 302
    desk = browse(xia).get("/desk/").content.decode()
    assert "待您接收" in desk
    assert row.get_absolute_url() in desk
    assert step(browse(xia), row, "accept").status_code == 302
    assert who(wus, TODAY) == xia
    assert "待您接收" not in browse(xia).get("/desk/").content.decode()


def test_a_worker_is_offered_no_grid_of_a_colleague(wus, xia, browse):
    assert browse(xia).post(NEW, sent(wus, xia)).status_code == 422
    assert not HandOver.objects.exists()


def test_the_director_hands_over_what_nobody_has(dai, xia, donghu_grid, browse):
    assert browse(dai).post(NEW, sent(donghu_grid, xia)).status_code == 302
    assert HandOver.objects.get().from_worker is None


def test_grids_of_two_workers_need_a_form_each(
    wus, second_grid, dai, xia, browse, donghu
):
    make_caseload(second_grid, worker=xia)
    units = {"units": [wus.pk, second_grid.pk]}
    answer = browse(dai).post(NEW, sent(wus, dai, **units))
    assert answer.status_code == 422
    assert "不是同一个人" in str(answer.context["form"].errors["units"])


def test_grids_of_one_worker_go_together(wus, second_grid, wu, xia, browse, donghu):
    make_caseload(second_grid, worker=wu)
    browse(wu).post(NEW, sent(wus, xia, units=[wus.pk, second_grid.pk]))
    row = HandOver.objects.get()
    assert (row.org_unit, row.unit_words) == (donghu, "01网格、02网格")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "substitute"},
        {"kind": "substitute", "last_day": str(YESTERDAY)},
        {"takes_effect_on": str(YESTERDAY)},
        {"units": []},
        {"units": ["99999999999999999999"]},
    ],
)
def test_a_wrong_form_comes_back_with_a_sentence(wrong, wus, wu, xia, browse):
    assert browse(wu).post(NEW, sent(wus, xia, **wrong)).status_code == 422


def test_nobody_hands_over_to_himself(wus, wu, browse):
    answer = browse(wu).post(NEW, sent(wus, wu))
    assert answer.status_code == 422
    assert "本来就是" in str(answer.context["form"].non_field_errors())


def test_what_was_offered_is_not_changed_under_the_receiver(wus, wu, xia, browse):
    fields = {"from_worker": wu, "to_worker": xia, "proposed_by": wu}
    row = make_hand_over(wus, status="offered", **fields)
    url = reverse("visits:handover-update", args=[row.pk])
    answer = browse(wu).post(url, sent(wus, xia, note="另一句话"))
    assert answer.status_code == 422
    assert "请先撤回" in str(answer.context["form"].non_field_errors())


def test_what_is_known_of_people_stays_out_of_the_history(wus, wu, xia, browse):
    browse(wu).post(NEW, sent(wus, xia))
    row = HandOver.objects.get()
    url = reverse("visits:handover-update", args=[row.pk])
    browse(wu).post(url, sent(wus, xia, note="哪户养狗"))
    page = browse(wu).get(row.get_absolute_url())
    assert "哪户养狗" not in str(page.context["history"])


@pytest.fixture
def owed(donghu_grid, second_grid, weekly):
    """One late person in each of two grids."""
    return [
        make_visit_duty(unit, rule=weekly, next_due_on=YESTERDAY)
        for unit in (donghu_grid, second_grid)
    ]


def names_on(page):
    return {
        door["name"]
        for lane in page.context["lanes"]
        for house in lane["houses"]
        for door in house["doors"]
    }


def test_the_day_begins_with_the_own_grids(wus, owed, wu, browse):
    mine, other = (str(duty.resident) for duty in owed)
    page = browse(wu).get(DAY_LIST)
    assert names_on(page) == {mine}
    assert page.context["due_homes"] == 1
    assert page.context["chooser"][0] == {
        "code": "own",
        "label": "我的责任区",
        "chosen": True,
    }
    assert names_on(browse(wu).get(DAY_LIST, {"unit": ""})) == {mine, other}
    sheet = browse(wu).get(reverse("visits:sheet"))
    assert names_on(sheet) == {mine}


def test_for_who_has_no_grid_the_day_is_as_it_was(wus, owed, xia, browse):
    page = browse(xia).get(DAY_LIST)
    assert len(names_on(page)) == 2
    assert all(one["code"] != "own" for one in page.context["chooser"])


def test_the_day_of_a_substitute_has_the_grid_in_it(wus, owed, wu, xia, browse):
    dates = {"since": TODAY, "until": TOMORROW, "kind": "substitute"}
    make_caseload(wus, worker=xia, **dates)
    assert names_on(browse(xia).get(DAY_LIST)) == {str(owed[0].resident)}
    assert len(names_on(browse(wu).get(DAY_LIST))) == 2


def test_the_number_in_the_menu_is_that_of_the_page(wus, owed, wu, xia):
    assert [count_due(worker) for worker in (wu, xia)] == [1, 2]


def test_who_was_responsible_is_found_by_the_day(wus, wu, xia, browse):
    make_caseload(wus, worker=xia, since=TODAY)
    for day, worker in ((YESTERDAY, wu), (TODAY, xia)):
        asked = {"unit": wus.code, "on": str(day)}
        (line,) = browse(wu).get(RESPONSIBLE, asked).context["lines"]
        assert line["who"] == worker.name


def test_the_page_names_the_grids_without_anybody(wus, second_grid, wu, browse):
    lines = browse(wu).get(RESPONSIBLE).context["lines"]
    assert [line["is_alone"] for line in lines] == [False, True]


@pytest.mark.parametrize("day", ["x", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_no_day_is_a_bad_request(day, wus, wu, browse):
    assert browse(wu).get(RESPONSIBLE, {"on": day}).status_code == 400


@pytest.mark.parametrize("page", [RESPONSIBLE, NEW])
def test_a_unit_out_of_reach_is_not_found(page, wus, wu, xihu, browse):
    assert browse(wu).get(page, {"unit": xihu.code}).status_code == 404


def test_units_people_visits_and_the_overdue_name_the_worker(
    wus, owed, lin, wu, browse
):
    resident = make_resident(wus)
    visit = make_visit(wus, resident=resident)
    visitor = browse(lin)
    for url in (
        wus.get_absolute_url(),
        resident.get_absolute_url(),
        visit.get_absolute_url(),
        f"{OVERDUE}?unit={wus.code}",
    ):
        assert wu.name in visitor.get(url).content.decode(), url


def test_the_timeline_of_a_grid_ends_each_where_the_next_began(wus, wu, xia, browse):
    make_caseload(wus, worker=xia, since=date(2030, 1, 1))
    page = browse(wu).get(wus.get_absolute_url()).content.decode()
    assert "2029年12月31日" in page


def test_the_desk_of_the_director_names_who_is_missing(
    wus, second_grid, dai, wu, browse
):
    desk = "/desk/"
    assert "02网格" in browse(dai).get(desk).content.decode()
    assert "无人负责" not in browse(wu).get(desk).content.decode()


def test_many_grids_cost_no_more_queries(
    wus, second_grid, wu, browse, django_assert_max_num_queries
):
    for unit in (wus, second_grid):
        make_caseload(unit, worker=wu)
    visitor = browse(wu)
    visitor.get(RESPONSIBLE)
    with django_assert_max_num_queries(18):
        visitor.get(RESPONSIBLE)


def test_a_long_list_of_open_matters_costs_no_more_queries(
    wus, wu, xia, weekly, browse, django_assert_max_num_queries
):
    for _number in range(30):
        make_visit_duty(wus, rule=weekly, next_due_on=YESTERDAY)
    row = make_hand_over(wus, from_worker=wu, to_worker=xia, proposed_by=wu)
    visitor = browse(wu)
    visitor.get(row.get_absolute_url())
    with django_assert_max_num_queries(24):
        page = visitor.get(row.get_absolute_url())
    assert len(page.context["sections"][0]["context"]["lines"]) == 30


def test_a_substitute_is_offered_no_hand_over(wus, xia, browse):
    dates = {"since": TODAY, "until": TOMORROW, "kind": "substitute"}
    make_caseload(wus, worker=xia, **dates)
    visitor = browse(xia)
    assert not visitor.get(RESPONSIBLE).context["hand_over_url"]
    assert NEW not in visitor.get(reverse("visits:handover-list")).content.decode()
    assert visitor.post(NEW, sent(wus, xia)).status_code == 422
    assert not HandOver.objects.exists()


def test_the_form_is_offered_to_who_has_a_grid_to_give(wus, wu, browse):
    assert NEW in browse(wu).get(reverse("visits:handover-list")).content.decode()


def test_the_desk_names_who_has_proposed_and_whose_it_is(wus, wu, dai, xia, browse):
    fields = {"from_worker": wu, "to_worker": xia, "status": "offered"}
    make_hand_over(wus, proposed_by=dai, **fields)
    own = make_hand_over(wus, proposed_by=wu, **fields)
    for url in (RESPONSIBLE, "/desk/"):
        page = browse(xia).get(url).content.decode()
        assert "原责任人人员wu，人员dai提出，" in page, url
        assert "长期移交　人员wu提出，" in page, url
    assert own.proposed_by == wu


def test_the_page_lists_whom_a_round_still_waits_for(
    wus, donghu, wu, xia, weekly, browse
):
    duty = make_visit_duty(wus, rule=weekly, next_due_on=TODAY + 9 * DAY)
    extra = make_extra_round(donghu, rules=[weekly], title="寒潮加访")
    gather_people(extra)
    row = make_hand_over(wus, from_worker=wu, to_worker=xia, proposed_by=wu)
    page = browse(wu).get(row.get_absolute_url())
    (line,) = page.context["sections"][0]["context"]["lines"]
    assert (line["name"], line["what"]) == (str(duty.resident), "寒潮加访")
    assert line["url"] == extra.people.get().get_absolute_url()


@pytest.mark.parametrize(
    ("fields", "words"),
    [({}, "负责"), ({"kind": "substitute", "last_day": str(TOMORROW)}, "代班")],
)
def test_who_accepts_is_told_from_when_on_what_is_his(
    fields, words, wus, wu, xia, browse
):
    day = TOMORROW
    browse(wu).post(NEW, sent(wus, xia, takes_effect_on=str(day), **fields))
    row = HandOver.objects.get()
    assert history_of(row).get().label == "存草稿"
    step(browse(wu), row, "offer")
    step_url = reverse("visits:handover-transition", args=[row.pk, "accept"])
    page = browse(xia).post(step_url, follow=True).content.decode()
    assert f"已接收，{day.month}月{day.day}日起由您{words}01网格。" in page


def test_what_was_typed_of_a_substitution_is_forgotten(wus, wu, xia, browse):
    browse(wu).post(NEW, sent(wus, xia, last_day=str(TOMORROW)))
    assert HandOver.objects.get().last_day is None


def test_the_pages_of_caseloads_are_told_apart(wus, wu, browse):
    page = browse(wu).get(reverse("visits:caseload-list"))
    assert [one["label"] for one in page.context["breadcrumbs"]] == [
        "责任区",
        "历任责任人",
    ]
    asked = browse(wu).get(RESPONSIBLE, {"unit": wus.code})
    assert asked.context["title"] == f"{wus.full_name}责任区"
    assert browse(wu).get(RESPONSIBLE).context["title"] == "东湖社区责任区"


def test_who_arranges_several_communities_chooses_one_first(
    wus, second_grid, xihu, wu, mei, browse
):
    page = browse(mei).get(NEW)
    assert [(one["name"], one["end"]) for one in page.context["communities"]] == [
        ("东湖社区", "2 个网格"),
        ("西湖社区", "1 个网格"),
    ]
    assert 'name="note"' not in page.content.decode()
    chosen = browse(mei).get(page.context["communities"][0]["url"]).content.decode()
    assert 'name="note"' in chosen
    assert wu.name in chosen


def test_who_has_nothing_to_hand_over_is_told_so(xia, browse):
    assert "没有可以交接的网格" in browse(xia).get(NEW).content.decode()


def test_who_is_to_accept_gets_a_button_and_reads_until_when(wus, wu, xia, browse):
    row = make_hand_over(
        wus,
        from_worker=wu,
        to_worker=xia,
        proposed_by=wu,
        status="offered",
        kind="substitute",
        takes_effect_on=date(2026, 12, 3),
        last_day=date(2026, 12, 10),
    )
    button = (
        f'<a class="btn btn-outline-secondary" href="{row.get_absolute_url()}">去接收'
    )
    for url in (RESPONSIBLE, "/desk/"):
        page = browse(xia).get(url).content.decode()
        assert "提出，12月3日—10日" in page
        assert button in page
    assert "提出，12月3日—10日" in (desk := browse(wu).get("/desk/").content.decode())
    assert "去接收" not in desk
