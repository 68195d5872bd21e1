"""Why a frozen figure differs: written down by a person, beside the frozen value."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from python_calamine import CalamineWorkbook

from learning.models import SchoolSession
from reports import actions
from reports.models import ReportLine, Restatement
from tests.connections import on_two_connections
from tests.factories import make_assignment, make_school_session
from tests.reports.conftest import MARCH
from toolkit.metrics import metrics

URL = "/reports/monthly/2026-03/"
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
    assert "提交说明</button>" in text


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


# What was explained stays on page and file


def test_an_explanation_stays_when_the_figure_has_returned(line, browse, mei):
    explain(browse, mei, line)
    SchoolSession.objects.filter(org_unit=line.report.org_unit).latest("pk").delete()
    for url in (URL, f"{URL}{line.report.org_unit.code}/"):
        page = browse(mei).get(url)
        assert "一场补登" in page.content.decode()
        assert "与生成时相同" in page.content.decode()
        assert [one.line for one in page.context["corrections"]] == [line]


def test_that_the_figure_has_returned_is_written_down_once(line, browse, mei):
    explain(browse, mei, line)
    assert explain(browse, mei, line).status_code == 422
    SchoolSession.objects.filter(org_unit=line.report.org_unit).latest("pk").delete()
    assert f"/reports/lines/{line.pk}/restate/" in browse(mei).get(URL).content.decode()
    explain(browse, mei, line, note="补登有误，已撤销")
    assert explain(browse, mei, line).status_code == 422
    assert list(Restatement.objects.values_list("value", "reason")) == [
        (2, "一场补登"),
        (1, "补登有误，已撤销"),
    ]
    text = browse(mei).get(URL).content.decode()
    assert f"/reports/lines/{line.pk}/restate/" not in text


def test_no_number_of_other_corrections_hides_an_explanation(
    line, browse, mei, xihu, monkeypatch
):
    explain(browse, mei, line)
    make_school_session(xihu, held_on=MARCH.start)
    monkeypatch.setattr("reports.pages.CORRECTIONS_SHOWN", 0)
    page = browse(mei).get(URL)
    assert [one.line for one in page.context["corrections"]] == [line]
    assert page.context["more_corrections"] > 0


def test_the_whole_that_was_explained_is_shown_beside_its_part(line, browse, mei):
    whole = ReportLine.objects.get(report__org_unit__level="street", metric=SESSIONS)
    explain(browse, mei, line)
    explain(browse, mei, whole, note="全街道也多一场")
    assert "全街道也多一场" in browse(mei).get(URL).content.decode()


def test_a_figure_that_nobody_counts_any_more_keeps_its_explanation(
    line, browse, mei, monkeypatch
):
    explain(browse, mei, line)
    monkeypatch.delitem(metrics, SESSIONS)
    assert "一场补登" in browse(mei).get(URL).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_holds_the_corrections(kind, line, browse, mei, xihu):
    explain(browse, mei, line)
    make_school_session(xihu, held_on=MARCH.start)
    rows = rows_of(browse(mei).get(f"{URL}table.{kind}").content, kind)
    [told] = [row for row in rows if "一场补登" in row]
    known = ["东湖社区", str(line.label), line.unit, "1", "2"]
    assert told[:8] == [*known, "2", "一场补登", mei.name]
    assert any("还没有说明" in row for row in rows)


def test_a_file_without_corrections_has_no_such_part(march, browse, mei):
    assert "更正" not in str(rows_of(browse(mei).get(f"{URL}table.csv").content, "csv"))


def rows_of(content: bytes, kind: str) -> list[list[str]]:
    """Return the rows of a file, or of the sheet of its corrections."""
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name("更正").to_python()


@on_two_connections
@pytest.mark.django_db(transaction=True)
def test_of_two_explanations_at_once_one_is_written(line, mei, monkeypatch):
    gate, figures_of = Barrier(2), actions.figures_of

    def once_both_are_here(*asked):
        # The other one waits for the lock.
        with suppress(BrokenBarrierError):
            gate.wait(timeout=2)
        return figures_of(*asked)

    def explain_at_once(_who):
        try:
            return actions.restate(line, reason="一场补登", by=mei).value
        except ValidationError:
            return "refused"
        finally:
            connection.close()

    monkeypatch.setattr(actions, "figures_of", once_both_are_here)
    with ThreadPoolExecutor(max_workers=2) as people:
        answers = list(people.map(explain_at_once, "12"))
    assert sorted(map(str, answers)) == ["2.0000", "refused"]
    assert Restatement.objects.count() == 1
