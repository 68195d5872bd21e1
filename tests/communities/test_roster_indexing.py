"""The search keys that an import writes are those that a form would have written."""

import pytest

from communities.finding import reindex
from communities.finding.keys import unpacked
from communities.models import Resident, SearchKey
from communities.roster import indexing
from tests.communities.people import names
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import committed

NAMES = (
    "王小明",
    "单雄信",
    "欧阳修",
    "买买提·吐尔逊",
    "Anna O'Neil",
    "张\\三",
    "㐀𠮷",
    "王小明",
    "乐天",
    "长" * 40,
)


@pytest.fixture
def people(donghu, donghu_grid, lin):
    rows = [
        person(name, number=f"{at:04d}", id_number=card(at), phone=f"1380001{at:04d}")
        for at, name in enumerate(NAMES, start=1)
    ]
    rows[3] |= {"id_number": "", "phone": ""}
    committed(roster(*rows), donghu, lin)


def stored() -> set[tuple[bytes, int]]:
    keys = SearchKey.objects.values_list("key", "resident")
    return {(bytes(key), resident) for key, resident in keys}


def expected() -> set[tuple[bytes, int]]:
    people = Resident.objects.all()
    return {(key, one.pk) for one in people for key in unpacked(one.indexed_as)}


def test_an_import_writes_the_keys_of_every_name(people, lin):
    assert Resident.objects.count() == len(NAMES)
    assert stored() == expected()
    before = stored()
    reindex()
    assert stored() == before


def test_people_are_found_by_each_kind_of_key(people, lin):
    for asked in ("王小明", "wangxiaoming", "wxm", "0010008"):
        assert set(names(lin, asked)) <= {"王小明"}
    assert names(lin, "小明") == ["王小明", "王小明"]
    assert names(lin, "shanxiongxin") == ["单雄信"]
    assert names(lin, "13800010003") == ["欧阳修"]


@pytest.mark.parametrize("rows_at_once", [1, 7, 1000])
def test_keys_of_many_people_are_written_in_runs(
    monkeypatch, donghu, donghu_grid, lin, rows_at_once
):
    monkeypatch.setattr(indexing, "ROWS_AT_ONCE", rows_at_once)
    monkeypatch.setattr(indexing, "PEOPLE_AT_ONCE", 2)
    monkeypatch.setattr("communities.roster.writing.ROWS_AT_ONCE", 3)
    rows = [person(name, number=f"{at:04d}") for at, name in enumerate(NAMES)]
    committed(roster(*rows), donghu, lin)
    assert len(stored()) > 3 * len(NAMES)
    assert stored() == expected()
