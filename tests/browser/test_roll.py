"""The roll of a typhoon on a phone: one tap a person, undone, corrected, called."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Assignment
from accounts.roles import load_roles
from safety.models import Emergency, RollCall, RollCallEvent
from safety.workflows import EmergencyWorkflow
from tests.browser.conftest import PASSWORD
from tests.browser.judging import COLOURS, overflow, violations
from tests.browser.test_visits import PHONE, THUMB, text_of
from tests.factories import (
    make_building,
    make_emergency,
    make_household,
    make_lane,
    make_org_unit,
    make_resident,
    make_shelter,
    make_team,
    make_user,
)
from tests.safety.conftest import BORN

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROLL = "/safety/roll/"
with_and_without_script = pytest.mark.parametrize("script", [True, False])


@pytest.fixture
def storm(transactional_db):
    """Opened for Donghu, where the worker has her real role; Wang and Li are called."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", "330381002901", parent=street, name="东湖社区")
    grid = make_org_unit("grid", "330381002901001", parent=donghu, name="01网格")
    load_roles()
    Assignment.objects.create(
        user=make_user("worker", password=PASSWORD, name="吴丽君"),
        role=Group.objects.get(profile__slug="worker"),
        org_unit=donghu,
    )
    Assignment.objects.create(
        user=make_user("captain", password=PASSWORD, name="戴永春"),
        role=Group.objects.get(profile__slug="captain"),
        org_unit=donghu,
    )
    make_team(donghu, name="磐石志愿队", leader="戴永春")
    lane = make_lane(donghu, name="菜巷", pinyin="caixiang")
    for number, room, name in (("12", "302", "王阿婆"), ("2", "101", "李大爷")):
        building = make_building(grid, lane=lane, number=number)
        home = make_household(grid, building=building, room=room)
        fields = {"birth_on": BORN, "living": "here", "phone": "13800138000"}
        make_resident(grid, name=name, household=home, **fields)
    make_shelter(donghu, name="二中操场")
    emergency = make_emergency(street, units=[donghu], title="台风“海燕”")
    return EmergencyWorkflow.apply(emergency, "open")


@pytest.fixture
def phone(sign_in, storm):
    """Return a function that signs the worker in on her phone."""

    def unlock(path=ROLL, **options):
        return sign_in("worker", path, **PHONE | options)

    return unlock


def row_of(page, name):
    return page.locator(f".yh-roll:has-text('{name}')")


def tap(page, name, words, answer):
    """Tap a button of a person and wait until his row shows the answer."""
    row_of(page, name).get_by_role("button", name=words).tap()
    page.locator(answer).filter(visible=True).first.wait_for()


def chip(name, words):
    return f".yh-roll:has-text('{name}') .yh-state:text-is('{words}')"


def state_of(name):
    return RollCall.objects.get(resident__name=name).state


@with_and_without_script
def test_one_tap_tells_and_one_takes_it_back(script, phone):
    page = phone(script=script)
    tap(page, "王阿婆", "已转移", chip("王阿婆", "已转移"))
    assert state_of("王阿婆") == "moved"
    pressed = row_of(page, "王阿婆").locator("[aria-pressed=true]")
    assert pressed.inner_text().startswith("已转移")
    assert "吴丽君" in row_of(page, "王阿婆").inner_text()
    assert state_of("李大爷") == "waiting"
    tap(page, "王阿婆", "撤回", chip("王阿婆", "未联系"))
    assert state_of("王阿婆") == "waiting"
    assert row_of(page, "王阿婆").locator("[aria-pressed=true]").count() == 0
    assert page.heard == []


@pytest.mark.looks
def test_the_card_begins_with_the_call_and_ends_with_one_line(phone):
    page = phone()
    tap(page, "王阿婆", "需要帮助", chip("王阿婆", "需要帮助"))
    row = row_of(page, "王阿婆")

    def top(words):
        found = row.locator(":is(.btn, summary)", has_text=words).filter(visible=True)
        return round(found.bounding_box()["y"])

    assert top("打电话") < top("已通知") < top("撤回")
    assert abs(top("撤回") - top("记一句")) <= 1


def test_the_head_counts_with_every_tap(phone):
    page = phone()
    head = page.locator("#roll-tally")
    assert "已联系 0 人" in head.inner_text()
    tap(page, "王阿婆", "已通知", chip("王阿婆", "已通知"))
    assert "已联系 1 人（50%）" in head.inner_text()
    tap(page, "王阿婆", "撤回", chip("王阿婆", "未联系"))
    assert "已联系 0 人" in head.inner_text()
    assert page.heard == []


@pytest.mark.looks
def test_every_button_fits_a_thumb_and_nothing_runs_off_the_screen(phone):
    page = phone()
    tap(page, "王阿婆", "需要帮助", chip("王阿婆", "需要帮助"))
    buttons = page.locator(".yh-roll :is(.btn, summary):visible")
    boxes = [one.bounding_box() for one in buttons.all()]
    assert len(boxes) >= 13
    assert min(box["height"] for box in boxes) >= THUMB
    assert overflow(page) == 0


