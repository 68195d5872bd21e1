"""A writer reads who may approve: whoever is near, in office, and wrote none of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notices.models import Notice
from notices.reviewers import NAMED, reviewers_of, waiting_words
from notices.workflows import NoticeWorkflow
from tests.factories import make_assignment
from toolkit.history import remember


@pytest.fixture
def handed_in(draft, lin):
    return NoticeWorkflow.apply(draft, "submit", by=lin)


def test_the_nearest_come_first_and_nobody_of_elsewhere(
    handed_in, mei, chen, hua, donghu_grid
):
    make_assignment("grid", donghu_grid)
    assert reviewers_of(handed_in) == ["人员hua（东湖社区）", "人员mei（玉海街道）"]


WRITING = ["created", "changed", "attached", "detached", "addressed"]


@pytest.mark.parametrize("verb", WRITING)
def test_whoever_wrote_a_part_is_not_asked(verb, handed_in, lin, hua, mei):
    change = {"field": "body", "label": "正文", "old": "", "new": "x"}
    remember(handed_in, verb, "修改", by=hua, changes=[change])
    assert reviewers_of(handed_in) == ["人员mei（玉海街道）"]
    assert handed_in not in Notice.objects.waiting_for(hua)


def test_whoever_edited_it_last_is_not_asked(handed_in, lin, hua, mei):
    Notice.objects.update(edited_by=hua)
    handed_in.refresh_from_db()
    assert reviewers_of(handed_in) == ["人员mei（玉海街道）"]


def test_the_author_is_not_asked_after_another_edited_it(draft, lin, hua, mei):
    Notice.objects.update(edited_by=hua)
    draft.refresh_from_db()
    assert reviewers_of(draft) == ["人员mei（玉海街道）"]


def test_who_saved_it_without_a_change_is_asked(handed_in, hua):
    """A save without a change has left a line in former times."""
    remember(handed_in, "changed", "修改", by=hua, changes=[])
    assert reviewers_of(handed_in) == ["人员hua（东湖社区）"]
    assert handed_in in Notice.objects.waiting_for(hua)
    assert NoticeWorkflow.apply(handed_in, "publish", by=hua).is_public()


def test_whose_time_is_over_is_not_asked(handed_in, hua, mei):
    yesterday = timezone.localdate() - timedelta(days=1)
    hua.assignments.update(starts_on=yesterday, ends_on=yesterday)
    assert reviewers_of(handed_in) == ["人员mei（玉海街道）"]


def test_whose_account_is_shut_is_not_asked(handed_in, hua, mei):
    hua.is_active = False
    hua.save()
    assert reviewers_of(handed_in) == ["人员mei（玉海街道）"]


def test_who_may_only_write_is_not_asked(handed_in, mei, donghu):
    make_assignment("clerk", donghu, ["change_notice", "view_notice"])
    assert reviewers_of(handed_in) == ["人员mei（玉海街道）"]


def test_who_holds_two_posts_is_named_once(handed_in, hua, donghu):
    make_assignment("second post of hua", donghu, user=hua)
    assert reviewers_of(handed_in) == ["人员hua（东湖社区）"]


def test_more_than_a_few_are_not_named(handed_in, donghu):
    for number in range(NAMED):
        make_assignment(f"hua{number}", donghu)
    named = "、".join(f"人员hua{number}（东湖社区）" for number in range(NAMED))
    assert f"待{named}审核，" in waiting_words(handed_in)
    make_assignment("hua3", donghu)
    assert f"待{named}等人审核，" in waiting_words(handed_in)


def test_what_is_to_come_out_later_is_told_so(handed_in, hua):
    assert "通过后立即发布" in waiting_words(handed_in)
    handed_in.publish_at = timezone.now() + timedelta(days=1)
    assert "通过后按时发布" in waiting_words(handed_in)
