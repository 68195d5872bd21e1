"""The keys of a person follow his row: what is found is what is true today."""

import pytest

from communities.actions.residents import save_resident
from communities.finding import reindex
from communities.models import Resident, SearchKey
from tests.communities.people import enter, names

ID, PHONE = "330381190001010018", "13812345678"


@pytest.fixture
def wang(donghu_grid):
    return enter(donghu_grid, "王小明", id_kind="111", id_number=ID, phone=PHONE)


@pytest.mark.parametrize(
    ("field", "new", "found_by", "no_longer"),
    [
        ("name", "李大军", ("李", "军", "lidajun", "ldj"), ("王", "xiaoming", "wxm")),
        ("phone", "13900009999", ("9999", "13900009999"), ("5678", PHONE)),
        ("id_number", "330381190001010026", ("0026", "10026"), ("0018", ID)),
    ],
)
def test_a_change_is_found_at_once(field, new, found_by, no_longer, wang, lin):
    setattr(wang, field, new)
    save_resident(wang)

    for asked in found_by:
        assert names(lin, asked) == [wang.name]
    for asked in no_longer:
        assert names(lin, asked) == []


def test_what_did_not_change_is_still_found(wang, lin):
    wang.phone = ""
    save_resident(wang)

    assert names(lin, "0018") == names(lin, "王小明") == ["王小明"]
    assert names(lin, "5678") == []


def test_saving_without_a_change_writes_no_key(wang, django_assert_num_queries):
    before = set(SearchKey.objects.values_list("key", "resident"))
    save_resident(wang)
    assert set(SearchKey.objects.values_list("key", "resident")) == before


def test_the_keys_of_others_stay(wang, donghu_grid, lin):
    enter(donghu_grid, "王小明")
    wang.name = "李大军"
    save_resident(wang)

    assert names(lin, "王小明") == ["王小明"]


def test_a_failed_change_leaves_the_keys(wang, donghu_grid, lin):
    other = enter(donghu_grid, "李大军", id_kind="111", id_number="330381190001010026")
    other.name, other.id_number = "赵六", ID
    with pytest.raises(Exception, match="证件号码"):
        save_resident(other)

    assert names(lin, "李大军") == ["李大军"]
    assert names(lin, "赵六") == []


def test_keys_can_be_made_anew(wang, lin):
    SearchKey.objects.all().delete()
    assert names(lin, "王小明") == []

    assert reindex() == 1
    assert names(lin, "王小明") == names(lin, "5678") == ["王小明"]


def test_making_keys_anew_changes_none(wang, donghu_grid):
    enter(donghu_grid, "买买提·艾力")
    before = set(SearchKey.objects.values_list("key", "resident"))
    reindex()
    assert set(SearchKey.objects.values_list("key", "resident")) == before


def test_a_person_takes_his_keys_along(wang):
    Resident._base_manager.filter(pk=wang.pk).delete()
    assert not SearchKey.objects.exists()
