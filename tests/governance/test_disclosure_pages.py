"""The board and the pages of publication, as the staff sees them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from governance.disclosing.owed import draw_up
from governance.models import Disclosure, Posting
from tests.factories import (
    make_assignment,
    make_disclosure,
    make_disclosure_duty,
    make_matter,
    make_posting,
    make_question,
)
from toolkit.due_list import items_for
from toolkit.reference_clocks import load_clock_limits

BOARD = "/governance/disclosure/"


def html(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_board_names_the_missing_with_days_and_article(browse, mei, donghu):
    duty = make_disclosure_duty(donghu)
    page = html(browse(mei), f"{BOARD}?period=2026-Q3")
    assert "还没有公开，已过期" in page
    assert "《政府信息公开条例》第二十六条" in page
    assert duty.get_absolute_url() in page


def test_the_board_shows_ones_own_units(browse, chen, donghu, xihu):
    make_disclosure_duty(donghu)
    page = html(browse(chen), f"{BOARD}?period=2026-Q3")
    assert "东湖社区" not in page


@pytest.mark.parametrize(
    "nonsense", ["period=x", "period=2026-07", "group=x", "kind=street", "state=x"]
)
def test_nonsense_is_a_bad_request(browse, mei, nonsense):
    assert browse(mei).get(f"{BOARD}?{nonsense}").status_code == 400


@pytest.mark.parametrize(
    ("asked", "seen"), [("state=bad", True), ("state=due", False), ("kind=village", 0)]
)
def test_the_filters_keep_what_they_say(browse, mei, donghu, asked, seen):
    duty = make_disclosure_duty(donghu)
    page = html(browse(mei), f"{BOARD}?period=2026-Q3&{asked}")
    assert (duty.get_absolute_url() in page) == bool(seen)


def test_the_board_costs_the_same_for_many(
    browse, mei, donghu, street, django_assert_max_num_queries
):
    load_clock_limits()
    for _number in range(5):
        make_matter(street)
    draw_up(make_disclosure_duty(donghu).due_on)
    browse(mei).get(BOARD)
    with django_assert_max_num_queries(25):
        browse(mei).get(f"{BOARD}?period=2026-Q3")


def test_from_a_duty_to_a_draft_in_two_steps(browse, lin, donghu):
    duty = make_disclosure_duty(donghu)
    page = browse(lin).get(duty.get_absolute_url())
    _statement, action = page.context["actions"]
    form = browse(lin).get(action["url"]).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    answer = browse(lin).post(action["url"], sent | {"body": "本月没有收支。"})
    assert answer.status_code == 302
    draft = Disclosure.objects.get()
    assert (draft.period, draft.author) == (duty.period, lin)


def test_from_a_duty_about_money_to_its_statement(browse, lin, donghu):
    duty = make_disclosure_duty(donghu)
    action, _draft = browse(lin).get(duty.get_absolute_url()).context["actions"]
    form = browse(lin).get(action["url"]).context["form"]
    assert form["period"].value() == "2026-06"
    assert form["org_unit"].value() == str(donghu.pk)


def test_what_was_handed_in_is_not_changed(browse, lin, donghu):
    row = make_disclosure(donghu, status="review")
    url = f"/governance/disclosures/{row.pk}/edit/"
    assert browse(lin).get(url).status_code == 400
    answer = browse(lin).post(url, {"title": "改", "body": "改了的内容"})
    assert answer.status_code == 422


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG")
    return SimpleUploadedFile("board.jpg", stream.getvalue())


def test_a_sheet_is_entered_with_its_photo(
    browse, lin, chen, donghu, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    row = make_disclosure(donghu, status="published")
    sent = {"disclosure": row.pk, "place": "南门公开栏", "put_up_on": "2026-07-01"}
    browse(lin).post("/governance/postings/new/", sent | {"picture": picture()})
    sheet = Posting.objects.get()
    url = f"/governance/postings/{sheet.pk}/photo/"
    answer = browse(lin).get(url)
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert browse(chen).get(url).status_code == 404


def test_a_sheet_without_a_photo_has_none_to_show(browse, lin, donghu):
    sheet = make_posting(donghu)
    assert browse(lin).get(f"/governance/postings/{sheet.pk}/photo/").status_code == 404


def test_taking_a_sheet_down_too_soon_is_warned_of(browse, lin, donghu):
    row = make_disclosure(donghu, status="published")
    sheet = make_posting(donghu, disclosure=row, put_up_on=row.published_on)
    page = html(browse(lin), f"/governance/postings/{sheet.pk}/close/")
    assert "还差15天才满公开期限" in page


def test_the_desk_tells_what_is_missing_and_what_was_asked(donghu, lin, chen):
    duty, question = make_disclosure_duty(donghu), make_question(donghu)
    now = question.created_at
    urls = {item.url for item in items_for(lin, now)}
    assert {duty.get_absolute_url(), question.get_absolute_url()} <= urls
    assert not items_for(chen, now)


def test_who_has_no_word_with_the_street_sees_no_complaint(browse, donghu):
    worker = make_assignment("ya", donghu, ["view_disclosure"]).user
    assert browse(worker).get("/governance/complaints/").status_code == 403
