"""Nobody approves what he has written himself, whoever saved after him."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from notices.actions import attach_file, choose_buildings, take_off
from notices.models import Notice
from notices.workflows import NoticeWorkflow
from tests.factories import make_attachment
from toolkit.history import history_of
from toolkit.uploads import validate_upload

apply = NoticeWorkflow.apply


def url_of(notice):
    return f"/notices/notices/{notice.pk}/edit/"


def fields_of(visitor, notice, **changed):
    """Return what a browser sends from the form when somebody changes these fields."""
    form = visitor.get(url_of(notice)).context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, str):
            # A browser ends lines as the standard of forms says.
            value = value.replace("\n", "\r\n")
        if isinstance(value, list):
            value = [getattr(one, "pk", one) for one in value]
        if value not in (None, False):
            sent[bound.html_name] = value
    return sent | changed


def save(visitor, notice, **changed):
    answer = visitor.post(url_of(notice), fields_of(visitor, notice, **changed))
    assert answer.status_code == 302


def refuse_to_publish(notice, by):
    with pytest.raises(ValidationError, match="请由另一人审核"):
        apply(notice, "publish", by=by)
    assert notice not in Notice.objects.waiting_for(by)


def rewrite(draft, browse, by):
    save(browse(by), draft, body="主任重写的全文。")


def test_saving_without_a_change_leaves_no_trace(draft, browse, lin, hua):
    before = history_of(draft).count()
    save(browse(hua), draft)
    draft.refresh_from_db()
    assert draft.edited_by == lin
    assert history_of(draft).count() == before
    assert apply(apply(draft, "submit", by=lin), "publish", by=hua).is_public()


def test_who_rewrote_it_does_not_publish_it_after_another_saved(
    draft, browse, lin, hua
):
    rewrite(draft, browse, hua)
    save(browse(lin), draft)
    refuse_to_publish(apply(draft, "submit", by=lin), hua)


def test_who_rewrote_it_does_not_publish_it_after_another_changed_a_word(
    draft, browse, lin, hua
):
    rewrite(draft, browse, hua)
    save(browse(lin), draft, title="停水通知（二）")
    refuse_to_publish(apply(draft, "submit", by=lin), hua)


def test_a_return_does_not_make_it_the_text_of_another(draft, browse, lin, hua, mei):
    rewrite(draft, browse, hua)
    save(browse(lin), draft, title="停水通知（二）")
    apply(draft, "submit", by=lin)
    apply(draft, "return", by=mei, note="写明时间")
    refuse_to_publish(apply(draft, "submit", by=lin), hua)


def test_files_and_buildings_are_content_too(draft, door, lin, hua, mei):
    attachment = make_attachment(draft)
    take_off(attachment=attachment, by=hua)
    choose_buildings(notice=draft, buildings=[door], by=mei)
    choose_buildings(notice=draft, buildings=[], by=lin)
    apply(draft, "submit", by=lin)
    refuse_to_publish(draft, hua)
    refuse_to_publish(draft, mei)


def test_who_added_a_file_does_not_publish_it(draft, lin, hua, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    checked = validate_upload(SimpleUploadedFile("说明.txt", "说明".encode()))
    attach_file(notice=draft, checked=checked, title="说明", by=hua)
    Notice.objects.update(edited_by=lin)
    refuse_to_publish(apply(draft, "submit", by=lin), hua)


def test_choosing_the_same_buildings_is_no_change(draft, door, lin, hua):
    choose_buildings(notice=draft, buildings=[door], by=lin)
    assert choose_buildings(notice=draft, buildings=[door], by=hua) == 1
    draft.refresh_from_db()
    assert draft.edited_by == lin
    assert apply(apply(draft, "submit", by=lin), "publish", by=hua).is_public()


def test_the_page_says_why_there_is_no_button(draft, browse, lin, hua):
    rewrite(draft, browse, hua)
    save(browse(lin), draft, title="停水通知（二）")
    apply(draft, "submit", by=lin)
    page = browse(hua).get(draft.get_absolute_url()).content.decode()
    assert "改过内容的人不能审核自己的通知" in page
    assert "/do/publish/" not in page
