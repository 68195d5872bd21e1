import io

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from notices import attaching
from notices.actions import MOST_ATTACHMENTS
from notices.models import NoticeAttachment
from notices.workflows import NoticeWorkflow
from tests.factories import make_attachment, make_published
from tests.toolkit import hidden_texts
from tests.toolkit.elsewhere import held_elsewhere
from toolkit.audit_fields import field_words
from toolkit.child import run_limited
from toolkit.models import AuditEvent

NUMBER = "330381190001010018"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sheet_with(value, name="登记表.xlsx"):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["姓名", "号码"])
        sheet.write_row(2, 0, ["张三", value])
    return SimpleUploadedFile(name, stream.getvalue())


def send(visitor, notice, file, **fields):
    url = f"/notices/notices/{notice.pk}/files/"
    return visitor.post(url, {"file": file, **fields})


@pytest.mark.parametrize("value", [NUMBER, 13800138000])
def test_a_personal_number_in_a_cell_blocks_the_publication(value, draft, browse, lin):
    assert send(browse(lin), draft, sheet_with(value)).status_code == 302
    finding = draft.attachments.get().findings[0]
    assert finding["place"] == "工作表“名单”第 3 行"
    assert str(value) not in str(finding)
    answer = browse(lin).post(f"/notices/notices/{draft.pk}/do/submit/", follow=True)
    assert "还不能提交审核，请先改" in answer.content.decode()


def test_a_number_over_two_cells_blocks_and_figures_beside_each_other_do_not(
    draft, browse, lin
):
    def fill(book):
        book.active.append(["张三", NUMBER[:6], NUMBER[6:]])
        book.active.append(["砂石", 150, 2000, 3000])
        book.active.append(["150", "20000000"])

    data = hidden_texts.workbook_with(fill)
    send(browse(lin), draft, SimpleUploadedFile("登记表.xlsx", data))
    [finding] = draft.attachments.get().findings
    assert finding["label"] == "身份证号码"
    assert finding["place"].endswith("第 2 行")


def test_a_phone_over_two_cells_blocks_behind_its_head(draft, browse, lin):
    def fill(book):
        book.active.append(["联系电话", "138", "00138000"])
        book.active.append(["砂石", "138", "00138000"])

    data = hidden_texts.workbook_with(fill)
    send(browse(lin), draft, SimpleUploadedFile("登记表.xlsx", data))
    [finding] = draft.attachments.get().findings
    assert finding["place"].endswith("第 2 行")


def uploaded(place, name="登记表.xlsx"):
    """Return a workbook with an ID number in a place where no cell shows it."""
    return SimpleUploadedFile(name, hidden_texts.workbooks(NUMBER)[place])


@pytest.mark.parametrize(
    ("place", "words"),
    [("comment", "批注"), ("sheet name", "工作表名称"), ("property", "看不到的地方")],
)
def test_a_number_that_no_cell_shows_blocks_as_well(place, words, draft, browse, lin):
    send(browse(lin), draft, uploaded(place))
    finding = draft.attachments.get().findings[0]
    assert words in finding["place"]
    assert finding["label"] == "身份证号码"
    with pytest.raises(ValidationError, match="还不能提交审核"):
        NoticeWorkflow.apply(draft, "submit", by=lin)


def test_the_number_in_the_name_of_a_sheet_is_masked_in_every_place(draft, browse, lin):
    def fill(book):
        book.active.title = NUMBER
        book.active["A1"] = 13800138000

    data = hidden_texts.workbook_with(fill)
    send(browse(lin), draft, SimpleUploadedFile("登记表.xlsx", data))
    findings = draft.attachments.get().findings
    assert len(findings) == 2
    assert NUMBER not in str(findings)


def test_a_scan_with_properties_is_left_to_the_eyes_of_a_person(draft, browse, lin):
    data = hidden_texts.pdfs("13800138000")["property"]
    send(browse(lin), draft, SimpleUploadedFile("扫描件.pdf", data))
    attachment = draft.attachments.get()
    assert not attachment.was_read
    assert attachment.findings[0]["masked"] == "138****8000"


