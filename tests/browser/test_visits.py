"""A worker's round on a phone: the day's list, a visit in six taps, the receipt."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Assignment, User
from accounts.roles import load_roles
from communities.finding import index_resident
from tests.browser.conftest import PASSWORD
from tests.browser.judging import overflow
from tests.factories import (
    make_building,
    make_household,
    make_org_unit,
    make_resident,
    make_user,
    make_visit,
    make_visit_duty,
    make_visit_rule,
)
from visits.models import LedgerEntry, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "has_touch": True, "is_mobile": True}
TODAY_LIST = "/visits/today/"
# Pixels, for one hand in winter gloves.
THUMB = 48
with_and_without_script = pytest.mark.parametrize("script", [True, False])
# Playwright itself would wait for the answer before it presses again.
IMPATIENT = """() => {
  const press = () => document.querySelector(".yh-do [type=submit]").click();
  press();
  setTimeout(press, 200);
}"""


class Thumb:
    """Taps on a phone, counts the taps and asks for targets that a thumb can hit."""

    def __init__(self, page):
        self.page = page
        self.taps = 0
        self.too_small = []

    def tap(self, selector):
        target = self.page.locator(selector).first
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        if box["height"] < THUMB:
            self.too_small.append((selector, box["height"]))
        target.tap()
        self.taps += 1

    def pick(self, words):
        """Tap one of the short choices of a question."""
        self.tap(f".yh-pick:has-text('{words}')")


def text_of(page):
    return page.locator("main").inner_text()


@pytest.fixture
def round_of_today(transactional_db):
    """Donghu's worker in her real role; Wang was due yesterday, Li is on no list."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", "330381002901", parent=street, name="东湖社区")
    grid = make_org_unit("grid", "330381002901001", parent=donghu, name="01网格")
    load_roles()
    Assignment.objects.create(
        user=make_user("worker", password=PASSWORD, name="吴丽君"),
        role=Group.objects.get(profile__slug="worker"),
        org_unit=donghu,
    )
    home = make_household(grid, building=make_building(grid), room="302")
    wang = make_resident(grid, name="王阿婆", household=home)
    yesterday = timezone.localdate() - timedelta(days=1)
    rule = make_visit_rule(street, name="独居老人", short_name="独居")
    make_visit_duty(grid, resident=wang, rule=rule, next_due_on=yesterday)
    index_resident(make_resident(grid, name="李大爷"))
    return wang


@pytest.fixture
def phone(sign_in, round_of_today):
    """Return a function that signs the worker in on her phone."""

    def unlock(path=TODAY_LIST, **options):
        return sign_in("worker", path, **PHONE | options)

    return unlock


@with_and_without_script
def test_a_visit_takes_six_taps_and_the_receipt_says_what_it_counts_for(
    script, phone, round_of_today
):
    page = phone("/desk/", script=script)
    thumb = Thumb(page)
    thumb.tap(".yh-bar a:has-text('走访')")
    thumb.tap(".yh-door a:has-text('登记')")
    thumb.pick("电话")
    thumb.pick("药够吃")
    thumb.pick("三天后")
    thumb.tap("main >> button:has-text('登记走访')")
    page.wait_for_url("**/receipt/")
    visit = Visit.objects.get()
    receipt = text_of(page)
    assert thumb.taps == 6
    assert thumb.too_small == []
    assert f"已登记，第{visit.pk}号。" in receipt
    assert "记入 1 项走访任务" in receipt
    assert "独居老人" in receipt
    assert (visit.resident, visit.method) == (round_of_today, "phone")
    assert overflow(page) == 0
    assert page.heard == []


@with_and_without_script
def test_a_tapped_ledger_asks_what_it_needs_and_the_receipt_leads_there(script, phone):
    page = phone(script=script)
    page.tap(".yh-door >> text=登记")
    box = page.locator("fieldset:has(legend:has-text('记入台账'))")
    assert box.locator("input[type=text]:visible").count() == 0
    thumb = Thumb(page)
    thumb.pick("慰问")
    assert box.locator("input[type=text]:visible").count() == 3
    page.tap("main >> button:has-text('登记走访')")
    told = page.locator("main [role=alert]").inner_text()
    assert "尚未登记，有 3 处需要补填或更正：" in told
    assert "请选一项。" in box.inner_text()
    thumb.pick("生病住院")
    page.fill("[name=ledger-services-condolence-text]", "大米一袋")
    page.fill("[name=ledger-services-condolence-receipt]", "女儿代签")
    thumb.tap("main >> button:has-text('登记走访')")
    page.wait_for_url("**/receipt/")
    assert "已记入 1 本台账" in text_of(page)
    page.tap("main >> text=大米一袋")
    page.wait_for_url("**/ledgerentries/**")
    assert "生病住院，慰问品 大米一袋，签收 女儿代签" in text_of(page)
    assert thumb.too_small == []
    assert overflow(page) == 0


@with_and_without_script
def test_where_nobody_opens_only_what_was_seen_is_offered(script, phone):
    page = phone(script=script)
    page.tap(".yh-door >> text=登记")
    box = page.locator("fieldset:has(legend:has-text('记入台账'))")
    page.tap(".yh-pick:has-text('慰问')")
    page.tap(".yh-pick:has([name=outcome]):has-text('家中无人')")
    words = box.inner_text()
    assert "安全隐患" in words
    assert "慰问" not in words
    assert box.locator("input[type=text]:visible").count() == 0
    page.tap("main >> button:has-text('登记走访')")
    page.wait_for_url("**/receipt/")
    assert not LedgerEntry.objects.exists()


