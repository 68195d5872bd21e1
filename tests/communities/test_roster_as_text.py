"""A roster taken out as CSV and imported again; who has no household is told of."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest

from communities.models import Household, Resident
from communities.roster.layout import COLUMNS, SLOT
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, committed, said
from tests.factories import make_assignment, make_resident
from toolkit import jobs
from toolkit.models import Job

EXPORT = "/communities/residents/export/"
# Out of the way on purpose: a rare character, a room below ground.
ZHANG = person(
    "张𬭳",
    id_number=card(1),
    lane="凤山巷",
    door="12",
    room="-101",
    education="小学",
    emergency_name="李·梅",
)
WIFE = person("李梅", id_number=card(2, is_male=False), relation="配偶")
ENCODINGS = {"roster-csv": "utf-8-sig", "roster-csv-gb18030": "gb18030"}
OTHERS = "另有 2 人未编入住户，不在名册里。"
each_text = pytest.mark.parametrize("chosen", ENCODINGS)
each_roster = pytest.mark.parametrize("chosen", ["roster", *ENCODINGS])


@pytest.fixture(autouse=True)
def family(lin, donghu, donghu_grid):
    committed(roster(ZHANG, WIFE), donghu, lin)


@pytest.fixture
def homeless(donghu_grid, xihu):
    """Two people of Donghu without a household, one of Xihu, one who has left."""
    make_resident(donghu_grid, name="无户甲")
    make_resident(donghu_grid, name="无户乙")
    make_resident(xihu, name="无户丙")
    make_resident(
        donghu_grid,
        name="无户丁",
        ended_on="2026-01-01",
        ended_by=Resident.Ending.MOVED_OUT,
    )


def taken_out(visitor, chosen: str) -> bytes:
    answer = visitor.post(EXPORT, {"format": chosen, "purpose": "identity"})
    assert f'.{"xlsx" if chosen == "roster" else "csv"}"' in (
        answer["Content-Disposition"].replace("'", '"') + '"'
    )
    return b"".join(answer.streaming_content)


@each_text
def test_it_has_the_rows_of_the_template(chosen, browse, lin):
    text = taken_out(browse(lin), chosen).decode(ENCODINGS[chosen])
    heads, explains, *people = csv.reader(StringIO(text))
    assert heads == [column.head for column in COLUMNS]
    assert explains[0].startswith("填写说明：")
    names = {line[SLOT["name"]] for line in people}
    assert names == {"张𬭳", "李梅"}


@each_text
def test_nothing_changes_when_it_comes_back(chosen, browse, lin, donghu):
    data = taken_out(browse(lin), chosen)
    found = checked(data, donghu, lin, name="名册.csv")
    assert said(found) == []
    assert found.counts["skip"] == found.rows == 2
    assert Household.objects.get().room == "-101"


@each_text
def test_a_long_one_is_made_by_the_worker(chosen, browse, lin, donghu, settings):
    settings.YUHAI_EXPORT_IN_PAGE = 1
    browse(lin).post(EXPORT, {"format": chosen, "purpose": "identity"})
    job = Job.objects.get(kind="export")
    assert jobs.run(job.pk)
    file = browse(lin).get(f"/jobs/{job.pk}/file/")
    data = b"".join(file.streaming_content)
    assert checked(data, donghu, lin, name="名册.csv").counts["skip"] == 2


def test_every_list_leaves_in_gb18030_as_well(browse, lin):
    answer = browse(lin).post(EXPORT, {"format": "csv-gb18030", "purpose": "identity"})
    assert answer["Content-Type"] == "text/csv; charset=gb18030"
    assert "张𬭳" in b"".join(answer.streaming_content).decode("gb18030")


def test_who_has_no_household_is_told_of_before(homeless, browse, lin, donghu):
    assert OTHERS in browse(lin).get(EXPORT).content.decode()
    rights = ["view_resident", "export_resident"]
    reader = make_assignment("reader", donghu, rights).user
    assert "未编入住户" not in browse(reader).get(EXPORT).content.decode()


def test_nothing_is_said_where_everybody_is_in_it(browse, lin):
    assert "未编入住户" not in browse(lin).get(EXPORT).content.decode()


@each_roster
def test_who_has_no_household_is_told_of_after(chosen, homeless, browse, lin):
    taken_out(browse(lin), chosen)
    said_after = browse(lin).get("/communities/residents/").content.decode()
    assert OTHERS in said_after


def test_the_workbook_tells_of_them_too(homeless, browse, lin):
    book = openpyxl.load_workbook(BytesIO(taken_out(browse(lin), "roster")))
    lines = list(book.worksheets[1].iter_rows(values_only=True))
    assert OTHERS in [line[1] for line in lines]


def test_the_page_of_the_job_tells_of_them_too(homeless, browse, lin, settings):
    settings.YUHAI_EXPORT_IN_PAGE = 1
    answer = browse(lin).post(EXPORT, {"format": "roster", "purpose": "identity"})
    assert jobs.run(Job.objects.get(kind="export").pk)
    assert OTHERS in browse(lin).get(answer.url).content.decode()
