from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.models import UnitProfile
from notices.guards import doubts, personal_numbers, problems
from notices.models import Notice
from notices.workflows import NoticeWorkflow
from tests.factories import make_attachment, make_notice

NUMBER = "330381190001010018"
FIELDS = ["title", "gist", "body", "easy_title", "easy_body", "contact"]


@pytest.mark.parametrize("field", FIELDS)
def test_an_id_number_anywhere_in_the_text_stops_it(field, donghu, lin):
    draft = make_notice(donghu, author=lin, **{field: f"名单{NUMBER}"[:40]})
    with pytest.raises(ValidationError) as refusal:
        NoticeWorkflow.apply(draft, "submit", by=lin)
    assert "33*************018" in refusal.value.messages[0]
    assert NUMBER not in refusal.value.messages[0]


def test_a_number_in_the_facts_stops_it(donghu):
    facts = [{"label": "联系", "value": "13800138000"}]
    assert problems(make_notice(donghu, facts=facts)) == ["联系：手机号码 138****8000"]


def test_a_number_in_the_name_of_a_file_stops_it(draft):
    make_attachment(draft, title=f"{NUMBER}名单")
    [place] = personal_numbers(draft)
    assert "附件名称" in place
    assert NUMBER not in place


def test_a_number_inside_a_file_stops_it_with_its_place(draft):
    finding = {
        "place": "工作表“名单”第 3 行",
        "label": "身份证号码",
        "masked": "33*018",
    }
    make_attachment(draft, title="登记表", findings=[finding])
    assert personal_numbers(draft) == [
        "附件《登记表》工作表“名单”第 3 行：身份证号码 33*018"
    ]


def test_files_that_were_taken_off_do_not_count(draft):
    finding = {"place": "第 1 行", "label": "身份证号码", "masked": "33*018"}
    make_attachment(draft, findings=[finding], removed_at=timezone.now())
    assert personal_numbers(draft) == []


def test_the_line_is_told(donghu):
    notice = make_notice(donghu, body=f"第一行\n第二行\n{NUMBER}")
    assert personal_numbers(notice)[0].startswith("正文第 3 行")


def test_a_number_that_may_be_an_id_is_a_hint_and_stops_nothing(draft, browse, lin):
    draft.body = "第一行\n第二行\n第三行\n身份证330381195001011234"
    draft.save()
    draft.audience.add(draft.org_unit)
    words = "正文第4行有18位数字，请核对是否为身份证号。"
    assert doubts(draft) == [words]
    assert problems(draft) == []
    page = browse(lin).get(draft.get_absolute_url()).content.decode()
    assert words in page
    assert "没有发现身份证号" not in page


def test_mobile_phones_of_the_office_may_be_named(donghu):
    UnitProfile.objects.create(org_unit=donghu, phone="138 0013 8000，0577-65812345")
    assert personal_numbers(make_notice(donghu, body="请打 13800138000")) == []
    assert personal_numbers(make_notice(donghu, body="请打 13900139000")) != []


def test_what_is_up_for_comment_needs_an_end_and_a_telephone(donghu):
    sentences = problems(make_notice(donghu, category="disclosure"))
    assert len(sentences) == 2
    end = timezone.now() + timedelta(days=15)
    complete = make_notice(
        donghu, category="disclosure", expires_at=end, contact_phone="0577-6581 2345"
    )
    assert problems(complete) == []


def test_an_end_that_has_passed_stops_it(donghu):
    past = timezone.now() - timedelta(minutes=1)
    assert problems(make_notice(donghu, expires_at=past)) == ["截止时间已经过了。"]


def test_an_audience_is_needed(draft):
    draft.audience.clear()
    assert problems(draft) == ["没有选择发布范围。"]


def test_it_is_asked_again_when_it_is_published(draft, lin, hua):
    NoticeWorkflow.apply(draft, "submit", by=lin)
    make_attachment(draft, title=NUMBER)
    with pytest.raises(ValidationError):
        NoticeWorkflow.apply(draft, "publish", by=hua)
    assert Notice.objects.get(pk=draft.pk).status == "review"


def test_many_places_are_counted(donghu):
    lines = "\n".join([NUMBER] * 9)
    notice = make_notice(donghu, body=lines)
    with pytest.raises(ValidationError, match="还有 4 处"):
        NoticeWorkflow.apply(notice, "submit")
