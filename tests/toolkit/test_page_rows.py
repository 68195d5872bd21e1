"""Rows of a page hold what its columns read, and fetch anything else when asked."""

import pytest

from communities.models import Resident
from communities.screens import ResidentScreens
from tests.factories import make_household, make_resident
from toolkit.columns import Column
from toolkit.screens.rows import row_reader


@pytest.fixture
def read(db):
    reader = row_reader(Resident, ResidentScreens.columns)
    return lambda: reader(Resident.objects.order_by("pk"))


def test_cells_are_those_of_the_orm(read, donghu_grid):
    home = make_household(donghu_grid, address="凤山巷12号")
    fields = {"household": home, "phone": "13800138000", "birth_on": "1950-01-01"}
    make_resident(donghu_grid, name="王小明", **fields)
    make_resident(donghu_grid, name="单身")

    for ours, orm in zip(read(), Resident.objects.order_by("pk"), strict=True):
        for column in ResidentScreens.columns:
            assert column.show(ours) == column.show(orm)


def test_one_query_reads_them(read, donghu_grid, django_assert_num_queries):
    make_resident(donghu_grid, household=make_household(donghu_grid))

    with django_assert_num_queries(1):
        for row in read():
            assert [column.show(row) for column in ResidentScreens.columns]


def test_what_no_column_reads_is_fetched(read, donghu_grid):
    make_resident(donghu_grid, emergency_name="李红")

    (row,) = read()
    assert row.emergency_name == "李红"
    assert row.org_unit.path == donghu_grid.path


def test_a_missing_link_is_none(read, donghu_grid):
    make_resident(donghu_grid)

    (row,) = read()
    assert row.household is None


def test_a_row_can_be_saved(read, donghu_grid):
    resident = make_resident(donghu_grid, phone="13800138000")

    (row,) = read()
    row.name = "新名字"
    row.save()
    resident.refresh_from_db()
    assert (resident.name, resident.phone) == ("新名字", "13800138000")


def test_rows_are_read_whole_where_a_column_hides_what_it_reads():
    assert row_reader(Resident, (Column("address"),)) is list
