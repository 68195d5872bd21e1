"""Two people publish; it stays fifteen days; mistakes are put right (F025)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.models import Disclosure, DisclosureDuty
from governance.workflows import DisclosureWorkflow
from tests.factories import (
    make_assignment,
    make_disclosure,
    make_matter,
    make_posting,
)
from toolkit.history import remember

apply = DisclosureWorkflow.apply
TODAY = timezone.localdate()


@pytest.fixture
def hua(donghu):
    return make_assignment("hua", donghu).user


@pytest.fixture
def draft(donghu, lin):
    return make_disclosure(donghu, author=lin)


@pytest.fixture
def shown(draft, lin, hua):
    return apply(apply(draft, "submit", by=lin), "publish", by=hua)


def refuses(case, step, by, words, **more):
    with pytest.raises(ValidationError, match=words):
        apply(case, step, by=by, **more)


def test_who_wrote_it_does_not_publish_it(draft, lin):
    refuses(apply(draft, "submit", by=lin), "publish", lin, "请由另一人审核")


def test_who_changed_it_does_not_publish_it(draft, lin, hua):
    change = [{"field": "title", "label": "标题", "old": "甲", "new": "乙"}]
    remember(draft, "changed", "修改", by=hua, changes=change)
    refuses(apply(draft, "submit", by=lin), "publish", hua, "请由另一人审核")


def test_once_published_its_duty_is_met(shown, donghu):
    duty = DisclosureDuty.objects.get()
    assert (duty.met_on, duty.disclosure) == (TODAY, shown)
    assert shown in Disclosure.objects.published()


def test_it_stays_for_fifteen_days(shown):
    assert shown.shown_until == TODAY + timedelta(days=15)
    assert "第三十四条第三款" in shown.display.why


def test_taken_down_too_soon_it_has_not_met_its_duty(shown, hua):
    step = DisclosureWorkflow.by_name["withdraw"]
    assert "还差 15 天" in step.warning_for(shown, hua)
    apply(shown, "withdraw", by=hua, note="写错了")
    assert DisclosureDuty.objects.get().met_on is None
    assert not Disclosure.objects.published().exists()


def test_taken_down_after_its_time_it_has_met_it(shown, hua):
    Disclosure.objects.update(shown_until=TODAY)
    apply(shown, "withdraw", by=hua, note="期满")
    assert DisclosureDuty.objects.get().met_on == TODAY


def test_a_matter_of_a_period_is_not_published_twice(shown, donghu, lin):
    other = make_disclosure(donghu, matter=shown.matter, author=lin)
    refuses(other, "submit", lin, "已经公开")


def test_a_correction_takes_the_place_of_what_it_corrects(shown, lin, hua):
    apply(shown, "correct", by=lin)
    draft = shown.corrections.get()
    shown.refresh_from_db()
    assert shown.status == "published"
    new = apply(apply(draft, "submit", by=lin), "publish", by=hua)
    shown.refresh_from_db()
    assert (shown.status, new.status) == ("corrected", "published")
    assert list(Disclosure.objects.published()) == [new]
    assert DisclosureDuty.objects.get().disclosure == new


def test_one_correction_at_a_time(shown, lin):
    apply(shown, "correct", by=lin)
    refuses(shown, "correct", lin, "已经有一份更正")


def test_nobody_marks_it_corrected_by_hand(shown, hua):
    refuses(shown, "supersede", hua, "自动标为已更正")


def test_what_has_not_come_about_is_not_published(draft, lin):
    tomorrow = TODAY + timedelta(days=1)
    Disclosure.objects.update(formed_on=tomorrow)
    refuses(draft, "submit", lin, "还没有结束")


def test_no_number_of_a_person_is_published(draft, lin):
    Disclosure.objects.update(body="联系张三13800138000")
    refuses(draft, "submit", lin, "手机号码")


def test_a_matter_for_a_few_is_not_shown_online(donghu, lin, hua):
    few = make_matter(donghu, audience="some")
    draft = make_disclosure(donghu, matter=few, author=lin)
    apply(apply(draft, "submit", by=lin), "publish", by=hua)
    assert not Disclosure.objects.published().exists()
    assert DisclosureDuty.objects.get().met_on == TODAY


@pytest.mark.parametrize(("days", "short"), [(14, 1), (15, 0)])
def test_a_sheet_taken_down_too_soon_is_told(donghu, days, short):
    down = TODAY - timedelta(days=100) + timedelta(days=days)
    put_up = TODAY - timedelta(days=100)
    sheet = make_posting(donghu, put_up_on=put_up, taken_down_on=down)
    assert sheet.days_short == short
