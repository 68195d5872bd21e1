"""A report whose period began before the records says so wherever it is read."""

import csv
import io
from datetime import date

import pytest

from communities.models import UnitProfile
from reports.actions import produce
from reports.pages import since_words
from reports.schedules import schedules
from toolkit.audit import about, names_of
from toolkit.models import AuditEvent
from toolkit.periods import Period

HALF = Period.parse("2026-H1")
URL = "/reports/half-year/2026-H1/"
NOTE = "记录自6月1日起"


@pytest.fixture
def half(march, street):
    UnitProfile.objects.filter(org_unit=street).update(reports_since=date(2026, 6, 1))
    produce(schedules["half-year"], HALF)


def test_page_and_table_say_from_when_there_are_records(half, browse, mei, donghu):
    for url in (URL, f"{URL}{donghu.code}/"):
        page = browse(mei).get(url).content.decode()
        head, table = page.split('id="table"', maxsplit=1)
        assert NOTE in head[head.index("<h1>") :].partition("yh-acts")[0]
        assert NOTE in table
        assert f"2026年上半年（{NOTE}）" in page


def test_the_file_says_it_too(half, browse, mei):
    content = browse(mei).get(f"{URL}table.csv").content.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(content)))[0] == f"单位（{NOTE}）"


def test_a_whole_period_says_nothing(half, march, browse, mei):
    assert "记录自" not in browse(mei).get("/reports/monthly/2026-03/").content.decode()


@pytest.mark.parametrize(
    ("since", "period", "words"),
    [
        (date(2026, 6, 1), "2026-H1", NOTE),
        (date(2026, 6, 1), "2026-06", ""),
        (date(2026, 6, 1), "2026-05", ""),
        (date(2026, 1, 1), "2026-H1", ""),
        (date(2026, 7, 1), "2026-H1", ""),
        (date(2026, 1, 2), "2026-W01", "记录自2026年1月2日起"),
    ],
)
def test_only_a_beginning_inside_the_period_is_told(
    march, street, since, period, words
):
    UnitProfile.objects.filter(org_unit=street).update(reports_since=since)
    assert since_words(Period.parse(period)) == words


def test_the_trail_tells_which_figures_left(half, browse, lin, donghu):
    browse(lin).get(f"{URL}table.csv")
    event = AuditEvent.objects.get(verb="exported")
    assert (event.subject_path, event.count) == (donghu.path, 1)
    assert about(event)["conditions"].startswith("时段：2026年1月1日")
    assert any("红领" in name or "期" in name for name in names_of(event))
