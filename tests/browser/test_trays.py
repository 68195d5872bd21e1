"""A director decides of what a phone handed in: seen on the desk, compared, settled."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Assignment
from accounts.roles import load_roles
from tests.browser.conftest import PASSWORD
from tests.browser.judging import overflow
from tests.factories import (
    make_handed_in,
    make_org_unit,
    make_resident,
    make_user,
    make_visit,
)
from toolkit.history import history_of
from visits.models import HandedIn, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

on_any_screen = pytest.mark.parametrize(
    ("width", "script"), [(1440, True), (1440, False), (390, True)]
)


@pytest.fixture
def told_twice(transactional_db):
    """Wu stored that Wang is well; her phone hands in that Wang needs help."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", "330381002901", parent=street, name="东湖社区")
    grid = make_org_unit("grid", "330381002901001", parent=donghu, name="01网格")
    load_roles()
    Assignment.objects.create(
        user=make_user("director", password=PASSWORD, name="林秀芬"),
        role=Group.objects.get(profile__slug="director"),
        org_unit=donghu,
    )
    wu, wang = make_user("worker", name="吴丽君"), make_resident(grid, name="王阿婆")
    number, at = uuid4(), timezone.now() - timedelta(hours=2)
    stored = {"client_uuid": number, "logged_by": wu, "visited_at": at}
    make_visit(grid, resident=wang, note="精神好。", **stored)
    return make_handed_in(
        grid,
        wang,
        client_uuid=number,
        by=wu,
        moment=at,
        occurred_at=at,
        result="conflict",
        told={"outcome": "needs_help", "note": "药快没了。"},
    )


def text_of(page):
    return page.locator("main").inner_text()


@on_any_screen
def test_what_differs_is_read_and_the_phone_is_believed(
    width, script, sign_in, told_twice
):
    page = sign_in("director", "/desk/", width=width, script=script)
    assert "1 条待核对" in text_of(page)
    page.click("main >> a:has-text('王阿婆')")
    page.wait_for_url("**/visits/trays/*/")
    rows = page.locator("tr:has-text('不同')").all_inner_texts()
    assert [row.split()[0] for row in rows] == ["情况", "记一句", "约定再访"]
    assert "需要帮助" in rows[0]
    assert overflow(page) == 0
    page.click("summary:has-text('按手机上的更正')")
    page.fill("#id_note_take_sent", "吴丽君说后来又去看了")
    page.click("details[open] button[type=submit]")
    page.wait_for_selector("text=已按手机上的更正。")
    visit = Visit.objects.get()
    assert (visit.outcome, visit.note) == ("needs_help", "药快没了。")
    assert "吴丽君说后来又去看了" in history_of(visit).first().note
    assert json.loads(HandedIn.objects.get().body)["note"] == "药快没了。"
    assert page.locator("main >> button:has-text('不改，保留已登记的')").count() == 0
    page.click(".breadcrumb a")
    page.wait_for_url("**/visits/trays/")
    assert "没有要核对的离线登记" in text_of(page)
    assert overflow(page) == 0
    assert page.heard == []


@pytest.mark.looks
@pytest.mark.parametrize(
    ("width", "script", "is_open"),
    [
        (1440, True, True),
        (390, False, True),
        (390, True, False),
    ],
)
def test_what_is_the_same_is_folded_on_a_phone(
    width, script, is_open, sign_in, told_twice
):
    url = told_twice.get_absolute_url()
    page = sign_in("director", url, width=width, script=script)
    assert page.locator("tr:has-text('不同')").first.is_visible()
    assert page.locator("tr:has-text('相同')").first.is_visible() == is_open
    assert overflow(page) == 0


@pytest.mark.looks
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_name_in_a_row_looks_like_a_link(scheme, sign_in, told_twice):
    page = sign_in("director", "/desk/", width=390)
    page.emulate_media(color_scheme=scheme)
    looks = "e => [getComputedStyle(e).color, getComputedStyle(e).textDecorationLine]"
    name = page.locator(".yh-links b:text-is('王阿婆')").evaluate(looks)
    assert name == page.locator(".yh-block>header>a").first.evaluate(looks)
    about = page.locator(".yh-links b+span").first.evaluate(looks)
    assert about[1] == "none"
