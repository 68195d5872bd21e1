"""Why a frozen figure differs: written down by a person, beside the frozen value."""

import pytest

from reports.models import ReportLine, Restatement
from tests.factories import make_assignment, make_school_session
from tests.reports.conftest import MARCH

SESSIONS = "learning.school_sessions"


@pytest.fixture
def line(march, donghu):
    make_school_session(donghu, held_on=MARCH.start)
    return ReportLine.objects.get(report__org_unit=donghu, metric=SESSIONS)


def explain(browse, person, line, note="一场补登"):
    return browse(person).post(f"/reports/lines/{line.pk}/restate/", {"note": note})


def test_the_reason_stands_beside_the_frozen_value(line, browse, mei):
    explain(browse, mei, line)
    told = Restatement.objects.get()
    assert (told.line.value, told.value, told.by) == (1, 2, mei)
    text = browse(mei).get("/reports/monthly/2026-03/").content.decode()
    assert "一场补登" in text


def test_the_frozen_value_stays(line, browse, mei):
    explain(browse, mei, line)
    assert ReportLine.objects.get(pk=line.pk).value == 1


def test_without_a_reason_nothing_is_written(line, browse, mei):
    assert explain(browse, mei, line, note=" ").status_code == 422
    assert not Restatement.objects.exists()


def test_the_question_shows_both_values(line, browse, mei):
    text = browse(mei).get(f"/reports/lines/{line.pk}/restate/").content.decode()
    assert "1 期" in text
    assert "2 期" in text


def test_a_line_of_another_community_is_not_there(line, browse, chen):
    assert explain(browse, chen, line).status_code == 404


@pytest.mark.parametrize(
    ("wide", "near"),
    [("view_report", "add_restatement"), ("add_restatement", "view_report")],
)
def test_reading_and_explaining_must_both_reach_the_line(
    line, browse, street, xihu, wide, near
):
    person = make_assignment("wide", street, [wide]).user
    make_assignment("near", xihu, [near], user=person)
    assert explain(browse, person, line).status_code == 404
    assert not Restatement.objects.exists()


def test_who_only_reads_may_not_explain(line, browse, donghu):
    reader = make_assignment("reader", donghu, ["view_report"]).user
    assert explain(browse, reader, line).status_code == 403
    assert not Restatement.objects.exists()


def test_the_link_to_explain_is_for_those_who_may(line, browse, mei, donghu):
    reader = make_assignment("reader", donghu, ["view_report"]).user
    url = "/reports/monthly/2026-03/"
    assert "/restate/" in browse(mei).get(url).content.decode()
    assert "/restate/" not in browse(reader).get(url).content.decode()


def test_where_nothing_differs_there_is_nothing_to_explain(march, donghu, browse, mei):
    line = ReportLine.objects.get(report__org_unit=donghu, metric=SESSIONS)
    answer = explain(browse, mei, line)
    assert answer.status_code == 422
    assert "与现在的记录一致，不用说明" in answer.content.decode()
    assert "一场补登" in answer.content.decode()
    assert not Restatement.objects.exists()
