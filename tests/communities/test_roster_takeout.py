"""A roster taken out, mended and imported again: nothing lost, nothing twice."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from communities.models import Household, HouseholdEvent, Resident
from communities.roster.layout import BY_KEY, COLUMNS
from communities.roster.takeout import SEALED
from communities.screens import ResidentScreens
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, committed, said
from tests.factories import make_assignment, make_resident
from toolkit import exported_files, jobs
from toolkit.models import AuditEvent, Job

EXPORT = "/communities/residents/export/"
ZHANG = person(
    "张三",
    id_number=card(1),
    phone="13800010001",
    lane="凤山巷",
    door="12",
    block="3",
    staircase="2",
    room="301",
    health="良好",
    education="小学",
    living="在住",
    registration="本街道户籍",
)
WIFE = person("李梅", id_number=card(2, is_male=False), relation="配偶")
CHILD = person("张小宝", relation="子", birth_on="2026-01-01", no_id_reason="")


@pytest.fixture(autouse=True)
def family(lin, donghu, donghu_grid):
    committed(roster(ZHANG, WIFE, CHILD), donghu, lin)


def taken_out(visitor, query="", **sent) -> bytes:
    sent = {"format": "roster", "purpose": "identity"} | sent
    answer = visitor.post(f"{EXPORT}{query}", sent)
    return b"".join(answer.streaming_content)


def table_of(data: bytes) -> list[dict]:
    """Return the people of an exported roster by column."""
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    heads, _explains, *rows = sheet.iter_rows(values_only=True)
    assert [head.rstrip("*") for head in heads] == [c.title for c in COLUMNS]
    keys = [column.key for column in COLUMNS]
    return [dict(zip(keys, row, strict=False)) for row in rows]


def mended(data: bytes, of: str, **cells) -> bytes:
    """Return the roster with cells of one person changed."""
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    places = {cell.value.rstrip("*"): cell.column for cell in sheet[1]}
    [row] = [line for line in range(3, 9) if sheet.cell(line, 1).value == of]
    for key, value in cells.items():
        sheet.cell(row, places[BY_KEY[key].title], value)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_what_was_taken_out_changes_nothing_when_it_comes_back(browse, lin, donghu):
    found = checked(taken_out(browse(lin)), donghu, lin)
    assert said(found) == []
    assert found.counts["skip"] == found.rows == 3
    assert not HouseholdEvent.objects.exists()


def test_a_head_from_a_ledger_comes_back_as_the_head(browse, lin, donghu):
    own = person("王五", id_number=card(5), number="0002", relation="本人")
    committed(roster(own), donghu, lin)
    data = taken_out(browse(lin))
    assert [row["relation"] for row in table_of(data) if row["name"] == "王五"] == [
        "户主"
    ]
    found = checked(data, donghu, lin)
    assert found.counts["skip"] == found.rows == 4


def test_what_is_sealed_stays_here(browse, lin):
    data = taken_out(browse(lin))
    rows = table_of(data)
    assert {row[key] for row in rows for key in SEALED} == {None}
    assert frozenset(ResidentScreens.sealed) == SEALED
    assert rows[0]["education"] == "小学"
    assert (rows[0]["lane"], rows[0]["door"], rows[0]["room"]) == (
        "凤山巷",
        "12",
        "301",
    )
    assert {row["name"] for row in rows} == {"张三", "李梅", "张小宝"}


def test_a_mended_cell_changes_one_person_and_no_sealed_value(browse, lin, donghu):
    data = mended(taken_out(browse(lin)), "张三", education="初中")
    assert committed(data, donghu, lin).count("update") == 1
    zhang = Resident.objects.get(name="张三")
    assert zhang.get_education_display() == "初中"
    assert zhang.id_number == card(1)
    assert zhang.phone == "13800010001"


def test_a_mended_name_is_no_new_person(browse, lin, donghu):
    data = mended(taken_out(browse(lin)), "张小宝", name="张晓宝", number="0009")
    data = mended(data, "张晓宝", relation="户主")
    done = committed(data, donghu, lin)
    assert (done.count("create"), done.count("update")) == (0, 1)
    assert Resident.objects.count() == 3
    assert Household.objects.count() == 2


def test_a_number_that_was_missing_is_added(browse, lin, donghu):
    number = card(3, "20260101")
    data = mended(taken_out(browse(lin)), "张小宝", id_number=number)
    committed(data, donghu, lin)
    assert Resident.objects.get(name="张小宝").id_number == number


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"id_number": card(9)}, "证件号码：与档案里的不同"),
        ({"record": "999999"}, "档案号：没有这份档案"),
        ({"name": "王五"}, "档案号：登记的是另一个姓名"),
        ({"record": "甲"}, "档案号：不是档案号"),
        ({"birth_on": "1999-01-01"}, "出生日期：与档案里的不同"),
        ({"sex": "女"}, "性别：与档案里的不同"),
        ({"id_number": "33*************018"}, "证件号码：有星号，是遮住的号码"),
        ({"phone": "138****0001"}, "联系电话：有星号，是遮住的号码"),
    ],
)
def test_what_does_not_belong_to_the_record_is_told(cells, told, browse, lin, donghu):
    found = checked(mended(taken_out(browse(lin)), "张三", **cells), donghu, lin)
    assert told in said(found)[0]
    assert found.counts["skip"] == 2


def test_rows_that_were_sorted_apart_from_their_records_are_conflicts(
    browse, lin, donghu
):
    data = taken_out(browse(lin))
    record = {row["name"]: row["record"] for row in table_of(data)}
    data = mended(data, "张三", record=record["张小宝"])
    data = mended(data, "张小宝", record=record["张三"])
    found = checked(data, donghu, lin)
    assert said(found) == ["档案号：登记的是另一个姓名，请核对。"] * 2
    assert (found.counts["conflict"], found.counts["update"]) == (2, 0)


@pytest.mark.parametrize(
    "brother",
    [
        {"name": "张晓"},
        {"name": "张小贝", "birth_on": "2026-01-01", "sex": "男"},
    ],
    ids=["nobody knows when he was born", "twin"],
)
def test_brothers_sorted_apart_are_conflicts(brother, browse, lin, donghu):
    twin = {"relation": "子", "number": "0001"}
    committed(roster(person(**twin | brother)), donghu, lin)
    data = taken_out(browse(lin))
    record = {row["name"]: row["record"] for row in table_of(data)}
    other = brother["name"]
    data = mended(data, "张小宝", record=record[other])
    data = mended(data, other, record=record["张小宝"])
    found = checked(data, donghu, lin)
    assert ["这个姓名是同一户另一人的" in one for one in said(found)] == [True] * 2
    assert found.counts["update"] == 0


@pytest.mark.parametrize("birth_on", ["2026-01-01", ""])
def test_another_name_needs_the_day_of_birth(birth_on, browse, lin, donghu):
    cells = {"name": "张小保", "birth_on": birth_on}
    found = checked(mended(taken_out(browse(lin)), "张小宝", **cells), donghu, lin)
    told = "姓名：与档案里的不同；改姓名请同时填写"
    assert [one.startswith(told) for one in said(found)] == [True] * (not birth_on)
    assert found.counts["update"] == bool(birth_on)


def test_another_name_without_a_birth_date_is_a_conflict(browse, lin, donghu):
    committed(roster(person("张晓", relation="子", sex="男")), donghu, lin)
    data = mended(taken_out(browse(lin)), "张晓", name="张晓明")
    assert "改姓名请同时填写" in said(checked(data, donghu, lin))[0]


def test_who_is_called_so_beside_the_head_stays_what_he_is(browse, lin, donghu):
    Resident.objects.filter(name="李梅").update(relation="01")
    found = checked(taken_out(browse(lin)), donghu, lin)
    assert (found.counts["skip"], said(found)) == (3, [])


def test_the_birth_date_beside_a_passport_is_corrected(browse, lin, donghu):
    papers = {"id_kind": "护照", "id_number": "E12345678", "birth_on": "1980-01-01"}
    guest = person("JOHN SMITH", number="0007", sex="男", **papers)
    committed(roster(guest), donghu, lin)
    data = mended(taken_out(browse(lin)), "JOHN SMITH", birth_on="1980-10-01")
    assert committed(data, donghu, lin).count("update") == 1


def test_the_number_of_another_record_is_a_conflict(browse, lin, donghu):
    data = mended(taken_out(browse(lin)), "张小宝", id_number=card(2, is_male=False))
    data = mended(data, "张小宝", birth_on="1953-02-28", sex="女")
    found = checked(data, donghu, lin)
    assert "证件号码：已登记在另一份档案里" in said(found)[0]


def test_whoever_moved_out_is_not_taken_out(browse, lin):
    today, moved_out = timezone.localdate(), Resident.Ending.MOVED_OUT
    wife = Resident.objects.filter(name="李梅")
    wife.update(ended_on=today, ended_by=moved_out)
    for query in ("", "?rolls=all"):
        assert len(table_of(taken_out(browse(lin), query))) == 2


def test_a_person_without_a_household_is_not_taken_out(browse, lin, donghu_grid):
    make_resident(donghu_grid, name="无户")
    assert len(table_of(taken_out(browse(lin)))) == 3


def test_an_address_in_words_of_its_own_stays_what_it_is(browse, lin, donghu):
    Household.objects.update(address="凤山巷12号老屋后间")
    found = checked(taken_out(browse(lin)), donghu, lin)
    assert found.counts["skip"] == 3
    committed(mended(taken_out(browse(lin)), "张三", education="初中"), donghu, lin)
    assert Household.objects.get().address == "凤山巷12号老屋后间"


def test_a_purpose_is_asked_and_written_down(browse, lin):
    assert browse(lin).post(EXPORT, {"format": "roster"}).status_code == 422
    assert not AuditEvent.objects.filter(verb="exported").exists()
    taken_out(browse(lin))
    event = AuditEvent.objects.get(verb="exported")
    assert (event.actor, event.count, event.purpose) == (lin, 3, "核对身份")


def test_only_who_may_import_is_offered_the_roster(browse, donghu):
    reader = make_assignment(
        "reader", donghu, ["view_resident", "export_resident"]
    ).user
    page = browse(reader).get(f"{EXPORT}?format=roster").content.decode()
    assert 'value="roster"' not in page
    sent = {"format": "roster", "purpose": "identity"}
    assert browse(reader).post(EXPORT, sent).status_code == 422
    assert not Job.objects.filter(kind="export").exists()


def test_people_leave_only_where_one_may_export(browse, lin, chen, donghu, xihu):
    make_assignment("reader", donghu, ["view_resident"], user=chen)
    visitor = browse(chen)
    listed = visitor.get("/communities/residents/").context["rows"]
    assert len(listed) == 3
    for chosen in ("csv", "roster"):
        assert "张三" not in taken_out(visitor, format=chosen).decode(
            "utf-8", "replace"
        )
    assert table_of(taken_out(visitor)) == []


def test_a_roster_ends_where_one_may_import_it_again(browse, donghu, xihu):
    rights = ["view_resident", "export_resident"]
    reader = make_assignment("reader", donghu, rights).user
    make_assignment("importer", xihu, [*rights, "import_resident"], user=reader)
    listed = taken_out(browse(reader), format="csv").decode("utf-8-sig")
    assert "张三" in listed
    assert table_of(taken_out(browse(reader))) == []


def test_a_long_roster_is_made_by_the_worker(browse, lin, donghu, settings):
    settings.YUHAI_EXPORT_IN_PAGE = 2
    sent = {"format": "roster", "purpose": "identity"}
    answer = browse(lin).post(EXPORT, sent)
    job = Job.objects.get(kind="export")
    assert answer.url == f"/jobs/{job.pk}/"
    waiting = browse(lin).get(answer.url).content.decode()
    assert "yh-progress" in waiting
    assert waiting.count("every 2s") == 1
    assert jobs.run(job.pk)
    assert "下载文件" in browse(lin).get(answer.url).content.decode()
    file = browse(lin).get(f"/jobs/{job.pk}/file/")
    found = checked(b"".join(file.streaming_content), donghu, lin)
    assert found.counts["skip"] == 3


def test_exported_files_go_after_a_day(browse, lin, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    taken_out(browse(lin))
    now = timezone.now()
    assert exported_files.wipe_old(now + timedelta(hours=23)) == 0
    assert exported_files.wipe_old(now + timedelta(hours=25)) == 1
    assert list(exported_files.folder().iterdir()) == []
