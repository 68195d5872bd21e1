from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from notices.actions import note_edit
from notices.models import Edition, Notice
from notices.proofs import content_hash_of
from notices.workflows import NoticeWorkflow
from tests.factories import make_assignment, make_attachment, make_published
from toolkit.history import history_of

apply = NoticeWorkflow.apply


@pytest.fixture
def handed_in(draft, lin):
    return apply(draft, "submit", by=lin)


def test_a_second_person_publishes(handed_in, hua):
    notice = apply(handed_in, "publish", by=hua)
    assert notice.status == "published"
    assert notice.is_public()
    assert notice.content_hash == content_hash_of(notice)


def test_the_author_may_not_publish(handed_in, lin):
    with pytest.raises(ValidationError, match="另一人"):
        apply(handed_in, "publish", by=lin)
    assert not Notice.objects.published().exists()


def test_whoever_changed_it_last_may_not_publish(draft, lin, hua):
    note_edit(draft, hua)
    handed_in = apply(draft, "submit", by=lin)
    with pytest.raises(ValidationError, match="改过内容的人"):
        apply(handed_in, "publish", by=hua)


def test_publishing_needs_its_own_permission(handed_in, donghu):
    clerk = make_assignment("clerk", donghu, ["change_notice", "view_notice"]).user
    with pytest.raises(PermissionDenied):
        apply(handed_in, "publish", by=clerk)


def test_nobody_of_another_community_publishes(handed_in, chen):
    with pytest.raises(PermissionDenied):
        apply(handed_in, "publish", by=chen)


def test_a_draft_is_not_published_unread(draft, hua):
    with pytest.raises(ValidationError, match="草稿"):
        apply(draft, "publish", by=hua)


def test_sending_back_needs_a_reason(handed_in, hua):
    with pytest.raises(ValidationError):
        apply(handed_in, "return", by=hua)
    assert apply(handed_in, "return", by=hua, note="写明时间").status == "draft"


def test_only_its_writer_takes_it_back(handed_in, lin, hua):
    with pytest.raises(ValidationError):
        apply(handed_in, "recall", by=hua)
    assert apply(handed_in, "recall", by=lin).status == "draft"


def test_the_clock_takes_nothing_back(handed_in):
    with pytest.raises(ValidationError, match="可以撤回修改"):
        NoticeWorkflow.apply(handed_in, "recall")


def test_withdrawing_needs_a_reason_and_takes_it_off_at_once(handed_in, hua):
    notice = apply(handed_in, "publish", by=hua)
    with pytest.raises(ValidationError):
        apply(notice, "withdraw", by=hua)
    apply(notice, "withdraw", by=hua, note="内容有误")
    assert not Notice.objects.published().exists()


def test_a_withdrawn_notice_comes_back_only_as_a_new_draft(handed_in, hua):
    notice = apply(handed_in, "publish", by=hua)
    notice = apply(notice, "withdraw", by=hua, note="内容有误")
    apply(notice, "reopen", by=hua)
    copy = Notice.objects.get(copied_from=notice)
    assert (copy.status, copy.body, copy.author) == ("draft", notice.body, hua)
    assert list(copy.audience.all()) == list(notice.audience.all())
    assert copy.content_hash == ""


def test_a_published_notice_is_copied_for_the_next_time(handed_in, hua):
    notice = apply(handed_in, "publish", by=hua)
    assert apply(notice, "copy", by=hua).status == "published"
    assert notice.copies.get().status == "draft"


def test_an_earlier_wish_becomes_the_moment_of_approval(draft, lin, hua):
    Notice.objects.update(publish_at=timezone.now() - timedelta(days=3))
    notice = apply(apply(draft, "submit", by=lin), "publish", by=hua)
    assert timezone.now() - notice.publish_at < timedelta(minutes=1)


def test_a_later_wish_is_kept(draft, lin, hua):
    later = timezone.now() + timedelta(days=1)
    Notice.objects.update(publish_at=later)
    notice = apply(apply(draft, "submit", by=lin), "publish", by=hua)
    assert notice.publish_at == later
    assert not notice.is_public()


def test_a_change_after_the_guard_is_noticed(handed_in, lin, hua):
    checked = Notice.objects.get(pk=handed_in.pk)
    Notice.objects.update(edited_by=hua)
    with pytest.raises(ValidationError):
        NoticeWorkflow.by_name["publish"].seal(checked, hua)


@pytest.mark.parametrize(
    "field", ["title", "body", "gist", "easy_body", "contact_phone"]
)
def test_the_database_keeps_published_text_as_it_was(field, donghu):
    notice = make_published(donghu)
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**{field: "改了"})


def test_the_hash_covers_files_and_audience(donghu, street):
    notice = make_published(donghu)
    make_attachment(notice)
    assert content_hash_of(notice) != notice.content_hash
    notice.attachments.update(removed_at=timezone.now())
    assert content_hash_of(notice) == notice.content_hash
    notice.audience.set([street])
    assert content_hash_of(notice) != notice.content_hash


