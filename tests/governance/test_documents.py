"""Papers of terms, upgrades and recruitments: checked, kept, handed out in scope."""

import pytest
from django.urls import reverse

from governance.models import Document, Recruitment
from tests.factories import (
    make_assignment,
    make_document,
    make_recruitment,
    make_term,
    make_upgrade,
)
from tests.governance.papers import disguised, pdf
from toolkit.models import AuditEvent

MAKERS = {
    "term": make_term,
    "upgrade": make_upgrade,
    "recruitment": make_recruitment,
}
every_owner = pytest.mark.parametrize("name", MAKERS)


def add_url(name, owner):
    return reverse(f"governance:{name}-document-add", args=[owner.pk])


def urls_of(name, owner, document):
    keys = [owner.pk, document.pk]
    return [
        reverse(f"governance:{name}-document{tail}", args=keys)
        for tail in ("", "-remove")
    ]


@pytest.fixture
def put_in(browse, mei):
    """Upload a paper as Mei and return it."""

    def send(name, owner, **sent):
        sent = sent or {"paper": pdf(), "title": "批复"}
        assert browse(mei).post(add_url(name, owner), sent).status_code == 302
        return Document.objects.kept().last()

    return send


@every_owner
def test_a_paper_is_put_in_and_handed_out(name, put_in, browse, mei, donghu):
    owner = MAKERS[name](donghu)
    document = put_in(name, owner)
    assert document.owner == owner
    shown, _taken = urls_of(name, owner, document)
    answer = browse(mei).get(shown)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    assert AuditEvent.objects.filter(verb="read", actor=mei).exists()
    page = reverse(f"governance:{name}-detail", args=[owner.pk])
    assert shown in browse(mei).get(page).content.decode()


@every_owner
def test_who_works_elsewhere_gets_no_paper(name, put_in, browse, chen, donghu):
    owner = MAKERS[name](donghu)
    document = put_in(name, owner)
    shown, taken = urls_of(name, owner, document)
    visitor = browse(chen)
    assert visitor.get(shown).status_code == 404
    assert visitor.post(taken).status_code == 404
    assert visitor.post(add_url(name, owner), {"paper": pdf()}).status_code == 404
    assert Document.objects.kept().count() == 1


@every_owner
def test_who_only_reads_puts_nothing_in(name, browse, donghu):
    owner = MAKERS[name](donghu)
    reader = make_assignment("reader", donghu, [f"view_{name}"]).user
    assert browse(reader).post(add_url(name, owner), {}).status_code == 403


def test_a_paper_belongs_to_the_address_it_is_asked_at(put_in, browse, mei, donghu):
    document = put_in("term", make_term(donghu))
    shown, _taken = urls_of("term", make_term(donghu), document)
    assert browse(mei).get(shown).status_code == 404


def test_what_only_calls_itself_a_paper_is_refused(browse, mei, donghu):
    owner = make_term(donghu)
    answer = browse(mei).post(
        add_url("term", owner), {"paper": disguised()}, follow=True
    )
    assert "材料没有添加" in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "statement", ["", "身份证 330381199505011234", "电话13800000000"]
)
def test_a_statement_says_something_and_no_numbers_of_people(
    browse, mei, donghu, statement
):
    url = add_url("recruitment", make_recruitment(donghu))
    browse(mei).post(url, {"statement": statement})
    assert not Document.objects.exists()


def test_a_term_is_proved_by_a_file_only(browse, mei, donghu):
    browse(mei).post(add_url("term", make_term(donghu)), {"statement": "有文件。"})
    assert not Document.objects.exists()


def test_a_paper_that_was_taken_off_is_kept_and_not_handed_out(
    put_in, browse, mei, donghu
):
    owner = make_term(donghu)
    document = put_in("term", owner)
    shown, taken = urls_of("term", owner, document)
    browse(mei).post(taken)
    assert Document.objects.get().removed_at
    assert browse(mei).get(shown).status_code == 404


def test_what_opened_a_gate_stays(browse, mei, donghu):
    owner = make_recruitment(donghu, status="announced")
    document = make_document(donghu, recruitment=owner, stage="draft")
    _shown, taken = urls_of("recruitment", owner, document)
    browse(mei).post(taken)
    assert Document.objects.kept().exists()


def test_a_recruitment_that_is_over_takes_no_more_papers(browse, mei, donghu):
    owner = make_recruitment(donghu, status="appointed")
    browse(mei).post(add_url("recruitment", owner), {"paper": pdf()})
    assert not Document.objects.exists()
    assert Recruitment.objects.get().is_over


def test_a_renewal_is_entered_with_its_paper(browse, mei, donghu, committee):
    sent = {
        "body": committee.pk,
        "began_on": "2026-10-20",
        "document": "玉街〔2026〕9号",
        "paper": pdf("换届批复"),
    }
    answer = browse(mei).post(reverse("governance:term-create"), sent)
    assert answer.status_code == 302
    document = Document.objects.get()
    assert (document.title, document.term.document) == ("换届批复", "玉街〔2026〕9号")
    page = browse(mei).get(committee.get_absolute_url()).content.decode()
    assert "文件1份" in page
    assert "没有上传文件" in page


def test_a_body_is_entered_with_its_founding_paper(browse, mei, donghu):
    sent = {"org_unit": donghu.pk, "kind": "council", "name": "东湖协商会"}
    url = reverse("governance:body-create")
    refused = browse(mei).post(url, sent | {"paper": pdf()})
    assert "began_on" in refused.context["form"].errors
    sent |= {"began_on": "2024-10-20", "paper": pdf()}
    assert browse(mei).post(url, sent).status_code == 302
    assert Document.objects.get().term.body.name == "东湖协商会"
