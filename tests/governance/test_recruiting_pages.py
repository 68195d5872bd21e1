"""Registering, marking and looking at applicants, and what is sealed of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from governance.models import Applicant, Recruitment, Stage, Step
from tests.factories import (
    id_number_of,
    make_applicant,
    make_assignment,
    make_recruitment,
)
from tests.governance.conftest import TODAY
from toolkit.history import history_of
from toolkit.models import AuditEvent

NEW = reverse("governance:applicant-create")
BORN = date(1995, 5, 1)


@pytest.fixture
def notice(donghu):
    return make_recruitment(donghu, status=Stage.REGISTRATION)


@pytest.fixture
def sent(notice):
    return {
        "recruitment": notice.pk,
        "name": "林晓燕",
        "id_number": id_number_of(BORN, 2),
        "phone": "13857700001",
        "education": "20",
        "certificate": "1",
    }


def test_a_registration_reads_sex_and_birth_off_the_number(browse, mei, sent):
    assert browse(mei).post(NEW, sent).status_code == 302
    one = Applicant.objects.get()
    assert (one.number, one.sex, one.birth_on) == (1, "2", BORN)
    assert one.status == Step.REGISTERED


def test_number_and_phone_are_sealed_in_the_database(browse, mei, sent):
    browse(mei).post(NEW, sent)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM governance_applicant")
        stored = cursor.fetchone()
    assert sent["id_number"] not in stored[0]
    assert sent["phone"] not in stored[1]
    told = history_of(Applicant.objects.get()).first().changes
    assert sent["phone"] not in str(told)


def test_a_person_registers_once(browse, mei, sent):
    browse(mei).post(NEW, sent)
    answer = browse(mei).post(NEW, sent | {"name": "林小燕"})
    assert answer.status_code == 422
    assert "此人已经报名" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("id_number", "330381199505010000"), ("phone", "12"), ("name", "=林")],
)
def test_what_cannot_be_is_refused_at_its_field(browse, mei, sent, field, value):
    answer = browse(mei).post(NEW, sent | {field: value})
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(
    "about",
    [{"status": Stage.ANNOUNCED}, {"closes_on": TODAY - timedelta(days=1)}],
    ids=["not open", "over"],
)
def test_nobody_registers_outside_of_the_days(browse, mei, sent, about):
    Recruitment.objects.update(**about)
    assert "recruitment" in browse(mei).post(NEW, sent).context["form"].errors


def test_the_page_shows_number_and_phone_masked(browse, mei, notice, donghu):
    one = make_applicant(donghu, recruitment=notice, phone="13857700001")
    page = browse(mei).get(one.get_absolute_url()).content.decode()
    assert "138****0001" in page
    assert "13857700001" not in page
    assert one.id_number not in page
    assert AuditEvent.objects.filter(verb="read", actor=mei).exists()


def test_a_phone_is_kept_up_to_date_when_the_rest_is_decided(
    browse, mei, notice, donghu
):
    one = make_applicant(donghu, recruitment=notice, status=Step.ELIGIBLE)
    url = reverse("governance:applicant-update", args=[one.pk])
    assert set(browse(mei).get(url).context["form"].fields) == {"phone"}
    browse(mei).post(url, {"phone": "13857700009", "education": "70"})
    one = Applicant.objects.get()
    assert (one.phone, one.education) == ("13857700009", "20")


def test_the_page_of_a_recruitment_names_what_its_gate_lacks(browse, mei, notice):
    page = browse(mei).get(notice.get_absolute_url())
    assert "报名汇总表" in page.content.decode()
    path = {one["label"]: one for one in page.context["path"]}
    assert path["报名"]["is_here"]
    assert path["草稿"]["is_done"]
    assert not path["笔试"]["is_done"]


def test_the_table_gives_the_places_of_both_rounds(browse, mei, donghu):
    notice = make_recruitment(donghu, status=Stage.MEDICAL)
    for written, interview in ((70, 90), (90, 80), (80, None)):
        make_applicant(donghu, recruitment=notice, written=written, interview=interview)
    sections = browse(mei).get(notice.get_absolute_url()).context["sections"]
    [table] = [one for one in sections if "applicants" in one["template"]]
    lines = table["context"]["lines"]
    assert [line["total_place"] for line in lines] == [1, 2, ""]
    assert [line["written_place"] for line in lines] == [1, 3, 2]
    assert lines[0]["total"] == "85.00"


def test_who_may_not_see_applicants_sees_no_table(browse, donghu):
    notice = make_recruitment(donghu)
    make_applicant(donghu, recruitment=notice, name="林晓燕")
    reader = make_assignment("reader", donghu, ["view_recruitment"]).user
    assert (
        "林晓燕" not in browse(reader).get(notice.get_absolute_url()).content.decode()
    )


def marks_url(notice, kind="written"):
    return reverse("governance:recruitment-marks", args=[notice.pk, kind])


@pytest.fixture
def tested(donghu):
    notice = make_recruitment(donghu, status=Stage.WRITTEN)
    one = make_applicant(donghu, recruitment=notice, status=Step.ELIGIBLE)
    return notice, one


def test_marks_are_entered_in_one_table(browse, mei, tested):
    notice, one = tested
    assert one.name in browse(mei).get(marks_url(notice)).content.decode()
    answer = browse(mei).post(marks_url(notice), {f"m{one.pk}": "78.5"})
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.written == Decimal("78.50")
    line = history_of(one).first()
    assert (line.verb, line.by, line.changes[0]["new"]) == ("marked", mei, "78.5")


@pytest.mark.parametrize("mark", ["-1", "100.5", "70.123", "好"])
def test_a_mark_that_is_none_is_refused_and_kept_to_see(browse, mei, tested, mark):
    notice, one = tested
    answer = browse(mei).post(marks_url(notice), {f"m{one.pk}": mark})
    assert answer.status_code == 422
    assert f'value="{mark}"' in answer.content.decode()
    one.refresh_from_db()
    assert one.written is None


@pytest.mark.parametrize("kind", ["interview", "extra"])
def test_marks_of_another_round_are_not_entered(browse, mei, tested, kind):
    notice, one = tested
    browse(mei).post(marks_url(notice, kind), {f"m{one.pk}": "78"})
    one.refresh_from_db()
    assert (one.interview, one.extra) == (None, None)


def test_who_works_elsewhere_enters_no_marks(browse, chen, tested):
    notice, one = tested
    sent = {f"m{one.pk}": "78"}
    assert browse(chen).post(marks_url(notice), sent).status_code == 404
    reader = make_assignment("reader", notice.org_unit, ["view_applicant"]).user
    assert browse(reader).post(marks_url(notice), sent).status_code == 403
    assert browse(chen).get(marks_url(notice, "nothing")).status_code == 404


def test_what_was_announced_is_not_changed(browse, mei, notice):
    url = reverse("governance:recruitment-update", args=[notice.pk])
    assert set(browse(mei).get(url).context["form"].fields) == {"closes_on", "phone"}
    early = notice.closes_on - timedelta(days=1)
    answer = browse(mei).post(url, {"closes_on": early, "phone": notice.phone})
    assert "只能延长" in str(answer.context["form"].errors["closes_on"])


@pytest.mark.parametrize("phone", ["13857700001", "12"])
def test_the_phone_for_objections_is_one_of_the_office(browse, mei, notice, phone):
    url = reverse("governance:recruitment-update", args=[notice.pk])
    answer = browse(mei).post(url, {"closes_on": notice.closes_on, "phone": phone})
    assert "phone" in answer.context["form"].errors