def test_a_clean_file_gets_through(draft, browse, lin, hua):
    send(browse(lin), draft, sheet_with("2桶"), title="送水登记表")
    attachment = draft.attachments.get()
    assert (attachment.title, attachment.findings) == ("送水登记表", [])
    assert attachment.was_read
    NoticeWorkflow.apply(draft, "submit", by=lin)
    assert NoticeWorkflow.apply(draft, "publish", by=hua).is_public()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg onload='alert(1)'/>"),
        ("table.xlsx", b"not a workbook"),
        ("note.pdf", b"%PDF-1.4 broken"),
        ("empty.txt", b""),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(name, content, draft, browse, lin):
    answer = send(browse(lin), draft, SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert not NoticeAttachment.objects.exists()


def test_a_file_is_read_before_anything_is_locked(draft, browse, lin, monkeypatch):
    depths = []

    def ask(*args, **kwargs):
        depths.append(len(connection.savepoint_ids))
        return run_limited(*args, **kwargs)

    monkeypatch.setattr(attaching, "run_limited", ask)
    send(browse(lin), draft, sheet_with(NUMBER))
    # The test itself runs in a transaction; there is none within it.
    assert depths == [len(connection.savepoint_ids)]
    assert draft.attachments.get().findings


def test_a_file_that_takes_too_long_is_refused(draft, browse, lin, monkeypatch):
    monkeypatch.setattr(attaching, "READING_SECONDS", 0)
    answer = send(browse(lin), draft, sheet_with("x"))
    assert answer.status_code == 422
    assert "处理超时" in answer.content.decode()
    assert not NoticeAttachment.objects.exists()


@pytest.mark.parametrize("held", ["reading-by:{by}", "reading:0"])
def test_one_file_is_read_at_a_time_and_few_of_all_accounts(
    held, draft, browse, lin, settings, tmp_path, monkeypatch
):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(attaching, "MOST_READERS", 1)
    with held_elsewhere(held.format(by=lin.pk)):
        answer = send(browse(lin), draft, sheet_with("x"), title="报名表")
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "再添加" in page
    assert 'value="报名表"' in page
    assert not NoticeAttachment.objects.exists()
    assert send(browse(lin), draft, sheet_with("x")).status_code == 302


def test_a_file_with_a_file_in_it_is_refused_with_a_sentence(draft, browse, lin):
    kind, data = hidden_texts.with_files(NUMBER)["object"]
    answer = send(browse(lin), draft, SimpleUploadedFile(f"通知.{kind}", data))
    assert answer.status_code == 422
    assert "附件里嵌有别的文件，请取出后单独上传。" in answer.content.decode()


def test_no_file_is_refused_with_a_sentence(draft, browse, lin):
    answer = browse(lin).post(f"/notices/notices/{draft.pk}/files/")
    assert answer.status_code == 422
    assert "附件没有添加：" in answer.content.decode()


def test_who_sent_a_wrong_file_stays_on_the_page_of_the_notice(draft, browse, lin):
    old = SimpleUploadedFile("名单.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    page = send(browse(lin), draft, old, title="报名表").content.decode()
    assert page.count("请去掉密码，另存为 docx 或 xlsx") == 2
    assert 'value="报名表"' in page
    for part in (draft.title, 'name="file"', "发布前检查", "yh-rail"):
        assert part in page


def test_the_page_of_a_refused_file_may_be_opened_again(draft, browse, lin, chen):
    url = f"/notices/notices/{draft.pk}/files/"
    assert browse(lin).get(url).url == draft.get_absolute_url()
    assert browse(chen).get(url).status_code == 404


def test_one_file_too_many_is_told_on_the_page(draft, browse, lin):
    for _number in range(MOST_ATTACHMENTS):
        make_attachment(draft)
    answer = send(browse(lin), draft, sheet_with("x"))
    assert answer.status_code == 422
    assert "附件最多 10 个" in answer.content.decode()
    assert draft.attachments.count() == MOST_ATTACHMENTS


def test_what_was_handed_in_takes_no_more_files(draft, browse, lin):
    NoticeWorkflow.apply(draft, "submit", by=lin)
    assert send(browse(lin), draft, sheet_with("x")).status_code == 400
    assert not NoticeAttachment.objects.exists()


def test_who_adds_a_file_counts_as_its_editor(draft, browse, hua):
    send(browse(hua), draft, sheet_with("x"))
    draft.refresh_from_db()
    assert draft.edited_by == hua


def test_a_removed_file_is_closed_not_deleted(draft, browse, lin):
    attachment = make_attachment(draft)
    url = f"/notices/notices/{draft.pk}/files/{attachment.pk}/"
    assert browse(lin).post(f"{url}remove/").status_code == 302
    assert browse(lin).get(url).status_code == 404
    assert NoticeAttachment.objects.filter(removed_at__isnull=False).count() == 1
    assert browse(lin).post(f"{url}remove/").status_code == 404


def test_the_public_gets_no_file_of_a_draft(draft, client):
    attachment = make_attachment(draft)
    url = f"/notices/{draft.pk}/files/{attachment.uid}/"
    assert client.get(url).status_code == 404


def test_the_public_gets_the_file_while_the_notice_is_shown(donghu, client, hua):
    notice = make_published(donghu)
    attachment = make_attachment(notice, content=b"hello")
    url = f"/notices/{notice.pk}/files/{attachment.uid}/"
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == b"hello"
    assert "attachment" in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]
    NoticeWorkflow.apply(notice, "withdraw", by=hua, note="内容有误")
    assert client.get(url).status_code == 404


def test_a_file_is_found_only_under_its_own_notice(donghu, client):
    one, other = make_published(donghu), make_published(donghu)
    attachment = make_attachment(one)
    assert client.get(f"/notices/{other.pk}/files/{attachment.uid}/").status_code == 404


def test_staff_of_another_community_get_no_file(draft, browse, chen):
    attachment = make_attachment(draft)
    url = f"/notices/notices/{draft.pk}/files/{attachment.pk}/"
    assert browse(chen).get(url).status_code == 404


def test_staff_of_another_community_change_no_file(draft, browse, chen):
    attachment = make_attachment(draft)
    assert send(browse(chen), draft, sheet_with("x")).status_code == 404
    url = f"/notices/notices/{draft.pk}/files/{attachment.pk}/remove/"
    assert browse(chen).post(url).status_code == 404
    assert draft.attachments.kept().count() == 1


def test_a_file_that_is_gone_from_the_disk_is_not_found(donghu, client):
    notice = make_published(donghu)
    attachment = make_attachment(notice)
    attachment.file.storage.delete(attachment.file.name)
    url = f"/notices/{notice.pk}/files/{attachment.uid}/"
    assert client.get(url).status_code == 404


def test_whoever_opens_the_file_of_a_draft_stands_in_the_trail(draft, browse, lin):
    attachment = make_attachment(draft)
    url = f"/notices/notices/{draft.pk}/files/{attachment.pk}/"
    assert b"".join(browse(lin).get(url).streaming_content)
    event = AuditEvent.objects.filter(verb="read").latest("pk")
    assert (event.actor, event.subject_id) == (lin, draft.pk)
    assert (event.fields, field_words(event)) == (["attachments"], "通知附件")
