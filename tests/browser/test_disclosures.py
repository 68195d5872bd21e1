"""A resident reads, asks and finds the answer: no account, no script needed."""

from datetime import date

import pytest

from governance.models import Question
from governance.workflows import QuestionWorkflow
from tests.browser.judging import overflow, violations
from tests.factories import (
    make_assignment,
    make_disclosure,
    make_matter,
    make_org_unit,
    make_statement,
    make_voucher,
)
from toolkit.reference_clocks import load_clock_limits

DONGHU = "330381002901"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def shown(transactional_db):
    """The statement of one community, published."""
    load_clock_limits()
    street = make_org_unit("street", "330381002000", name="玉海街道")
    donghu = make_org_unit("community", DONGHU, parent=street, name="东湖社区")
    lin = make_assignment("lin", donghu).user
    matter = make_matter(street, second_level="月度收支")
    june = make_statement(donghu, day=date(2026, 6, 1), opening=1000, counted=880)
    said = {"amount": 120, "purpose": "换门锁", "approver": lin}
    make_voucher(donghu, status="approved", **said)
    about = {"title": "6月收支情况", "matter": matter, "statement": june}
    return make_disclosure(donghu, status="published", author=lin, **about)


@pytest.mark.parametrize("script", [True, False])
def test_a_resident_reads_asks_and_sees_the_answer(shown, open_page, script):
    page = open_page("/disclosure/", script=script, width=390)
    page.click("text=6月收支情况")
    assert "换门锁" in page.locator("main").inner_text()
    page.fill("[name=text]", "换的是哪一扇门？")
    page.check("[name=is_open]")
    page.click("text=提交问题")
    code = page.locator(".yh-gist b").inner_text()
    assert "街道服务承诺" in page.locator("main").inner_text()

    question = Question.objects.get()
    question.reply = "东门口的铁门。"
    question.save()
    QuestionWorkflow.apply(question, "answer", by=shown.author)

    page.goto(page.url.partition("/disclosure/")[0] + "/disclosure/asked/")
    page.fill("[name=code]", code.lower())
    page.click("text=看答复")
    assert "东门口的铁门" in page.locator("main").inner_text()
    page.click("main >> text=6月收支情况")
    # Browsers keep public pages for ten seconds.
    page.reload()
    assert "东门口的铁门" in page.locator("main").inner_text()
    assert page.context.cookies() == []


def test_a_complaint_reaches_the_street(shown, open_page):
    page = open_page("/disclosure/missing/", script=False, width=390)
    page.select_option("[name=unit]", label="东湖社区")
    page.select_option("[name=matter]", label="月度收支")
    page.fill("[name=text]", "7月的收支没有公开。")
    page.click("main >> button:has-text('向街道反映')")
    assert "待受理" in page.locator("main").inner_text()


@pytest.mark.looks
@pytest.mark.parametrize("width", [1440, 390, 360])
def test_everybody_can_use_every_page(shown, open_page, live_server, width):
    page, wrong = open_page("/", bypass_csp=True, width=width), {}
    paths = ["", f"{shown.pk}/", f"{shown.pk}/poster/", "asked/", "missing/"]
    paths.append(f"board/{DONGHU}/")
    for path in paths:
        page.goto(f"{live_server.url}/disclosure/{path}")
        if found := violations(page):
            wrong[path] = found
        if over := overflow(page):
            wrong[f"{path} is too wide"] = over
    assert wrong == {}
