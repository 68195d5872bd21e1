"""A worker's round without signal: nothing is lost or doubled, and nobody reads it.

The browser is started with a profile of its own, as a phone has one, and started again.
"""

import time
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from PIL import Image

from accounts.models import Assignment, User
from accounts.roles import load_roles
from communities.models import Resident
from devtools.chromium import find_chromium
from safety.models import RollCallEvent
from safety.workflows import EmergencyWorkflow
from tests.browser.conftest import PASSWORD, PATIENCE
from tests.browser.judging import overflow
from tests.browser.mast import Mast
from tests.factories import (
    make_building,
    make_emergency,
    make_household,
    make_org_unit,
    make_resident,
    make_user,
    make_visit_duty,
    make_visit_rule,
)
from toolkit.history import history_of
from toolkit.models import PhoneLease, SyncItem, SyncPhoto
from visits.actions import correct_visit
from visits.models import HandedIn, LedgerEntry, Visit, VisitRule

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHELL, TODAY_LIST = "/visits/offline/", "/visits/today/"
PEOPLE, SEEDED = 6, 500
WECHAT = "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile MicroMessenger/8.0.47"
SAVE = "[data-yh-visit] [type=submit]"
SAVE_TWICE = """() => {
  const button = document.querySelector("[data-yh-visit] [type=submit]");
  button.click();
  button.click();
}"""
STORES = """async () => {
  const lines = await yhStore.items();
  const told = lines.map(({ state, sealed }) => [state, Boolean(sealed)]);
  return { told, lease: Boolean(await yhStore.lease()) };
}"""
KEPT_PATHS = """async () => {
  const names = await caches.keys();
  const stores = await Promise.all(names.map((name) => caches.open(name)));
  const kept = await Promise.all(stores.map((store) => store.keys()));
  return kept.flat().map(({ url }) => new URL(url).pathname);
}"""
KEPT_NOTE = "async () => (await yhStore.draft(location.hash.slice(1)))?.note"
IS_DOOR_FIRST = """() => {
  const [door, row] = ["[data-yh-doors] .yh-door", ".yh-tapped"].map((one) =>
    document.querySelector(one),
  );
  return Boolean(door.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""
EXPIRE = """async () => {
  const db = await idb.openDB("yuhai-day", 1);
  await db.put("lease", { ...(await db.get("lease", "now")), until: Date.now() - 1 });
  db.close();
}"""


class Phone:
    """A phone with one profile, which is switched off and on again."""

    def __init__(self, browser_type, profile, mast):
        self.browser_type, self.profile = browser_type, profile
        self.mast, self.base = mast, mast.url
        self.is_away = False
        self.switch_on()

    def switch_on(self, **options):
        self.context = self.browser_type.launch_persistent_context(
            self.profile,
            executable_path=find_chromium(),
            args=["--no-sandbox"],
            viewport={"width": 390, "height": 844},
            timezone_id="Asia/Shanghai",
            **{"locale": "zh-CN"} | options,
        )
        # A browser that starts anew, and a worker that starts with it, take their time.
        self.context.set_default_timeout(3 * PATIENCE)
        self.context.set_offline(self.is_away)
        self.page = self.context.pages[0]

    def switch_off(self):
        self.context.close()

    def restart(self):
        self.switch_off()
        self.switch_on()

    def go_away(self, is_away=True):
        self.is_away = is_away
        self.mast.switch(on=not is_away)
        self.context.set_offline(is_away)

    @contextmanager
    def out_of_reach(self):
        """Nothing is asked of the database meanwhile, which the test writes itself."""
        self.go_away()
        self.page.wait_for_timeout(500)
        yield
        self.go_away(False)

    def come_back_to(self, path):
        """Open a page as soon as the worker of the portal is in reach again too."""
        self.go_away(False)
        while not self.page.url.startswith(self.base + path):
            self.open(path)

    def open(self, path=SHELL, page=None):
        (page or self.page).goto(self.base + path)

    def sign_in(self, path=TODAY_LIST):
        self.open(path)
        self.page.fill("[name=login]", "worker")
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"**{path}")

    def take_along(self):
        self.sign_in()
        self.page.click("[data-yh-take] button")
        self.page.wait_for_url(f"**{SHELL}")
        self.page.wait_for_selector("[data-yh-doors] .yh-door")

    def fill_in(self, at, note="", page=None):
        """Open the form of a door and leave it ready to be kept."""
        page = page or self.page
        page.bring_to_front()
        page.locator("[data-yh-doors] a.btn").nth(at).click()
        page.wait_for_selector("[data-yh-visit]")
        page.fill("[name=note]", note)

    def log(self, at, note=""):
        self.fill_in(at, note)
        self.page.click(SAVE)
        self.page.wait_for_selector("[data-yh-saved]")

    def wait_for_draft(self, note):
        """Wait until what is typed lies in the phone."""
        until = time.monotonic() + PATIENCE / 1000
        while self.page.evaluate(KEPT_NOTE) != note:
            assert time.monotonic() < until, note

    def lines(self):
        return self.page.locator("[data-yh-lines] > li").all_inner_texts()

    def wait_for(self, words, count):
        self.page.wait_for_function(
            "([words, count]) => [...document.querySelectorAll('[data-yh-lines] > li')]"
            ".filter((one) => one.innerText.includes(words)).length === count",
            arg=[words, count],
        )

    def stores(self):
        return self.page.evaluate(STORES)


def pick(page, choice):
    """Choose what a label beside a hidden field says, however slow the page is."""
    page.locator(choice).first.evaluate("field => field.click()")


@pytest.fixture
def people(transactional_db):
    """Some people of Donghu who are due, and its worker in her real role."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", "330381002901", parent=street, name="东湖社区")
    grid = make_org_unit("grid", "330381002901001", parent=donghu, name="01网格")
    load_roles()
    Assignment.objects.create(
        user=make_user("worker", password=PASSWORD, name="吴丽君"),
        role=Group.objects.get(profile__slug="worker"),
        org_unit=donghu,
    )
    rule = make_visit_rule(street, name="独居老人", short_name="独居")
    building = make_building(grid)
    found = []
    for number in range(PEOPLE):
        home = make_household(grid, building=building, room=f"{number + 1}01")
        person = make_resident(grid, name=f"王阿婆{number}", household=home)
        due = timezone.localdate() - timedelta(days=1)
        make_visit_duty(grid, resident=person, rule=rule, next_due_on=due)
        found.append(person)
    return found