def test_every_step_is_remembered(handed_in, hua):
    apply(handed_in, "publish", by=hua)
    assert [line.verb for line in history_of(handed_in)] == ["publish", "submit"]


def test_each_publication_is_a_new_edition(handed_in, hua):
    notice = apply(handed_in, "publish", by=hua)
    first = Edition.objects.get().number
    apply(notice, "withdraw", by=hua, note="内容有误")
    assert Edition.objects.get().number == first + 1


def test_taking_over_is_for_commands_only(draft, mei):
    Notice.objects.update(publish_at=timezone.now() - timedelta(days=30))
    with pytest.raises(ValidationError):
        apply(draft, "adopt", by=mei)
    assert "adopt" not in [s.name for s in NoticeWorkflow.available(draft, mei)]
    assert apply(draft, "adopt").content_hash


def test_buttons_are_those_that_work(handed_in, lin, hua):
    names = [step.name for step in NoticeWorkflow.available(handed_in, lin)]
    assert "publish" not in names
    assert "recall" in names
    names = [step.name for step in NoticeWorkflow.available(handed_in, hua)]
    assert "publish" in names
    assert "recall" not in names


def test_a_step_that_is_hidden_from_somebody_is_refused_to_him(
    handed_in, lin, hua, mei
):
    for person in (lin, hua, mei):
        offered = [step.name for step in NoticeWorkflow.available(handed_in, person)]
        for name in {"publish", "return", "recall", "adopt"} - set(offered):
            with pytest.raises((ValidationError, PermissionDenied)):
                apply(handed_in, name, by=person, note="写明时间")


def test_the_author_does_not_return_his_own_notice(handed_in, lin, donghu, browse):
    author = make_assignment("editor", donghu).user
    Notice.objects.update(author=author)
    url = reverse("notices:notice-transition", args=[handed_in.pk, "return"])
    answer = browse(author).post(url, {"note": "写明时间"})
    assert answer.status_code == 422
    assert "请用“撤回修改”" in answer.content.decode()
    assert Notice.objects.get().status == "review"


def test_a_reviewer_publishes_only_what_was_on_the_page(handed_in, lin, hua, browse):
    """The author takes the notice back, rewrites it, and hands it in once more."""
    reviewer = browse(hua)
    seen = reviewer.get(handed_in.get_absolute_url()).context["seen"]
    apply(handed_in, "recall", by=lin)
    Notice.objects.update(body="另一个内容")
    apply(handed_in, "submit", by=lin)

    url = reverse("notices:notice-transition", args=[handed_in.pk, "publish"])
    answer = reviewer.post(url, {"seen": seen})

    assert "改过这条记录" in answer.content.decode()
    assert not Notice.objects.published().exists()


def step_url(notice, name):
    return reverse("notices:notice-transition", args=[notice.pk, name])


def test_the_reason_of_a_refused_step_is_not_lost(handed_in, lin, hua, browse):
    reviewer, why = browse(hua), "第二段<时间>要写明"
    seen = reviewer.get(handed_in.get_absolute_url()).context["seen"]
    apply(handed_in, "recall", by=lin)
    Notice.objects.update(body="另一个内容")
    apply(handed_in, "submit", by=lin)

    url = step_url(handed_in, "return")
    answer = reviewer.post(url, {"seen": seen, "note": why})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "改过这条记录" in page
    assert "第二段&lt;时间&gt;要写明</textarea>" in page
    assert '<details class="yh-step" open>' in page
    # Whoever has read what happened may go on from this page.
    sent = {"seen": answer.context["seen"], "note": why}
    assert reviewer.post(url, sent).status_code == 302
    assert history_of(handed_in).first().note == why


def test_the_reason_of_a_step_that_is_gone_is_shown(handed_in, lin, hua, browse):
    apply(handed_in, "recall", by=lin)
    answer = browse(hua).post(step_url(handed_in, "return"), {"note": "写明时间"})
    assert answer.status_code == 422
    assert "您填写的办理意见没有写入：写明时间" in answer.content.decode()


def test_a_reason_is_no_longer_than_its_field(handed_in, hua, browse):
    long = "长" * 501
    answer = browse(hua).post(step_url(handed_in, "return"), {"note": long})
    assert answer.status_code == 422
    assert f"{long}</textarea>" in answer.content.decode()
    assert Notice.objects.get().status == "review"


def test_a_missing_reason_is_asked_for(handed_in, hua, browse):
    answer = browse(hua).post(step_url(handed_in, "return"), {"note": " "})
    assert answer.status_code == 422
    assert "请填写办理意见。" in answer.content.decode()


def test_a_step_that_asks_no_reason_keeps_none(draft, lin, browse):
    browse(lin).post(step_url(draft, "submit"), {"note": "没有人问"})
    assert history_of(draft).get(verb="submit").note == ""