@with_and_without_script
def test_a_shelter_is_chosen_after_the_tap(script, phone):
    page = phone(script=script)
    tap(page, "王阿婆", "已转移", chip("王阿婆", "已转移"))
    row = row_of(page, "王阿婆")
    if row.locator("details[open]").count() == 0:
        row.locator("summary").tap()
    row.locator("select").select_option(label="二中操场（东湖社区）")
    row.locator("[name=note]").fill("坐轮椅")
    tap(page, "王阿婆", "保存", "p:text-is('二中操场，坐轮椅')")
    line = RollCall.objects.get(resident__name="王阿婆")
    assert (str(line.shelter), line.note) == ("二中操场", "坐轮椅")


@with_and_without_script
def test_a_number_to_call_is_one_tap_away(script, phone):
    page = phone(script=script)
    assert "138" not in text_of(page)
    tap(page, "王阿婆", "打电话", "a[href^='tel:']")
    link = page.locator("a[href^='tel:']")
    assert link.get_attribute("href") == "tel:13800138000"
    assert "已记入查阅记录" in text_of(page)


def test_what_a_colleague_has_told_is_said_at_the_row(phone):
    page, other = phone(), phone()
    tap(other, "王阿婆", "已转移", chip("王阿婆", "已转移"))
    tap(page, "王阿婆", "已通知", ".yh-roll [role=alert]")
    assert "现在是“已转移”" in row_of(page, "王阿婆").inner_text()
    assert RollCallEvent.objects.count() == 1


def test_a_tap_that_arrives_twice_is_told_once(phone):
    page, sent = phone(script=False), []
    page.on("request", lambda one: one.method == "POST" and sent.append(one))
    tap(page, "王阿婆", "已通知", chip("王阿婆", "已通知"))
    kind = {"Content-Type": sent[0].headers["content-type"]}
    page.request.post(sent[0].url, data=sent[0].post_data, headers=kind)
    assert RollCallEvent.objects.count() == 1


def test_the_board_shows_the_course_on_a_phone(phone, storm):
    began = timezone.now() - timedelta(hours=3)
    Emergency.objects.filter(pk=storm.pk).update(opened_at=began)
    page = phone(storm.get_absolute_url())
    page.wait_for_selector(".yh-chart canvas")
    assert re.search("共 2 人，已联系 0 人", text_of(page))
    assert overflow(page) == 0
    assert page.heard == []


@pytest.mark.looks
def test_the_sheet_stands_on_paper_without_a_menu(phone):
    page = phone(f"{ROLL}sheet/")
    page.emulate_media(media="print")
    assert not page.locator(".yh-bar").is_visible()
    assert page.locator(".yh-rollsheet__sign").first.inner_text() == "101"
    assert overflow(page) == 0


@with_and_without_script
def test_a_team_is_sent_and_its_captain_reads_where(script, phone, sign_in):
    page = phone(f"{ROLL}posts/", script=script)
    page.select_option("[name=shelter]", label="二中操场")
    page.select_option("form.yh-postform [name=team]", label="磐石志愿队")
    page.fill("[name=begins_at]", "2026-12-01T18:00")
    page.get_by_role("button", name="安排", exact=True).tap()
    page.wait_for_selector("text=已安排")
    assert overflow(page) == 0
    captain = sign_in("captain", "/safety/team-posts/", **PHONE, script=script)
    told = text_of(captain)
    assert "二中操场" in told
    assert "18:00" in told
    assert "王阿婆" not in told
    call = captain.locator("main a[href^='tel:']").bounding_box()
    assert call["height"] >= THUMB
    assert overflow(captain) == 0


@pytest.mark.parametrize("width", [390, 1440])
def test_single_grids_are_folded_away_until_asked_for(width, storm, sign_in):
    Assignment.objects.create(
        user=make_user("leader", password=PASSWORD, name="周海燕"),
        role=Group.objects.get(profile__slug="leader"),
        org_unit=storm.org_unit,
    )
    page = sign_in("leader", "/safety/emergencies/new/", width=width)
    grids = page.locator(".yh-units .yh-lanepick").first
    assert not grids.is_visible()
    page.click("text=只选其中几个网格")
    assert grids.is_visible()
    assert overflow(page) == 0


@with_and_without_script
def test_what_two_people_told_differently_stands_at_the_row(script, phone):
    line = RollCall.objects.get(resident__name="王阿婆")
    RollCall.objects.filter(pk=line.pk).update(state="moved", is_contradicted=True)
    page = phone(script=script)
    assert "另有人登记的与此不同" in row_of(page, "王阿婆").inner_text()
    assert "另有人" not in row_of(page, "李大爷").inner_text()


@pytest.mark.looks
def test_everybody_can_read_the_pages_by_day_and_by_night(phone, storm):
    page, wrong = phone(bypass_csp=True, reduced_motion="reduce"), {}
    tap(page, "王阿婆", "已转移", chip("王阿婆", "已转移"))
    server = page.url.partition("/safety/")[0]
    for path in (ROLL, f"{ROLL}new/", f"{ROLL}posts/", storm.get_absolute_url()):
        page.goto(server + path)
        page.emulate_media(color_scheme="light")
        found = violations(page)
        page.emulate_media(color_scheme="dark")
        if found := found + violations(page, COLOURS):
            wrong[path] = found
    assert wrong == {}