@pytest.fixture
def phone(chromium, live_server, tmp_path, people):
    mast = Mast(live_server.url)
    phone = Phone(chromium.browser_type, tmp_path / "profile", mast)
    yield phone
    phone.switch_off()
    mast.close()


def test_three_visits_without_signal_arrive_once_each(phone, people):
    phone.take_along()
    phone.go_away()
    phone.open(TODAY_LIST)
    assert phone.page.url.endswith(SHELL)
    phone.page.wait_for_selector("text=现在没有网络")
    phone.log(0, "精神好")
    # Tapped twice.
    phone.fill_in(1)
    phone.page.evaluate(SAVE_TWICE)
    phone.wait_for("", 2)
    # In two tabs.
    other = phone.context.new_page()
    phone.open(page=other)
    phone.fill_in(2)
    phone.page.fill("[name=note]", "药够吃")
    phone.wait_for_draft("药够吃")
    phone.fill_in(2, "药够吃", page=other)
    other.click(SAVE)
    other.wait_for_selector("[data-yh-saved]")
    phone.page.bring_to_front()
    phone.page.click(SAVE)
    phone.page.wait_for_selector("[data-yh-saved]")
    phone.page.reload()
    phone.wait_for("", 3)
    phone.restart()
    phone.open()
    phone.wait_for("", 3)
    assert {state for state, _is_sealed in phone.stores()["told"]} <= {
        "waiting",
        "sent",
    }
    phone.go_away(False)
    phone.wait_for("已登记，第", 3)
    visits = list(Visit.objects.order_by("visited_at"))
    assert [visit.resident for visit in visits] == people[:3]
    assert [visit.note for visit in visits] == ["精神好", "", "药够吃"]
    assert SyncItem.objects.count() == 3
    for visit in visits:
        assert any(f"第{visit.pk}号" in line for line in phone.lines())
    assert overflow(phone.page) == 0


