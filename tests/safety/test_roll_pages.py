"""The roll on a phone, on paper and as a file; the board; who may see what."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils.translation import override

from safety.actions import assign_building
from safety.board import Tally
from safety.models import BuildingPost, RollCall, RollCallEvent
from safety.naming import reached_words
from safety.screens.roll_calls import RollCallScreens
from tests.factories import (
    make_assignment,
    make_building,
    make_emergency,
    make_household,
    make_resident,
    make_roll_call,
    make_team,
)
from tests.factories import make_shelter as shelter_in
from toolkit.models import AuditEvent

ROLL = "/safety/roll/"


def url(line, step):
    return f"/safety/rollcalls/{line.pk}/{step}/"


def read(answer):
    assert answer.status_code == 200
    return answer.content.decode().replace("\u2060", "")


def sent(state, **more):
    return {"state": state, "client_uuid": str(uuid4())} | more


def test_the_roll_is_in_walking_order(storm, donghu_grid, lane, browse, lin):
    twelve = RollCall.objects.get(resident__name="王阿婆").resident.household.building
    for room in ("1002", "202"):
        home = make_household(
            donghu_grid, building=twelve, room=room, address=f"菜巷12号{room}"
        )
        person = make_resident(donghu_grid, name=f"住{room}", household=home)
        make_roll_call(donghu_grid, emergency=storm, resident=person)
    page = read(browse(lin).get(ROLL))
    places = [page.index(name) for name in ("李大爷", "住202", "王阿婆", "住1002")]
    assert places == sorted(places)
    assert "共 4 人" in page


def test_no_number_stands_on_the_roll(storm, browse, lin):
    page = read(browse(lin).get(ROLL))
    assert "13800138000" not in page
    assert "打电话" in page


def test_the_number_is_shown_for_the_emergency_and_that_is_written_down(
    of_wang, browse, lin
):
    visitor = browse(lin)
    page = read(visitor.post(url(of_wang, "phone"), headers={"hx-request": "true"}))
    assert 'href="tel:13800138000"' in page
    event = AuditEvent.objects.get(verb="revealed")
    assert (event.subject_type, event.subject_id) == (
        "communities.resident",
        of_wang.resident_id,
    )
    assert (event.fields, event.purpose) == (["phone"], "紧急情况")
    assert "回应急点名" in read(visitor.post(url(of_wang, "phone")))


def test_after_the_end_no_number_is_shown(of_wang, browse, lin, close):
    close()
    answer = browse(lin).post(url(of_wang, "phone"))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "13800138000" not in page
    assert "这次响应已经结束，不再显示电话。" in page
    assert not AuditEvent.objects.filter(verb="revealed").exists()


def test_whoever_may_not_see_numbers_is_refused(of_wang, browse, donghu):
    rights = ["view_rollcall", "change_rollcall", "view_emergency"]
    caller = make_assignment("caller", donghu, rights).user
    visitor = browse(caller)
    assert visitor.post(url(of_wang, "phone")).status_code == 403
    assert "打电话" not in read(visitor.get(ROLL))


def test_a_tap_leads_back_to_the_person(of_wang, browse, lin):
    answer = browse(lin).post(url(of_wang, "tell"), sent("moved"))
    assert answer.status_code == 302
    assert answer.url.endswith(f"#line-{of_wang.pk}")
    of_wang.refresh_from_db()
    assert of_wang.state == "moved"


def test_a_tap_with_script_brings_the_row_alone(of_wang, browse, lin, donghu):
    shelter_in(donghu, name="二中", capacity=1)
    answer = browse(lin).post(
        url(of_wang, "tell"), sent("moved"), headers={"hx-request": "true"}
    )
    row = read(answer)
    assert row.strip().startswith("<li")
    assert "选安置点" in row
    assert "二中（东湖社区）" in row
    assert "<html" not in row


def test_what_cannot_follow_is_said_at_the_row(of_wang, say, browse, lin):
    say(of_wang, "moved")
    answer = browse(lin).post(
        url(of_wang, "tell"), sent("called"), headers={"hx-request": "true"}
    )
    assert answer.status_code == 422
    assert "现在是“已转移”" in answer.content.decode()
    answer = browse(lin).post(url(of_wang, "tell"), sent("called"), follow=True)
    assert "现在是“已转移”" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"state": "waiting"},
        {"state": "called", "client_uuid": "x"},
        {"state": "called", "shelter": "987654321"},
        {"state": "called", "shelter": "9" * 40},
        {"state": "called", "note": "好" * 101},
        {"state": "called", "note": "13800138000"},
    ],
)
def test_nonsense_is_refused_in_words(wrong, of_wang, browse, lin):
    told = {"client_uuid": str(uuid4())} | wrong
    answer = browse(lin).post(
        url(of_wang, "tell"), told, headers={"hx-request": "true"}
    )
    assert answer.status_code == 422
    assert not RollCallEvent.objects.exists()


def test_the_last_tap_is_taken_back(of_wang, say, browse, lin):
    say(of_wang, "moved")
    answer = browse(lin).post(url(of_wang, "back"), headers={"hx-request": "true"})
    assert "未联系" in read(answer)
    of_wang.refresh_from_db()
    assert of_wang.state == "waiting"


@pytest.mark.parametrize("step", ["tell", "back", "phone"])
def test_nobody_elsewhere_touches_a_line(step, of_wang, browse, chen):
    assert browse(chen).post(url(of_wang, step), sent("moved")).status_code == 404
    refused = AuditEvent.objects.get(verb="refused")
    assert (refused.actor, refused.subject_id) == (chen, of_wang.pk)
    assert not RollCallEvent.objects.exists()


@pytest.mark.parametrize("step", ["tell", "back", "phone"])
def test_a_reader_touches_no_line(step, of_wang, browse, donghu):
    reader = make_assignment("reader", donghu, ["view_rollcall"]).user
    assert browse(reader).post(url(of_wang, step), sent("moved")).status_code == 403


def test_an_address_opened_again_leads_to_the_line(of_wang, browse, lin):
    for step in ("tell", "back", "phone"):
        answer = browse(lin).get(url(of_wang, step))
        assert answer.url == of_wang.get_absolute_url()


def test_a_community_that_was_not_chosen_has_no_roll(storm, browse, chen):
    assert "现在没有应急响应" in read(browse(chen).get(ROLL))
    for page in (ROLL, f"{ROLL}sheet/", f"{ROLL}posts/", f"{ROLL}new/"):
        answer = browse(chen).get(f"{page}?emergency={storm.pk}")
        assert answer.status_code == 404


def test_units_out_of_reach_are_not_found(storm, browse, lin, xihu):
    for page in (ROLL, f"{ROLL}sheet/", storm.get_absolute_url()):
        assert browse(lin).get(f"{page}?unit={xihu.code}").status_code == 404
        assert browse(lin).get(f"{page}?unit=x").status_code == 404


def test_the_street_chooses_a_community_first(storm, browse, mei, xihu):
    make_roll_call(xihu, emergency=storm)
    page = read(browse(mei).get(ROLL))
    assert "东湖社区" in page
    assert "西湖社区" in page
    assert "王阿婆" not in page
    page = read(browse(mei).get(f"{ROLL}?unit={xihu.code}"))
    assert "共 1 人" in page


def test_paper_is_written_down(storm, browse, lin, donghu_grid):
    page = read(browse(lin).get(f"{ROLL}sheet/?unit={donghu_grid.code}"))
    assert page.index("李大爷") < page.index("王阿婆")
    assert "13800138000" not in page
    event = AuditEvent.objects.get(verb="printed")
    assert (event.count, event.purpose, event.subject_path) == (
        2,
        "紧急情况",
        donghu_grid.path,
    )


def test_a_file_is_handed_up_with_right_and_purpose(storm, browse, lin, donghu):
    visitor, export = browse(lin), "/safety/rollcalls/export/"
    ask = f"{export}?emergency={storm.pk}"
    assert visitor.post(ask, {"format": "csv"}).status_code == 422
    answer = visitor.post(ask, {"format": "csv", "purpose": "report"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "王阿婆" in text
    assert "13800138000" not in text
    event = AuditEvent.objects.get(verb="exported")
    assert (event.count, event.purpose) == (2, "上报应急情况")
    caller = make_assignment("caller", donghu, ["view_rollcall", "change_rollcall"])
    assert browse(caller.user).get(export).status_code == 403


@pytest.mark.parametrize("step", ["export", "print"])
def test_after_the_end_the_roll_leaves_no_more(step, storm, browse, lin, close):
    """What was collected serves the response alone (突发事件应对法 2024, 85)."""
    visitor, address = browse(lin), f"/safety/rollcalls/{step}/"
    sent = {"format": "csv", "purpose": "emergency"}

    def taken(answer):
        assert answer.status_code == 200
        whole = b"".join(answer) if answer.streaming else answer.content
        return whole.decode("utf-8-sig")

    assert "王阿婆" in taken(visitor.post(address, sent))
    for purpose in ("contact", "visit", "assistance", "identity"):
        answer = visitor.post(address, sent | {"purpose": purpose})
        assert answer.status_code == 422
    close()
    asked = f"{address}?emergency={storm.pk}"
    for answer in (visitor.get(asked), visitor.post(asked, sent)):
        assert answer.status_code == 400
        assert "名单不再导出、打印" in answer.content.decode()
    assert "王阿婆" not in taken(visitor.post(address, sent))


def test_after_the_end_nothing_offers_to_take_it_away(
    storm, of_wang, browse, lin, close, say
):
    visitor, said = browse(lin), "名单不再导出、打印"
    asked = f"/safety/rollcalls/?emergency={storm.pk}"
    say(of_wang, "help")
    for address in (asked, of_wang.get_absolute_url()):
        page = read(visitor.get(address))
        assert "打印" in page
        assert said not in page
    close()
    for address in (asked, "/safety/rollcalls/"):
        page = read(visitor.get(address))
        assert "/safety/rollcalls/export/" not in page
        assert "/safety/rollcalls/print/" not in page
    assert said in read(visitor.get(asked))
    assert "现在没有应急响应" in page
    page = read(visitor.get(of_wang.get_absolute_url()))
    assert said in page
    assert "print=1" not in page


def test_after_the_end_no_person_and_no_unit_is_printed(
    storm, of_wang, browse, mei, close, say, donghu
):
    mei, page = browse(mei), storm.get_absolute_url()
    say(of_wang, "help")
    of_unit = f"{page}?unit={donghu.code}"
    of_one = f"{of_wang.get_absolute_url()}?print=1"
    assert "王阿婆" in read(mei.get(of_one))
    assert f"unit={donghu.code}" in read(mei.get(of_unit)).partition("print=1")[2][:60]
    close()
    of_all = f"/safety/rollcalls/?emergency={storm.pk}&print=1"
    for address in (of_one, f"{of_unit}&print=1", of_all):
        answer = mei.get(address)
        assert answer.status_code == 400
        assert "不再" in answer.content.decode()
    assert "print=1" not in read(mei.get(of_unit))
    assert "王阿婆" in read(mei.get(of_unit))
    assert "print=1" in read(mei.get(page))


def test_the_board_on_paper_bears_no_names(storm, of_wang, browse, mei, close, say):
    """Names leave on the sheet of the roll, which is written down."""
    say(of_wang, "help")
    mei, paper = browse(mei), f"{storm.get_absolute_url()}?print=1"
    for is_open in (True, False):
        page = read(mei.get(paper))
        assert "按小时" in page
        assert ("各楼幢" in page) == is_open
        assert "王阿婆" not in page
        assert "李大爷" not in page
        if is_open:
            close()


def test_a_file_ordered_before_the_end_is_of_another_reach(storm, lin, close):
    screen = RollCallScreens.export_screen(screens=RollCallScreens)
    screen.request = SimpleNamespace(user=lin)
    before = screen.reach_mark()
    assert before == screen.reach_mark()
    close()
    assert before != screen.reach_mark()


def test_the_board_counts_and_names_who_is_left(
    storm, of_wang, say, browse, lin, donghu
):
    say(of_wang, "moved", shelter=shelter_in(donghu, name="二中", capacity=1))
    page = read(browse(lin).get(storm.get_absolute_url()))
    assert "共 2 人，已联系 1 人（50%）" in page
    waiting = page[page.index("还没有联系上") :]
    assert "李大爷" in waiting
    assert "王阿婆" not in waiting
    assert "已满" in page
    assert 'data-yh-chart="hours-data"' in page
    assert 'id="hours-data"' in page
    houses = page[page.index("各楼幢") :]
    assert houses.index("菜巷2号") < houses.index("菜巷12号")


def test_the_board_of_a_unit_counts_that_unit(storm, browse, mei, xihu, donghu):
    make_roll_call(xihu, emergency=storm)
    page = read(browse(mei).get(storm.get_absolute_url()))
    assert "共 3 人" in page
    page = read(browse(mei).get(f"{storm.get_absolute_url()}?unit={donghu.code}"))
    assert "共 2 人" in page


def test_the_destroyed_board_shows_counts_alone(close, of_wang, say, browse, lin, mei):
    say(of_wang, "moved")
    storm = close()
    visitor = browse(mei)
    visitor.post(f"{storm.get_absolute_url()}do/destroy/", {"note": "不再需要"})
    page = read(browse(lin).get(storm.get_absolute_url()))
    assert "共 2 人，已联系 1 人（50%）" in page
    assert "王阿婆" not in page
    assert "数据已销毁" in page


def test_buildings_are_given_to_workers_and_teams(
    storm, wang, browse, lin, donghu, chen
):
    team = make_team(donghu, name="磐石志愿队")
    house = wang.household.building
    visitor, posts = browse(lin), f"{ROLL}posts/"
    told = {
        "building": house.pk,
        f"worker-{house.pk}": lin.pk,
        f"team-{house.pk}": team.pk,
    }
    saved = visitor.post(posts, told)
    assert saved.url.endswith(f"#lane-{house.lane_id}")
    assert f'id="house-{house.pk}"' in read(visitor.get(posts))
    post = BuildingPost.objects.get()
    assert (post.building, post.worker, post.team) == (house, lin, team)
    assert "磐石志愿队" in read(visitor.get(ROLL))
    page = read(visitor.get(f"{ROLL}?mine=1"))
    assert "王阿婆" in page
    assert "李大爷" not in page
    for wrong in (
        {f"worker-{house.pk}": chen.pk},
        {"building": 987654321, "lane_worker": lin.pk},
        {f"team-{house.pk}": "x"},
    ):
        visitor.post(posts, told | wrong)
    assert BuildingPost.objects.get().worker == lin
    visitor.post(
        posts, {"building": house.pk, "lane_worker": "", f"was-{house.pk}": "9-9"}
    )
    assert not BuildingPost.objects.exists()


def test_a_post_of_another_emergency_is_none_of_this_one(
    storm, street, donghu, wang, browse, lin
):
    frost = make_emergency(street, units=[donghu], title="寒潮", status="open")
    building = wang.household.building
    BuildingPost.objects.create(emergency=frost, building=building, worker=lin)
    visitor, own = browse(lin), "只看我包干的楼幢"
    assert own not in read(visitor.get(f"{ROLL}?emergency={storm.pk}"))
    BuildingPost.objects.create(emergency=storm, building=building, worker=lin)
    assert own in read(visitor.get(f"{ROLL}?emergency={storm.pk}"))


def test_a_building_elsewhere_is_not_given_away(storm, browse, lin, xihu):
    theirs = make_building(xihu)
    home = make_household(xihu, building=theirs)
    person = make_resident(xihu, household=home)
    make_roll_call(xihu, emergency=storm, resident=person)
    told = {"building": theirs.pk, "lane_worker": lin.pk}
    browse(lin).post(f"{ROLL}posts/", told)
    assert not BuildingPost.objects.exists()


def test_somebody_met_on_the_spot_is_added_by_a_form(storm, browse, lin, donghu_grid):
    told = {
        "name": "红衣老人",
        "org_unit": donghu_grid.pk,
        "place": "菜巷口",
        "reason": "外地来探亲",
    }
    visitor, new = browse(lin), f"{ROLL}new/"
    missing = visitor.post(new, told | {"reason": ""})
    assert missing.status_code == 422
    numbers = visitor.post(new, told | {"place": "电话13800138000"})
    assert numbers.status_code == 422
    assert visitor.post(new, told).status_code == 302
    assert "红衣老人" in read(visitor.get(ROLL))


def test_a_resident_is_added_from_his_page(storm, browse, lin, donghu_grid, xihu):
    person = make_resident(donghu_grid, name="赵新来")
    visitor = browse(lin)
    page = read(visitor.get(person.get_absolute_url()))
    [way] = set(re.findall(r'href="(/safety/roll/new/[^"]+)"', page))
    assert "赵新来" in read(visitor.get(way))
    assert visitor.post(way, {"reason": "刚迁入"}).status_code == 302
    assert RollCall.objects.get(resident=person).reason == "刚迁入"
    page = read(visitor.get(person.get_absolute_url()))
    assert way not in page
    assert "未联系" in page
    theirs = make_resident(xihu)
    assert visitor.get(f"{ROLL}new/?resident={theirs.pk}").status_code == 404


def test_staff_of_the_chosen_units_see_it_on_their_desk(storm, browse, lin, chen, mei):
    for user, sees in ((lin, True), (mei, True), (chen, False)):
        page = read(browse(user).get("/desk/"))
        assert ("台风“海燕”" in page) is sees
    page = read(browse(lin).get("/desk/"))
    assert "已联系 0 人（0%）" in page
    assert f'href="{ROLL}?emergency={storm.pk}">逐户点名' in page
    page = read(browse(mei).get("/desk/"))
    assert f'href="{storm.get_absolute_url()}">看汇总' in page


def test_the_page_of_a_line_tells_its_events(of_wang, say, browse, lin):
    say(of_wang, "called", note="在家")
    say(of_wang, "moved")
    browse(lin).post(url(of_wang, "back"))
    answer = browse(lin).get(of_wang.get_absolute_url())
    page = read(answer)
    assert "撤回，恢复为“已通知”" in page
    assert "已撤回" in page
    assert "在家" in page
    labels = [fact["label"] for fact in answer.context["facts"]]
    assert "居民" in labels
    assert "姓名" not in labels


def test_no_names_stand_on_the_home_of_the_pillar(storm, browse, lin):
    page = read(browse(lin).get("/safety/"))
    assert page.count("台风“海燕”") == 1
    assert "王阿婆" not in page


def test_the_roll_of_many_costs_no_more_queries(
    storm, browse, lin, donghu_grid, django_assert_max_num_queries
):
    for number in range(40):
        home = make_household(donghu_grid, building=make_building(donghu_grid))
        person = make_resident(donghu_grid, household=home, name=f"居民{number}")
        make_roll_call(donghu_grid, emergency=storm, resident=person)
    assign_building(emergency=storm, building=home.building, by=lin, worker=lin)
    visitor = browse(lin)
    visitor.get(ROLL)
    with django_assert_max_num_queries(35):
        visitor.get(ROLL)
    with django_assert_max_num_queries(45):
        visitor.get(storm.get_absolute_url())


def tally_in(page):
    [words] = re.findall(r'<span id="roll-tally"[^>]*>([^<]*)</span>', page)
    return words


def test_a_tap_with_script_counts_the_head_of_the_roll_anew(
    storm, of_wang, browse, lin, donghu, xihu
):
    make_roll_call(donghu, emergency=storm)
    visitor, grid = browse(lin), of_wang.org_unit.code
    assert tally_in(read(visitor.get(f"{ROLL}?unit={grid}"))).startswith("共 2 人")
    answers = [
        read(
            visitor.post(
                url(of_wang, "tell"),
                sent("called", back=back),
                headers={"hx-request": "true"},
            )
        )
        for back in (grid, "", xihu.code)
    ]
    assert "hx-swap-oob" in answers[0]
    assert tally_in(answers[0]) == "共 2 人，已联系 1 人（50%）"
    # Without a unit, or with one out of reach, everybody within reach is counted.
    assert tally_in(answers[1]) == tally_in(answers[2]) == "共 3 人，已联系 1 人（33%）"


def test_the_board_leads_to_those_who_need_somebody(
    storm, of_wang, of_li, say, browse, lin, mei, donghu
):
    say(of_wang, "help", note="要人搀扶")
    board = f"{storm.get_absolute_url()}?unit={donghu.code}"
    page = read(browse(mei).get(board))
    [way] = re.findall(r'<dd><a href="([^"]+)">1</a></dd>', page)
    rows = read(browse(mei).get(way.replace("&amp;", "&")))
    assert "王阿婆" in rows
    assert "李大爷" not in rows
    needed = page[page.index('">需要帮助</h2>') : page.index("还没有联系上")]
    for words in ("王阿婆", "菜巷12号302", "要人搀扶", "01网格"):
        assert words in needed


def test_whoever_calls_gets_from_the_board_to_the_buttons(
    storm, of_wang, browse, lin, donghu, close
):
    unit = of_wang.org_unit.code
    way = f"{ROLL}?emergency={storm.pk}&amp;unit={unit}#line-{of_wang.pk}"
    visitor, record = browse(lin), of_wang.get_absolute_url()
    assert f'href="{way}"' in read(visitor.get(storm.get_absolute_url()))
    assert f'href="{way}"' in read(visitor.get(record))
    reader = make_assignment("reader", donghu, ["view_rollcall", "view_emergency"])
    page = read(browse(reader.user).get(storm.get_absolute_url()))
    assert f'href="{record}"' in page
    assert "#line-" not in page
    assert "去点名" not in read(browse(reader.user).get(record))
    close()
    assert "去点名" not in read(visitor.get(record))


def test_the_board_and_the_sheet_name_the_shelters_nearby(
    storm, of_wang, say, browse, lin, donghu, xihu
):
    near = {"name": "二中", "address": "学前路1号", "phone": "0577-65800001"}
    shelter_in(donghu, **near)
    shelter_in(xihu, name="西湖礼堂")
    taken = shelter_in(xihu, name="西湖小学")
    say(of_wang, "moved", shelter=taken)
    visitor = browse(lin)
    board = read(visitor.get(storm.get_absolute_url()))
    for page in (board, read(visitor.get(f"{ROLL}sheet/"))):
        assert "东湖社区，学前路1号，0577-65800001" in page
        assert "西湖小学" in page
        assert "西湖礼堂" not in page
    assert re.search(r'href="/safety/shelters/">全部避灾安置点', board)


def test_each_community_has_sheets_of_its_own(storm, browse, mei, lin, xihu):
    make_roll_call(xihu, emergency=storm)
    page = read(browse(mei).get(f"{ROLL}sheet/"))
    captions = re.findall(r"<caption>([^<]*)</caption>", page)
    assert captions == ["东湖社区　菜巷", "西湖社区　没有登记楼幢的"]
    assert page.count("yh-rollsheet--first") == 1
    page = read(browse(lin).get(f"{ROLL}sheet/"))
    assert "<caption>菜巷</caption>" in page
    assert "yh-rollsheet--first" not in page


def test_a_sheet_without_an_emergency_leads_back(lin, browse):
    assert f'btn-outline-secondary" href="{ROLL}"' in read(
        browse(lin).get(f"{ROLL}sheet/")
    )


def test_the_days_of_emergencies_are_a_list_behind_the_responses(
    of_wang, say, browse, mei
):
    say(of_wang, "called")
    visitor = browse(mei)
    assert "应急日报" not in read(visitor.get("/safety/"))
    page = read(visitor.get("/safety/emergencies/"))
    [way] = re.findall(r'href="([^"]+)">应急日报', page)
    assert "当日新联系" in read(visitor.get(way))


def test_figures_are_bracketed_in_the_language_of_the_page(storm, browse, lin):
    with override("en"):
        assert reached_words(Tally({"called": 7})).endswith(" (100%)")
    with override("zh-hans"):
        assert reached_words(Tally({"called": 7})).endswith("（100%）")
