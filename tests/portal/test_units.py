import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.models import (
    BoundaryChange,
    Honour,
    OrgUnit,
    UnitProfile,
    UnitSuccession,
)
from tests.factories import make_org_unit, make_published

DONGHU = "/units/330381002901/"


def test_a_unit_tells_how_to_reach_it(read, reachable):
    page = read(DONGHU)
    for text in ("东湖社区", "东湖巷1号", "0577-65810002", 'href="tel:057765810002"'):
        assert text in page


def test_one_s_own_community_is_found_under_that_name(read, client, reachable, xihu):
    client.cookies["community"] = "330381002901"
    current = re.compile('aria-current="page"><span class="d-lg-none">([^<]*)</span>')
    assert current.findall(read(DONGHU)) == ["本社区"]
    assert current.findall(read("/units/330381002902/")) == ["各社区"]


def test_a_unit_without_a_profile_promises_nothing(read, xihu):
    assert "还没有登记" in read("/units/330381002902/")


def test_it_shows_its_notices_and_those_of_the_street(read, street, donghu, xihu):
    for unit, title in ((street, "街道的"), (donghu, "东湖的"), (xihu, "西湖的")):
        make_published(unit, title=title)
    page = read(DONGHU)
    assert "街道的" in page
    assert "东湖的" in page
    assert "西湖的" not in page


def test_honours_that_have_ended_are_left_out(read, donghu):
    today = timezone.localdate()
    for title, end in (("有效称号", None), ("过期称号", today - timedelta(days=1))):
        Honour.objects.create(
            org_unit=donghu, title=title, level="city", awarded_by="市", valid_until=end
        )
    page = read(DONGHU)
    assert "有效称号" in page
    assert "过期称号" not in page


def test_grids_are_counted(read, donghu_grid):
    assert "<dt>数量</dt><dd>1 个</dd>" in read(DONGHU)


@pytest.fixture
def merged(street, donghu):
    """An old neighbourhood that became part of Donghu in 2003, no day known."""
    old = make_org_unit(
        "community",
        "330381002999",
        parent=street,
        name="旧桥居委会",
        valid_to=date(2003, 12, 1),
    )
    change = BoundaryChange.objects.create(
        org_unit=donghu,
        kind="merge",
        decided_on=date(2003, 12, 1),
        precision=OrgUnit.Precision.YEAR,
    )
    UnitSuccession.objects.create(change=change, predecessor=old, successor=donghu)
    UnitSuccession.objects.create(
        change=change, predecessor_name="南门居委会", successor=donghu
    )
    return old


def test_a_unit_knows_what_it_came_from(read, merged):
    page = read(DONGHU)
    assert "旧桥居委会、南门居委会" in page
    assert "<dt>2003年</dt>" in page


def test_a_unit_of_the_past_leads_to_its_heirs(read, merged):
    page = read("/units/330381002999/")
    assert "已经撤并" in page
    assert DONGHU in page
    assert "330381002999" not in read("/units/")


def test_grids_have_no_public_page(read, donghu_grid):
    read("/units/330381002901001/", status=404)


@pytest.mark.parametrize("code", ["1", "x", "330381002901%00", "<script>"])
def test_an_unknown_unit_is_not_found(code, read, donghu):
    read(f"/units/{code}/", status=404)


def test_names_are_text(read, street):
    make_org_unit("community", "330381002903", parent=street, name="<b>社区")
    assert "<b>社区" not in read("/units/")


@pytest.mark.parametrize(
    ("formed_from", "has_grid", "title"),
    [("原东街", True, "沿革和网格"), ("原东街", False, "沿革"), ("", True, "网格")],
)
def test_the_last_block_is_named_after_what_it_holds(
    formed_from, has_grid, title, read, donghu, reachable
):
    UnitProfile.objects.filter(org_unit=donghu).update(formed_from=formed_from)
    if has_grid:
        make_org_unit("grid", "330381002901001", parent=donghu, name="01网格")
    assert f'<h2 id="about">{title}</h2>' in read(DONGHU)