@pytest.mark.looks
def test_a_form_half_filled_is_still_there(phone):
    phone.take_along()
    phone.go_away()
    phone.fill_in(0)
    pick(phone.page, "[name=outcome][value=changed]")
    phone.page.fill("[name=note]", "说了一半")
    phone.wait_for_draft("说了一半")
    phone.restart()
    phone.open()
    phone.page.locator("[data-yh-doors] a.btn").first.click()
    phone.page.wait_for_selector("[data-yh-visit]")
    assert phone.page.input_value("[name=note]") == "说了一半"
    assert phone.page.is_checked("[name=outcome][value=changed]")


@pytest.mark.looks
def test_logging_out_takes_the_list_and_leaves_what_waits(phone):
    phone.take_along()
    phone.go_away()
    phone.log(0, "退出之前")
    # The signal is too weak to send.
    phone.context.route("**/api/v1/sync/", lambda route: route.abort())
    phone.come_back_to("/desk/")
    phone.page.click("[href='#rail']")
    phone.page.click(".yh-rail form[action='/accounts/logout/'] button")
    phone.page.wait_for_url(lambda url: "/desk/" not in url)
    phone.open()
    phone.page.wait_for_selector("[data-yh-lines] > li")
    told = phone.stores()
    assert told["lease"] is False
    assert phone.page.locator("[data-yh-doors] .yh-door").count() == 0
    assert "名单已清除" in phone.lines()[0]
    phone.context.unroute("**/api/v1/sync/")
    phone.page.reload()
    phone.wait_for("已登记，第", 1)
    assert Visit.objects.get().note == "退出之前"
    assert PhoneLease.objects.get().ended_at is not None


def test_when_the_lease_is_over_the_list_is_gone_and_the_visit_is_not(phone):
    phone.take_along()
    phone.go_away()
    phone.log(0, "到期之前")
    phone.page.evaluate(EXPIRE)
    phone.page.reload()
    phone.page.wait_for_selector("[data-yh-nothing]")
    assert phone.stores()["told"] == [["waiting", True]]
    phone.go_away(False)
    phone.wait_for("已登记，第", 1)
    assert Visit.objects.get().note == "到期之前"


def test_what_is_refused_is_put_right_on_the_phone(phone):
    phone.take_along()
    phone.fill_in(0, "很久以前")
    pick(phone.page, "[name=when][value=other]")
    phone.page.fill("[name=other_at]", "2020-01-01T09:00")
    phone.page.click(SAVE)
    phone.wait_for("需要您改一改", 1)
    assert "不能早于一年前" in phone.lines()[0]
    assert not SyncItem.objects.exists()
    phone.page.click("[data-yh-lines] >> text=修改")
    assert phone.page.input_value("[name=note]") == "很久以前"
    pick(phone.page, "[name=when][value=now]")
    phone.page.click(SAVE)
    phone.wait_for("已登记，第", 1)
    assert len(phone.lines()) == 1
    assert Visit.objects.get().note == "很久以前"


def put_right(phone, note, reason="写漏了"):
    """Open what is stored, write something else, and keep it in the phone."""
    phone.page.click("[data-yh-correct]:visible")
    phone.page.wait_for_selector("text=更正走访")
    phone.page.fill("[name=note]", note)
    phone.page.fill("[name=reason]", reason)
    phone.page.click(SAVE)
    phone.page.wait_for_selector("[data-yh-saved]")


