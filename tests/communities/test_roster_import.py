"""A roster from hand-in to the last row: counts, all or nothing, once, with history."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from communities.actions.population import Facts, record_event
from communities.models import (
    HEAD,
    Household,
    HouseholdEvent,
    PopulationEvent,
    Resident,
    RosterImport,
)
from communities.roster.actions import order_commit
from tests.communities.roster_files import as_csv, card, person, roster, table, workbook
from tests.communities.roster_steps import (
    checked,
    committed,
    said,
    worked_on,
)
from tests.factories import make_org_unit
from toolkit.history import history_of

State = RosterImport.State
ZHANG = person("张三", id_number=card(1), phone="13800010001", lane="凤山巷", door="12")
WIFE = person("李梅", id_number=card(2, is_male=False), relation="配偶")
SON = person("张小明", id_number=card(3, "20150601"), relation="子")
FAMILY = (ZHANG, WIFE, SON)


@pytest.fixture(autouse=True)
def grid(donghu_grid):
    return donghu_grid


def people() -> list[str]:
    return sorted(Resident.objects.values_list("name", flat=True))


def test_a_dry_run_counts_and_writes_nothing(lin, donghu):
    found = checked(roster(*FAMILY), donghu, lin)
    assert found.state == State.CHECKED
    assert found.counts["create"] == 3
    assert people() == []
    assert not Household.objects.exists()


def test_a_commit_comes_to_the_counts_of_the_dry_run(lin, donghu):
    found = checked(roster(*FAMILY), donghu, lin)
    order_commit(roster=found, by=lin, leave_conflicts=False)
    done = worked_on(found)
    assert done.state == State.COMMITTED
    assert done.counts == found.counts
    assert people() == ["张三", "张小明", "李梅"]


def test_people_get_household_house_and_grid(lin, donghu, grid):
    committed(roster(*FAMILY), donghu, lin)
    home = Household.objects.get()
    assert (home.number, home.address, home.org_unit) == ("0001", "凤山巷12号", grid)
    assert home.building.lane.name == "凤山巷"
    assert {one.household for one in Resident.objects.all()} == {home}
    assert Resident.objects.get(relation=HEAD).name == "张三"


def test_numbers_are_sealed_in_the_database_and_found_again(lin, donghu):
    committed(roster(*FAMILY), donghu, lin)
    zhang = Resident.objects.get(name="张三")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM communities_resident")
        stored = " ".join(str(cell) for row in cursor.fetchall() for cell in row)
    assert zhang.id_number == ZHANG["id_number"]
    assert zhang.phone == "13800010001"
    assert ZHANG["id_number"] not in stored
    assert "13800010001" not in stored
    assert zhang.sex == "1"
    assert f"{zhang.birth_on}" == "1953-02-28"


def test_one_bad_row_keeps_all_rows_out(lin, donghu):
    bad = person("王五", id_number="3.30381E+17", number="0002")
    found = checked(roster(*FAMILY, bad), donghu, lin)
    assert found.state == State.REFUSED
    assert found.counts["error"] == 1
    assert not order_commit(roster=found, by=lin, leave_conflicts=False)
    assert people() == []


def test_the_same_file_again_changes_no_row(lin, donghu):
    committed(roster(*FAMILY), donghu, lin)
    before = list(Resident.objects.values_list("pk", "updated_at"))
    again = checked(roster(*FAMILY), donghu, lin)
    assert again.counts["skip"] == again.rows == 3
    order_commit(roster=again, by=lin, leave_conflicts=False)
    worked_on(again)
    assert list(Resident.objects.values_list("pk", "updated_at")) == before
    assert not HouseholdEvent.objects.exists()


def test_a_changed_cell_is_an_update_with_history(lin, donghu):
    committed(roster(*FAMILY), donghu, lin)
    changed = ZHANG | {"phone": "13800010002", "education": "小学"}
    done = committed(roster(changed, WIFE, SON), donghu, lin)
    assert (done.count("update"), done.count("skip")) == (1, 2)
    zhang = Resident.objects.get(name="张三")
    [line] = history_of(zhang)
    assert line.by == lin
    told = {change["field"]: change for change in line.changes}
    assert told["education"]["new"] == "小学"
    assert "new" not in told["phone"]
    assert zhang.phone == "13800010002"


def test_an_empty_cell_leaves_what_is_stored(lin, donghu):
    committed(roster(*FAMILY), donghu, lin)
    without = {key: value for key, value in ZHANG.items() if key != "phone"}
    assert checked(roster(without), donghu, lin).count("skip") == 1


def test_a_person_without_number_is_known_by_household_name_and_birth(lin, donghu):
    baby = person("张小宝", relation="孙子", birth_on="2026-01-01")
    committed(roster(ZHANG, baby), donghu, lin)
    with_card = baby | {"id_number": card(4, "20260101")}
    assert committed(roster(with_card), donghu, lin).count("update") == 1
    assert Resident.objects.get(name="张小宝").id_number == card(4, "20260101")
    assert Resident.objects.count() == 2


def test_one_wrong_character_of_a_name_is_corrected(lin, donghu):
    committed(roster(*FAMILY), donghu, lin)
    done = committed(roster(SON | {"name": "张晓明"}), donghu, lin)
    assert done.count("update") == 1
    assert people() == ["张三", "张晓明", "李梅"]


def test_another_name_for_a_known_number_is_a_conflict(lin, donghu):
    committed(roster(*FAMILY), donghu, lin)
    found = checked(roster(ZHANG | {"name": "王五"}), donghu, lin)
    assert found.counts["conflict"] == 1
    assert said(found) == ["证件号码：登记的是另一个姓名，请核对。"]


def test_one_person_twice_in_a_file_is_a_conflict_of_both_rows(lin, donghu):
    found = checked(roster(ZHANG, WIFE, ZHANG), donghu, lin)
    assert found.counts["conflict"] == 2
    assert [one["line"] for one in found.problems] == [2, 4]
    assert said(found)[0] == "证件号码：与第4行是同一个人。"


def test_one_person_in_two_sheets_is_told_with_the_sheet(lin, donghu):
    data = workbook(table([ZHANG]), table([ZHANG]), names=("一", "二"))
    assert said(checked(data, donghu, lin)) == [
        "证件号码：与工作表“二”第2行是同一个人。",
        "证件号码：与工作表“一”第2行是同一个人。",
    ]


def test_a_person_of_another_community_is_a_conflict(lin, donghu, chen, xihu):
    there = make_grid_of(xihu)
    committed(roster(ZHANG | there), xihu, chen)
    found = checked(roster(ZHANG), donghu, lin)
    assert found.counts["conflict"] == 1
    assert "已登记在其他社区" in said(found)[0]
    assert "西湖" not in said(found)[0]


def make_grid_of(unit) -> dict:
    make_org_unit("grid", f"{unit.code}001", parent=unit, name="01网格")
    return {"community": unit.name}


def test_a_person_who_has_died_is_a_conflict(lin, donghu):
    committed(roster(*FAMILY), donghu, lin)
    today = timezone.localdate()
    facts = Facts(PopulationEvent.Kind.DIED, today, today)
    record_event(resident=Resident.objects.get(name="李梅"), facts=facts, by=lin)
    found = checked(roster(WIFE), donghu, lin)
    assert found.counts["conflict"] == 1
    assert "已注销" in said(found)[0]


def test_conflicts_may_be_left_out_and_the_rest_written(lin, donghu):
    found = checked(roster(ZHANG, WIFE, SON, SON), donghu, lin)
    assert (found.count("create"), found.count("conflict")) == (2, 2)
    with pytest.raises(ValidationError):
        order_commit(roster=found, by=lin, leave_conflicts=False)
    assert order_commit(roster=found, by=lin, leave_conflicts=True)
    done = worked_on(found)
    assert done.state == State.COMMITTED
    assert people() == ["张三", "李梅"]


def test_two_heads_in_one_household_are_refused(lin, donghu):
    found = checked(roster(ZHANG, WIFE | {"relation": "户主"}), donghu, lin)
    assert found.state == State.REFUSED
    assert said(found) == ["与户主关系：这一户前面已经有一位户主。"]


def test_a_second_head_beside_the_stored_one_is_refused(lin, donghu):
    committed(roster(*FAMILY), donghu, lin)
    found = checked(roster(WIFE | {"relation": "户主"}), donghu, lin)
    assert found.state == State.REFUSED
    assert "已登记了另一位户主" in said(found)[0]


def test_a_new_head_and_the_old_one_change_places(lin, donghu):
    committed(roster(*FAMILY), donghu, lin)
    turned = (WIFE | {"relation": "户主"}, ZHANG | {"relation": "配偶"})
    done = committed(roster(*turned), donghu, lin)
    assert done.count("update") == 2
    assert Resident.objects.get(relation=HEAD).name == "李梅"
    assert {event.kind for event in HouseholdEvent.objects.all()} >= {"new_head"}


def test_rows_of_another_community_are_refused(lin, donghu, xihu):
    make_grid_of(xihu)
    there = person("赵六", community="西湖社区")
    found = checked(roster(ZHANG, there), donghu, lin)
    assert found.state == State.REFUSED
    assert said(found) == ["社区（村）：不在这次导入的社区（村），或不在您的工作范围。"]
    assert people() == []


def test_whoever_holds_the_street_may_not_stray_from_the_unit_he_chose(
    mei, donghu, xihu
):
    make_grid_of(xihu)
    found = checked(roster(person(community="西湖社区")), donghu, mei)
    assert found.counts["error"] == 1


def test_the_street_takes_the_rows_of_all_communities(mei, street, xihu):
    rows = (ZHANG, person("赵六", number="9") | make_grid_of(xihu))
    assert committed(roster(*rows), street, mei).count("create") == 2


@pytest.mark.parametrize("grid_name", ["01网格", "1网格", "第1网格", "东湖社区01网格"])
def test_a_grid_is_known_by_several_names(grid_name, lin, donghu):
    found = checked(roster(ZHANG | {"grid": grid_name}), donghu, lin)
    assert found.count("create") == 1


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"grid": "77网格"}, "网格：该社区（村）没有这个网格，请先登记网格。"),
        ({"community": "南湖"}, "没有这个社区（村）"),
        ({"lane": "", "door": "12"}, "街巷：填了门牌就要填街巷。"),
        ({"number": ""}, "户号：必填，没有填写。"),
        ({"health": "马马虎虎"}, "健康状况：不在代码表里，请从列表选。"),
        ({"phone": "138"}, "联系电话：电话号码不对"),
    ],
)
def test_a_bad_cell_is_told_with_its_column(cells, told, lin, donghu):
    found = checked(roster(ZHANG | cells), donghu, lin)
    assert found.state == State.REFUSED
    assert told in said(found)[0]
    assert (found.problems[0]["sheet"], found.problems[0]["line"]) == ("居民名册", 2)


def test_a_unit_that_is_none_is_told_beside_what_else_is_wrong(lin, donghu):
    rows = (ZHANG | {"phone": "138", "grid": "99网格"}, WIFE | {"grid": ""})
    found = checked(roster(*rows), donghu, lin)
    told = [(one["line"], one["column"]) for one in found.problems]
    assert told == [(2, "phone"), (2, "grid"), (3, "grid")]


def test_one_household_has_one_door(lin, donghu):
    other = WIFE | {"lane": "凤山巷", "door": "13"}
    found = checked(roster(ZHANG, other), donghu, lin)
    assert said(found) == ["户号：与同一户前面的行住址不一致。"]


def test_a_csv_is_not_said_to_have_sheets(lin, donghu):
    row = {key: cell for key, cell in ZHANG.items() if key != "number"}
    said_of = {
        name: checked(data, donghu, lin, name=name).message
        for name, data in (("a.csv", as_csv([row])), ("a.xlsx", roster(row)))
    }
    assert said_of["a.csv"].startswith("缺少必填的列：户号。")
    assert said_of["a.xlsx"].startswith("工作表“居民名册”缺少必填的列：户号。")


def test_sheets_are_counted_one_by_one(lin, donghu):
    data = workbook(
        table([ZHANG]), table([WIFE, SON]), [["说明"]], names=("一", "二", "三")
    )
    found = checked(data, donghu, lin)
    assert [sheet["counts"]["create"] for sheet in found.sheets] == [1, 2, 0]
    assert found.sheets[2]["note"] == "没有找到表头，没有读。"