@pytest.mark.looks
def test_in_large_type_a_finished_visit_is_read_in_lines(phone, round_of_today):
    User.objects.filter(username="worker").update(large_type=True)
    make_visit(
        round_of_today.org_unit, resident=round_of_today, note="精神好，药够吃。"
    )
    page = phone()
    words = page.locator(".yh-door--done div").first.bounding_box()
    assert words["width"] > 200
    assert overflow(page) == 0


@with_and_without_script
def test_only_a_visit_of_just_now_is_told_the_day_of_the_next(script, phone):
    page = phone(script=script)
    page.tap(".yh-door >> text=登记")
    asked = page.locator("fieldset:has(legend:has-text('约定再访'))")
    for outcome in ("正常", "需要帮助", "家中无人"):
        page.tap(".yh-pick:has-text('其他时间')")
        page.tap(f".yh-pick:has([name=outcome]):has-text('{outcome}')")
        assert not re.search("[0-9]月", asked.inner_text())
        assert "按规则" in asked.inner_text()
        assert "算起" in asked.inner_text()
        page.tap(".yh-pick:has-text('刚才')")
        assert re.search("[0-9]月", asked.inner_text())
        assert "算起" not in asked.inner_text()


@with_and_without_script
def test_the_timeline_of_the_person_shows_the_visit(script, phone, round_of_today):
    page = phone(script=script)
    page.tap(".yh-door >> text=登记")
    page.fill("[name=note]", "血压平稳")
    page.tap("main >> button:has-text('登记走访')")
    page.wait_for_url("**/receipt/")
    page.goto(page.url.partition("/visits/")[0] + round_of_today.get_absolute_url())
    timeline = page.locator("section:has(h2:text-is('走访'))").inner_text()
    for words in ("血压平稳", "吴丽君", "上门，情况正常", "今年 1 次"):
        assert words in timeline


def test_the_day_that_was_agreed_brings_the_person_back(phone, monkeypatch):
    page = phone()
    page.tap(".yh-door >> text=登记")
    page.tap(".yh-pick:has-text('三天后')")
    page.tap("main >> button:has-text('登记走访')")
    page.wait_for_url("**/receipt/")
    page.tap("text=回今日走访")
    assert "今天的都走完了" in text_of(page)
    now = timezone.now()
    for days, is_listed in ((2, False), (3, True)):
        later = now + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda later=later: later)
        shown = text_of(phone())
        assert ("王阿婆" in shown) is is_listed
        assert ("约好再去" in shown) is is_listed


@with_and_without_script
def test_somebody_who_is_not_on_the_list_is_found_and_visited(script, phone):
    page = phone(script=script)
    page.tap("text=计划外走访")
    page.fill("#id_q", "大爷")
    page.tap("main >> text=找人")
    page.tap(".yh-door--found >> text=登记")
    page.tap("main >> button:has-text('登记走访')")
    page.wait_for_url("**/receipt/")
    assert "不在走访名单里" in text_of(page)
    assert Visit.objects.get().resident.name == "李大爷"


def test_a_button_pressed_twice_sends_the_form_once(phone):
    page, held = phone(), []
    page.tap(".yh-door >> text=登记")
    page.wait_for_url("**/visits/new/**")
    page.route("**/visits/new/**", lambda route: held.append(route))
    page.evaluate(IMPATIENT)
    page.wait_for_timeout(500)
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_url("**/receipt/")
    assert Visit.objects.count() == 1


def test_a_form_that_arrives_twice_is_one_visit_and_the_page_says_so(phone):
    page, sent = phone(script=False), []
    page.tap(".yh-door >> text=登记")
    page.on("request", lambda one: one.method == "POST" and sent.append(one))
    page.tap("main >> button:has-text('登记走访')")
    page.wait_for_url("**/receipt/")
    # The phone's network sends the same form once more.
    kind = {"Content-Type": sent[0].headers["content-type"]}
    again = page.request.post(sent[0].url, data=sent[0].post_data, headers=kind)
    assert again.url.endswith("/receipt/?again=1")
    assert "没有重复登记" in again.text()
    assert Visit.objects.count() == 1


@with_and_without_script
def test_what_is_refused_stays_on_the_form_with_its_sentence(script, phone):
    page = phone(script=script)
    page.tap(".yh-door >> text=登记")
    page.fill("[name=note]", "电话 13800138000")
    page.tap("main >> button:has-text('登记走访')")
    page.wait_for_selector("[role=alert]")
    assert "这里不要写手机号" in text_of(page)
    assert page.input_value("[name=note]") == "电话 13800138000"
    assert not Visit.objects.exists()


@with_and_without_script
def test_at_a_household_one_tap_says_who_was_met(script, phone, round_of_today):
    home = round_of_today.household
    make_resident(home.org_unit, name="王小明", household=home)
    page = phone(f"/visits/visits/new/?household={home.pk}", script=script)
    thumb = Thumb(page)
    thumb.pick("家中无人")
    assert not page.get_by_text("见到了谁").is_visible()
    thumb.pick("正常")
    thumb.pick("王阿婆")
    thumb.tap("main >> button:has-text('登记走访')")
    page.wait_for_url("**/receipt/")
    receipt = text_of(page)
    assert thumb.too_small == []
    assert "记入 1 项走访任务" in receipt
    assert "王阿婆" in receipt
    assert "王小明" not in receipt
    assert overflow(page) == 0
    assert page.heard == []