def test_what_is_stored_is_put_right_without_signal(phone):
    phone.take_along()
    phone.fill_in(0, "药够吃")
    pick(phone.page, "[name=outcome][value=changed]")
    phone.page.click(SAVE)
    phone.wait_for("已登记，第", 1)
    phone.go_away()
    phone.page.click("[data-yh-correct]:visible")
    phone.page.wait_for_selector("text=更正走访")
    # Filled in with what was sent; no ledgers, no photos.
    assert phone.page.input_value("[name=note]") == "药够吃"
    assert phone.page.is_checked("[name=outcome][value=changed]")
    assert not phone.page.is_visible("text=记入台账")
    assert not phone.page.is_visible("text=可不拍照，不定位")
    assert overflow(phone.page) == 0
    phone.page.click(SAVE)
    phone.page.wait_for_selector("text=没有改动")
    phone.page.fill("[name=note]", "药快没了")
    phone.page.click(SAVE)
    phone.page.wait_for_selector("text=请写明更正原因")
    phone.page.fill("[name=reason]", "看错了药盒")
    phone.page.click(SAVE)
    phone.page.wait_for_selector("[data-yh-saved]")
    phone.wait_for("更正：看错了药盒", 1)
    # Nothing more is put right of it before that has arrived.
    assert phone.page.locator("[data-yh-correct]:visible").count() == 0
    phone.restart()
    phone.open()
    phone.wait_for("更正：看错了药盒", 1)
    phone.go_away(False)
    phone.wait_for("已更正，第", 1)
    visit = Visit.objects.get()
    assert (visit.note, visit.outcome) == ("药快没了", "changed")
    line = history_of(visit).first()
    assert (line.verb, line.note) == ("corrected", "看错了药盒")
    assert overflow(phone.page) == 0
    # And once more, on what is stored by now.
    put_right(phone, "药已配好")
    phone.wait_for("已更正，第", 2)
    assert Visit.objects.get().note == "药已配好"
    assert SyncItem.objects.filter(result="created").count() == 3


def take_anew(phone):
    phone.open(TODAY_LIST)
    phone.page.click("[data-yh-take] button")
    phone.page.wait_for_url(f"**{SHELL}")
    phone.page.wait_for_selector("[data-yh-doors] .yh-door")


def test_what_was_stored_before_the_list_was_taken_anew_is_put_right(phone):
    phone.take_along()
    phone.log(0, "药够吃")
    phone.wait_for("已登记，第", 1)
    for _once in range(2):
        take_anew(phone)
    # Whoever was seen is on the new list no more.
    assert phone.page.locator("[data-yh-doors] .yh-door").count() == PEOPLE - 1
    phone.wait_for("药够吃", 1)
    phone.go_away()
    put_right(phone, "药已配好")
    phone.restart()
    phone.open()
    phone.go_away(False)
    phone.wait_for("已更正，第", 1)
    assert Visit.objects.get().note == "药已配好"


def test_what_nobody_can_read_on_the_phone_is_put_right_in_reach(phone):
    phone.take_along()
    phone.log(0, "药够吃")
    phone.wait_for("已登记，第", 1)
    phone.page.evaluate(EXPIRE)
    take_anew(phone)
    phone.wait_for("名单已清除，内容仍加密存着", 1)
    phone.go_away()
    phone.page.wait_for_selector("text=现在没有网络")
    phone.page.locator("[data-yh-correct]:visible").wait_for(state="detached")
    phone.go_away(False)
    phone.page.click("[data-yh-correct]:visible")
    phone.page.wait_for_url(f"**/visits/visits/{Visit.objects.get().pk}/correct/")


@pytest.mark.looks
def test_a_form_of_a_new_visit_is_none_of_a_correction(phone):
    phone.take_along()
    phone.log(0, "药够吃")
    phone.wait_for("已登记，第", 1)
    phone.page.click("[data-yh-correct]:visible")
    phone.page.wait_for_selector("text=更正走访")
    phone.page.click("[data-yh-visit] >> text=返回")
    phone.fill_in(0)
    assert phone.page.is_visible("h1:has-text('登记走访')")
    assert not phone.page.is_visible("[name=reason]")
    assert phone.page.is_visible("text=记入台账")
    phone.page.click(SAVE)
    phone.wait_for("已登记，第", 2)
    assert Visit.objects.count() == 2


def test_what_the_office_has_put_right_meanwhile_is_not_overwritten(phone, people):
    phone.take_along()
    phone.log(0, "药够吃")
    phone.wait_for("已登记，第", 1)
    with phone.out_of_reach():
        visit = Visit.objects.get()
        correct_visit(
            visit=visit,
            values={"note": "药快没了"},
            changes=[],
            reason="本人来说",
            by=visit.logged_by,
        )
        put_right(phone, "药还有三天")
    phone.wait_for("等社区核对", 1)
    assert Visit.objects.get().note == "药快没了"
    assert HandedIn.objects.get().told["note"] == "药还有三天"
    # Nothing of it is put right on the phone as long as it lies with a person.
    assert phone.page.locator("[data-yh-correct]:visible").count() == 0


