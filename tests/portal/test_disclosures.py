"""Residents read, ask and complain without an account (F025)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.disclosing.asking import PER_HOUR
from governance.models import Complaint, Question
from governance.workflows import ComplaintWorkflow, QuestionWorkflow
from tests.factories import (
    make_disclosure,
    make_matter,
    make_question,
    make_statement,
    make_voucher,
)
from toolkit.reference_clocks import load_clock_limits

TEXT = "打印纸买了多少？"


@pytest.fixture
def shown(donghu):
    matter = make_matter(donghu, second_level="月度收支")
    return make_disclosure(
        donghu, title="6月收支情况", status="published", matter=matter
    )


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def ask(client, row, text=TEXT, **more):
    return client.post(f"/disclosure/{row.pk}/ask/", {"text": text, **more})


def test_the_list_shows_what_is_published(client, shown, xihu):
    make_disclosure(xihu, title="没写完的草稿")
    page = page_of(client, "/disclosure/")
    assert "6月收支情况" in page
    assert "没写完的草稿" not in page
    assert "6月收支情况" not in page_of(client, f"/disclosure/?unit={xihu.code}")
    assert "6月收支情况" not in page_of(client, "/disclosure/?group=party")


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn", "corrected"])
def test_what_is_not_public_is_not_found(client, donghu, status):
    row = make_disclosure(donghu, status=status)
    for path in ("", "poster/"):
        assert client.get(f"/disclosure/{row.pk}/{path}").status_code == 404
    assert ask(client, row).status_code == 404


def test_a_matter_for_a_few_is_not_found(client, donghu):
    few = make_matter(donghu, audience="some")
    row = make_disclosure(donghu, status="published", matter=few)
    assert client.get(f"/disclosure/{row.pk}/").status_code == 404
    assert row.title not in page_of(client, "/disclosure/")


def test_a_statement_is_shown_with_its_vouchers(client, donghu, lin):
    day = timezone.localdate() - timedelta(days=40)
    statement = make_statement(donghu, day=day, opening=1000, counted=880)
    said = {"dated_on": statement.starts_on, "amount": 120, "purpose": "换门锁"}
    make_voucher(donghu, status="approved", approver=lin, **said)
    row = make_disclosure(donghu, status="published", statement=statement)
    page = page_of(client, f"/disclosure/{row.pk}/")
    for words in ("换门锁", "1,000.00", "120.00", "880.00"):
        assert words in page


def test_a_question_gets_a_code_and_a_clock(client, shown):
    answer = ask(client, shown)
    page = page_of(client, answer.url)
    assert TEXT in page
    assert "7个工作日" in page
    assert "街道服务承诺" in page
    assert Question.objects.get().code_hash not in answer.url


def test_sending_nothing_or_too_much_is_no_question(client, shown):
    for text in ("", "好", "字" * 501, "加我13800138000谢谢", "看 http://a.cn 好"):
        assert ask(client, shown, text).status_code == 422, text
    assert not Question.objects.exists()


def test_a_program_that_fills_in_everything_is_refused(client, shown):
    assert ask(client, shown, homepage="http://spam").status_code == 422
    assert not Question.objects.exists()


def test_a_form_on_another_site_is_refused(client, shown):
    asking = f"/disclosure/{shown.pk}/ask/"
    for path in (asking, "/disclosure/missing/", "/disclosure/asked/"):
        sent = {"text": TEXT}
        answer = client.post(path, sent, headers={"origin": "https://elsewhere.cn"})
        assert answer.status_code == 400, path


def test_one_address_asks_so_often_in_an_hour(client, shown):
    for _time in range(PER_HOUR):
        assert ask(client, shown).status_code == 302
    refused = ask(client, shown, "第七个问题是什么")
    assert refused.status_code == 429
    assert "第七个问题是什么" in refused.content.decode()
    other = client.post(
        f"/disclosure/{shown.pk}/ask/", {"text": TEXT}, REMOTE_ADDR="10.1.1.1"
    )
    assert other.status_code == 302


@pytest.mark.parametrize("is_open", [True, False])
def test_the_answer_is_public_where_the_asker_agrees(client, shown, lin, is_open):
    code = ask(client, shown, is_open="on" if is_open else "").url
    question = Question.objects.get()
    question.reply = "两箱，共120元。"
    question.save()
    assert question.reply not in page_of(client, code)
    QuestionWorkflow.apply(question, "answer", by=lin)
    assert question.reply in page_of(client, code)
    seen = question.reply in page_of(client, f"/disclosure/{shown.pk}/")
    assert seen == is_open


def test_a_declined_question_is_never_public(client, donghu, shown):
    about = {"reply": "与公开无关。", "status": "declined", "is_open": True}
    make_question(donghu, disclosure=shown, **about)
    assert "这笔支出是做什么的" not in page_of(client, f"/disclosure/{shown.pk}/")


def test_the_code_is_read_however_it_is_typed(client, shown):
    code = ask(client, shown).url.rstrip("/").rpartition("/")[2]
    typed = f" {code[:5].lower()}-{code[5:]} "
    answer = client.post("/disclosure/asked/", {"code": typed})
    assert answer.url == f"/disclosure/asked/{code}/"


def test_a_wrong_code_opens_nothing(client, shown):
    ask(client, shown)
    assert client.post("/disclosure/asked/", {"code": "22222"}).status_code == 422
    assert client.get("/disclosure/asked/2222222222/").status_code == 404


def test_nobody_keeps_the_page_of_a_code(client, shown):
    answer = client.get(ask(client, shown).url)
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies


def test_a_complaint_goes_to_the_street_with_its_clock(client, donghu, mei):
    load_clock_limits()
    sent = {"unit": donghu.code, "kind": "missing", "text": "6月收支没有公开。"}
    code = client.post("/disclosure/missing/", sent).url
    assert "第二十三条" in page_of(client, code)
    complaint = Complaint.objects.get()
    assert complaint.org_unit == donghu
    ComplaintWorkflow.apply(complaint, "accept", by=mei)
    assert "60天" in page_of(client, code)
    complaint.refresh_from_db()
    complaint.reply = "属实，已责令三天内公布。"
    complaint.save()
    ComplaintWorkflow.apply(complaint, "order", by=mei)
    assert complaint.reply in page_of(client, code)


def test_a_complaint_of_no_community_is_refused(client, donghu):
    sent = {"unit": "1", "kind": "missing", "text": "6月收支没有公开。"}
    assert client.post("/disclosure/missing/", sent).status_code == 422


def test_posters_lead_to_their_pages(client, shown, donghu):
    one = page_of(client, f"/disclosure/{shown.pk}/poster/")
    assert f"/disclosure/{shown.pk}/</small>" in one
    board = page_of(client, f"/disclosure/board/{donghu.code}/")
    assert f"/disclosure/?unit={donghu.code}</small>" in board
    assert client.get("/disclosure/board/1/").status_code == 404


def test_the_search_of_the_site_finds_it(client, shown):
    assert f"/disclosure/{shown.pk}/" in page_of(client, "/search/?q=收支情况")
