"""A notice from the first word to the resident's screen, by two people in browsers."""

import pytest

from communities.models import UnitProfile
from tests.browser.conftest import PASSWORD
from tests.browser.judging import overflow, violations
from tests.factories import make_assignment, make_building, make_org_unit, make_user

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIST = "/notices/notices/"


@pytest.fixture
def office(transactional_db):
    """Donghu with a clerk who writes and a second person who publishes."""
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", "330381002901", parent=street, name="东湖社区")
    UnitProfile.objects.create(org_unit=donghu, phone="0577-65810002")
    for name in ("clerk", "reviewer"):
        make_assignment(name, donghu, user=make_user(name, password=PASSWORD))
    return make_building(donghu)


def write(page):
    page.click("text=起草通知")
    page.fill("[name=title]", "东湖巷停水通知")
    page.fill("[name=gist]", "明天上午停水，请提前存水。")
    page.fill("[name=body]", "一、时间\n日期\t范围\n25日\t东湖巷")
    page.fill("[name=facts]", "时间：25日上午")
    page.fill("[name=contact_phone]", "0577-65810002")
    page.click("text=保存")


def attach(page, name, text):
    file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    page.set_input_files("[name=file]", file)
    page.click("text=添加附件")


@pytest.mark.parametrize("script", [True, False])
def test_a_notice_is_written_reviewed_and_read(script, office, sign_in, open_page):
    clerk = sign_in("clerk", LIST, script=script)
    write(clerk)
    attach(clerk, "名单.txt", "张三 330381190001010018")
    clerk.click("text=提交审核")
    assert "身份证号码 33*************018" in clerk.locator("main").inner_text()
    clerk.click("text=移除")
    clerk.click("text=选择楼幢")
    clerk.click(f"summary:has-text('{office.lane.name}')")
    clerk.check(f"[value='{office.pk}']")
    clerk.click("text=保存")
    clerk.click("text=提交审核")
    assert clerk.locator("text=审核通过并发布").count() == 0
    reviewer = sign_in("reviewer", LIST, script=script)
    reviewer.click("text=东湖巷停水通知")
    reviewer.click("text=审核通过并发布")
    reader = open_page("/notices/", script=script, width=390)
    reader.click("text=东湖巷停水通知")
    shown = reader.locator("main").inner_text()
    assert office.lane.name in shown
    assert "0577-65810002" in shown


@pytest.mark.looks
@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_the_staff_pages(width, office, sign_in):
    page = sign_in("clerk", LIST, width=width, bypass_csp=True)
    wrong = {"list": violations(page)}
    with page.expect_navigation():
        page.click("text=起草通知")
    wrong["form"] = violations(page)
    page.go_back()
    write(page)
    wrong["draft"] = violations(page)
    with page.expect_navigation():
        page.click("text=选择楼幢")
    wrong["buildings"] = violations(page)
    assert {name: found for name, found in wrong.items() if found} == {}
    assert overflow(page) == 0