@pytest.mark.looks
def test_a_phone_is_answered_in_the_language_of_its_page(phone):
    phone.switch_off()
    phone.switch_on(locale="en-GB")
    phone.take_along()
    phone.fill_in(0, "long ago")
    pick(phone.page, "[name=when][value=other]")
    phone.page.fill("[name=other_at]", "2020-01-01T09:00")
    with phone.page.expect_request("**/api/v1/sync/") as asked:
        phone.page.click(SAVE)
    # That of the page, not that of the browser.
    assert asked.value.headers["accept-language"] == "en"
    phone.wait_for("Needs you", 1)
    assert "cannot be more than a year ago" in phone.lines()[0]


def test_one_visit_without_signal_stands_in_every_ledger(phone, people):
    phone.take_along()
    phone.go_away()
    phone.fill_in(0, "软管老化")
    pick(phone.page, "[name=ledgers][value='safety.hazard']")
    phone.page.click(SAVE)
    phone.page.wait_for_selector("text=请把选中的台账填完整")
    pick(phone.page, "[name=ledger-safety-hazard-category]")
    phone.page.fill("[name=ledger-safety-hazard-text]", "阳台软管老化，已关阀")
    phone.page.click(SAVE)
    phone.wait_for("", 1)
    phone.go_away(False)
    phone.wait_for("已登记，第", 1)
    entry = LedgerEntry.objects.get()
    assert (entry.ledger, entry.text) == ("safety.hazard", "阳台软管老化，已关阀")
    assert entry.visit == Visit.objects.get()


@pytest.fixture
def elderly(people):
    """The people are visited because they are 80 and alone, so a ledger is theirs."""
    VisitRule.objects.update(slug="alone-80")
    Resident.objects.update(birth_on=date(1940, 5, 6))


def test_a_ledger_that_goes_without_saying_is_named_by_the_receipt(phone, elderly):
    phone.take_along()
    phone.go_away()
    phone.log(0, "精神好")
    assert phone.page.is_visible("text=已存在这部手机里")
    phone.fill_in(1, "不记")
    assert "收到后自动记入" in phone.page.inner_text("[data-yh-visit]")
    phone.page.check("[name=unsuggested]")
    phone.page.click(SAVE)
    phone.wait_for("", 2)
    assert "老年人探访" not in phone.page.inner_text("main")
    phone.go_away(False)
    phone.wait_for("已登记，第", 2)
    phone.wait_for("已记入：老年人探访", 1)
    # Nothing waits, so nothing says that it does.
    assert not phone.page.is_visible("text=有网络时自动发送")
    assert phone.page.is_visible("text=都已收到")
    assert overflow(phone.page) == 0
    visit = Visit.objects.get(note="精神好")
    assert LedgerEntry.objects.get().visit == visit
    phone.page.click(f"[data-yh-lines] a:has-text('第{visit.pk}号')")
    phone.page.wait_for_url(f"**/visits/visits/{visit.pk}/receipt/")
    assert "已记入 1 本台账" in phone.page.inner_text("main")
    # What the phone keeps of it is as hidden as the rest.
    phone.go_away()
    phone.open()
    phone.page.evaluate(EXPIRE)
    phone.page.reload()
    phone.page.wait_for_selector("[data-yh-nothing]")
    assert "老年人探访" not in phone.page.inner_text("main")


@pytest.mark.looks
def test_out_of_reach_no_way_leads_back_to_where_one_is(phone):
    phone.sign_in()
    phone.open()
    phone.page.wait_for_selector("[data-yh-nothing]")
    phone.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    assert phone.page.is_visible("[data-yh-desk]")
    phone.go_away()
    phone.page.wait_for_selector("[data-yh-desk]", state="hidden")
    assert phone.page.locator(".yh-mast a[href]").count() == 0
    phone.go_away(False)
    phone.page.wait_for_selector("[data-yh-desk]")
    phone.page.click("[data-yh-nothing] a")
    phone.page.wait_for_url("**/desk/")


