"""The pages of vouchers and statements."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import Voucher
from notices.demo_files import page as pdf
from tests.factories import (
    make_approval_tier,
    make_assignment,
    make_statement,
    make_voucher,
)
from toolkit.models import AuditEvent

NEW = "/governance/vouchers/new/"


@pytest.fixture
def sent(donghu, street):
    make_approval_tier(street, least=0, source="街道规定第三条")
    return {
        "org_unit": donghu.pk,
        "kind": "expense",
        "dated_on": "2026-06-10",
        "amount": "120.50",
        "purpose": "打印纸",
        "paper": pdf("收据", ["打印纸"]),
    }


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_voucher_goes_from_paper_to_the_books(browse, lin, donghu, sent):
    answer = browse(lin).post(NEW, sent)
    page = browse(lin).get(answer.url).content.decode()
    assert "街道规定第三条" in page
    voucher = Voucher.objects.get()
    do = f"/governance/vouchers/{voucher.pk}/do"
    browse(lin).post(f"{do}/submit/")
    refused = browse(lin).post(f"{do}/approve/")
    assert "请由另一人审批" in refused.content.decode()
    hua = make_assignment("hua", donghu).user
    browse(hua).post(f"{do}/approve/")
    voucher.refresh_from_db()
    assert (voucher.status, voucher.handler, voucher.approver) == ("approved", lin, hua)


def test_the_paper_is_handed_out_to_who_may_see_it(browse, lin, chen, sent):
    browse(lin).post(NEW, sent)
    url = f"/governance/vouchers/{Voucher.objects.get().pk}/file/"
    answer = browse(lin).get(url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert AuditEvent.objects.filter(verb="read", actor=lin).exists()
    assert browse(chen).get(url).status_code == 404


def test_a_page_that_is_no_paper_is_refused(browse, lin, sent):
    sent["paper"] = SimpleUploadedFile("a.pdf", b"<html>")
    assert browse(lin).post(NEW, sent).status_code == 422


def test_an_approved_voucher_is_not_changed(browse, lin, donghu):
    voucher = make_voucher(donghu, status="approved")
    url = f"/governance/vouchers/{voucher.pk}/edit/"
    assert browse(lin).get(url).status_code == 400


def test_the_page_of_a_statement_says_what_is_off(browse, lin, donghu):
    month = date(2026, 9, 1)
    statement = make_statement(donghu, day=month, opening=100, counted=90)
    page = browse(lin).get(statement.get_absolute_url()).content.decode()
    assert "账实不符" in page
    assert "相差-10.00元" in page