@pytest.mark.looks
def test_an_exercise_stands_below_the_doors(phone, people):
    community = people[0].org_unit.community
    drill = make_emergency(
        community.parent, units=[community], is_drill=True, criteria=["aged"]
    )
    Resident.objects.update(birth_on=date(1940, 5, 6), living="here")
    EmergencyWorkflow.apply(drill, "open")
    phone.take_along()
    phone.go_away()
    phone.page.wait_for_selector("text=现在没有网络")
    assert phone.page.evaluate(IS_DOOR_FIRST)
    row = phone.page.locator(".yh-tapped").first
    jumps = phone.page.locator("[data-yh-jumps] a:visible").all_inner_texts()
    assert jumps == [f"走访 {PEOPLE} 户", f"演练 {PEOPLE} 人"]
    assert row.locator("button:disabled").all_inner_texts() == ["已返回"]
    row.locator("text=已转移").click()
    phone.wait_for("已转移", 1)
    # Tapped by mistake: whatever could have been tapped before still can be.
    row = phone.page.locator(".yh-tapped").first
    assert row.locator("button:disabled").all_inner_texts() == ["已转移"]
    row.locator("text=已通知").click()
    phone.wait_for("已通知", 1)
    assert row.locator("button:disabled").all_inner_texts() == ["已通知", "已返回"]


def test_a_roll_is_called_without_signal(phone, people):
    community = people[0].org_unit.community
    storm = make_emergency(
        community.parent, units=[community], title="台风“海燕”", criteria=["aged"]
    )
    Resident.objects.update(birth_on=date(1940, 5, 6), living="here")
    EmergencyWorkflow.apply(storm, "open")
    phone.take_along()
    phone.go_away()
    row = phone.page.locator(".yh-tapped").first
    row.locator("text=已转移").click()
    phone.wait_for("已转移", 1)
    assert row.locator("[aria-pressed=true]").inner_text() == "已转移"
    phone.restart()
    phone.open()
    row = phone.page.locator(".yh-tapped").first
    assert row.locator("[data-yh-state]").inner_text() == "已转移"
    phone.go_away(False)
    phone.wait_for("已登记，第", 1)
    assert RollCallEvent.objects.get().state == "moved"
    assert overflow(phone.page) == 0


def test_photos_are_optional_small_and_sent_after_the_visit(phone, tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "27.7731N"
    file = tmp_path / "IMG_0001.jpg"
    Image.effect_noise((4000, 3000), 60).convert("RGB").save(file, exif=exif)
    phone.take_along()
    phone.go_away()
    phone.fill_in(0, "屋檐掉瓦")
    phone.page.set_input_files("[name=photo]", [file, picture(tmp_path / "blur.jpg")])
    phone.page.wait_for_selector("text=已拍2张")
    # Both are seen, and one that is of no use is taken away again.
    shots = phone.page.locator("[data-yh-shots] canvas:visible")
    assert [shot.evaluate("(one) => one.width") for shot in shots.all()] == [240, 240]
    phone.page.click("[data-yh-shots] li:nth-child(2) >> text=去掉")
    phone.page.wait_for_selector("text=已拍1张")
    assert overflow(phone.page) == 0
    phone.restart()
    phone.open()
    phone.fill_in(0, "屋檐掉瓦")
    phone.page.wait_for_selector("[data-yh-shots] canvas")
    phone.page.click(SAVE)
    phone.wait_for("照片1张待传", 1)
    phone.restart()
    phone.open()
    phone.go_away(False)
    phone.wait_for("已登记，第", 1)
    phone.wait_for("待传", 0)
    phone.wait_for("照片1张已收到", 1)
    photo = SyncPhoto.objects.get()
    assert photo.client_uuid == Visit.objects.get().client_uuid
    with photo.file.open("rb") as file, Image.open(file) as kept:
        assert (max(kept.size), dict(kept.getexif())) == (1600, {})


def picture(path, size=(4000, 3000)):
    Image.effect_noise(size, 60).convert("RGB").save(path)
    return path


SLOW_PHOTOS = """() => {
  const shrink = createImageBitmap;
  window.createImageBitmap = async (...told) => {
    await new Promise((done) => setTimeout(done, 800));
    return shrink(...told);
  };
}"""


@pytest.mark.looks
def test_a_photo_belongs_to_the_form_on_which_it_was_taken(phone, tmp_path):
    phone.take_along()
    phone.go_away()
    phone.fill_in(0, "屋檐掉瓦")
    phone.page.evaluate(SLOW_PHOTOS)
    # Two at once, the form left and another one opened before either is small.
    files = [picture(tmp_path / name) for name in ("roof.jpg", "wall.jpg")]
    for file in files:
        phone.page.set_input_files("[name=photo]", file)
    phone.page.click("[data-yh-visit] >> text=返回")
    phone.fill_in(1)
    phone.page.wait_for_timeout(2500)
    assert phone.page.inner_text("[data-yh-photos]") == ""
    phone.page.click(SAVE)
    phone.page.wait_for_selector("[data-yh-saved]")
    phone.fill_in(0, "屋檐掉瓦")
    phone.page.click(SAVE)
    phone.go_away(False)
    phone.wait_for("已登记，第", 2)
    phone.wait_for("待传", 0)
    visit = Visit.objects.get(note="屋檐掉瓦")
    owners = SyncPhoto.objects.values_list("client_uuid", flat=True)
    assert list(owners) == [visit.client_uuid] * 2


@pytest.mark.looks
def test_a_photo_that_is_put_off_stays_on_the_phone(phone, tmp_path):
    phone.take_along()
    phone.fill_in(0, "带照片")
    phone.page.set_input_files("[name=photo]", picture(tmp_path / "roof.jpg"))
    phone.page.wait_for_selector("text=已拍1张")
    phone.context.route("**/sync/photos/**", lambda route: route.fulfill(status=429))
    phone.page.click(SAVE)
    phone.wait_for("照片1张待传", 1)
    phone.wait_for("已登记，第", 1)
    assert "1条待发送" in phone.page.inner_text("[data-yh-count]")
    phone.context.unroute("**/sync/photos/**")
    phone.page.click("text=现在发送")
    phone.wait_for("待传", 0)
    assert SyncPhoto.objects.get().is_whole


@pytest.mark.looks
def test_taking_along_again_loses_neither_forms_nor_what_waits(phone):
    phone.take_along()
    phone.go_away()
    phone.log(0, "昨晚没发出去")
    phone.fill_in(1, "写了一半")
    phone.wait_for_draft("写了一半")
    # Written down long before the lease that is taken now.
    PhoneLease.objects.update(issued_at=timezone.now() - timedelta(hours=10))
    phone.context.route("**/api/v1/sync/", lambda route: route.abort())
    phone.come_back_to(TODAY_LIST)
    phone.page.click("[data-yh-take] button")
    phone.page.wait_for_url(f"**{SHELL}")
    later = timezone.now() + timedelta(minutes=30)
    newest = PhoneLease.objects.latest("pk").pk
    with phone.out_of_reach():
        PhoneLease.objects.filter(pk=newest).update(issued_at=later)
    phone.page.locator("[data-yh-doors] a.btn").nth(1).click()
    phone.page.wait_for_selector("[data-yh-visit]")
    assert phone.page.input_value("[name=note]") == "写了一半"
    phone.context.unroute("**/api/v1/sync/")
    phone.open()
    phone.wait_for("已登记，第", 1)
    assert Visit.objects.get().note == "昨晚没发出去"


def test_two_tabs_with_one_door_open_make_one_visit(phone):
    phone.take_along()
    phone.go_away()
    other = phone.context.new_page()
    phone.open(page=other)
    for page in (other, phone.page):
        page.bring_to_front()
        page.locator("[data-yh-doors] a.btn").first.click()
        page.wait_for_selector("[data-yh-visit]")
    for page in (other, phone.page):
        page.bring_to_front()
        page.click(SAVE)
        page.wait_for_selector("[data-yh-saved]")
    phone.wait_for("", 1)


def test_two_texts_in_two_tabs_are_both_kept(phone):
    phone.take_along()
    phone.go_away()
    other = phone.context.new_page()
    phone.open(page=other)
    phone.fill_in(0, "第一份", page=other)
    phone.fill_in(0, "第二份")
    for page in (other, phone.page):
        page.bring_to_front()
        page.click(SAVE)
        page.wait_for_selector("[data-yh-saved]")
    phone.wait_for("第一份", 1)
    phone.wait_for("第二份", 1)


@pytest.mark.looks
def test_what_is_on_the_screen_when_the_lease_ends_is_not_lost(phone):
    phone.take_along()
    phone.go_away()
    phone.fill_in(0, "到点还在写")
    phone.page.evaluate(EXPIRE)
    phone.page.click(SAVE)
    phone.page.wait_for_selector("[data-yh-saved]")
    phone.page.wait_for_selector("[data-yh-nothing]")
    phone.go_away(False)
    phone.wait_for("已登记，第", 1)
    assert Visit.objects.get().note == "到点还在写"


def test_a_lost_phone_forgets_its_day_when_it_is_in_reach(phone):
    phone.take_along()
    assert phone.stores()["lease"] is True
    with phone.out_of_reach():
        PhoneLease.objects.update(ended_at=timezone.now())
    phone.come_back_to(TODAY_LIST)
    phone.open()
    phone.page.wait_for_selector("[data-yh-nothing]")
    assert phone.stores()["lease"] is False


def test_what_can_never_be_taken_may_be_given_up(phone):
    phone.take_along()
    phone.fill_in(0, "很久以前")
    pick(phone.page, "[name=when][value=other]")
    phone.page.fill("[name=other_at]", "2020-01-01T09:00")
    phone.page.click(SAVE)
    phone.wait_for("需要您改一改", 1)
    phone.page.on("dialog", lambda dialog: dialog.accept())
    phone.page.click("text=不再发送")
    phone.wait_for("", 0)


@pytest.mark.looks
def test_no_page_of_a_person_is_kept(phone):
    phone.take_along()
    phone.open(TODAY_LIST)
    phone.open("/communities/residents/")
    phone.open()
    kept = phone.page.evaluate(KEPT_PATHS)
    assert SHELL in kept
    assert [path for path in kept if not path.startswith(("/static/", SHELL))] == []


@pytest.mark.looks
def test_a_copied_profile_tells_nobody(phone, people, tmp_path):
    names = [person.name for person in people]
    numbers = [f"33038119{at:03d}10{at:03d}X"[:18] for at in range(SEEDED - PEOPLE)]
    grid = people[0].org_unit
    seeds = [make_resident(grid, name=f"秘{at}居民{at}号") for at in range(20)]
    phone.take_along()
    phone.go_away()
    phone.log(0, "血压一百八十说给谁都不行")
    phone.fill_in(1, "半张表上的秘密话")
    phone.wait_for_draft("半张表上的秘密话")
    phone.switch_off()
    told = [*names, *(one.name for one in seeds), *numbers]
    told += ["血压一百八十", "半张表上的秘密话", "试验巷", "独居老人"]
    whole = b"".join(
        path.read_bytes()
        for path in (tmp_path / "profile").rglob("*")
        if path.is_file() and not path.is_symlink()
    )
    found = [
        words
        for words in told
        for octets in (words.encode(), words.encode("utf-16-le"))
        if octets in whole
    ]
    assert found == []
    # The search finds what is there.
    assert SHELL.encode() in whole
    phone.switch_on()


@pytest.mark.looks
def test_a_browser_inside_an_app_says_that_it_cannot(phone):
    phone.switch_off()
    phone.switch_on(user_agent=WECHAT)
    phone.sign_in()
    assert "用手机自带的浏览器打开" in phone.page.inner_text("main")
    assert not phone.page.is_visible("[data-yh-take] button")
    phone.open()
    assert "不能离线登记" in phone.page.inner_text("main")


@pytest.mark.looks
def test_another_person_on_the_phone_does_not_find_the_list(phone, people):
    # Before the phone asks anything of the database.
    make_user("other", password=PASSWORD)
    Assignment.objects.create(
        user=User.objects.get(username="other"),
        role=Group.objects.get(profile__slug="worker"),
        org_unit=people[0].org_unit.community,
    )
    phone.take_along()
    phone.context.clear_cookies()
    phone.open("/desk/")
    phone.page.fill("[name=login]", "other")
    phone.page.fill("[name=password]", PASSWORD)
    phone.page.press("[name=password]", "Enter")
    phone.page.wait_for_url("**/desk/")
    phone.open()
    phone.page.wait_for_selector("[data-yh-nothing]")
    assert phone.stores()["lease"] is False
