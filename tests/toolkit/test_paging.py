import pytest
from django.core.exceptions import BadRequest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from communities.models import Lane, OrgUnit
from toolkit.paging import Sort, count_up_to_cap, key_of, page_of

ORDERS = [
    Sort(),
    Sort(descending=True),
    Sort("pinyin"),
    Sort("pinyin", descending=True),
]


class EveryOrder(TestCase):
    """Pages by key give each row exactly once, forwards and backwards."""

    @given(
        st.lists(st.sampled_from("aabbcx"), max_size=25),
        st.sampled_from(ORDERS),
        st.integers(1, 7),
    )
    def test_pages_tile_the_list(self, pinyins, sort, size):
        unit = OrgUnit.objects.create(level="street", code="330381002000", name="玉海")
        Lane.objects.bulk_create(
            Lane(org_unit=unit, name=f"巷{i}", pinyin=p) for i, p in enumerate(pinyins)
        )
        expected = list(
            Lane.objects.order_by(*sort.order()).values_list("pk", flat=True)
        )
        pages = list(walk(sort, size))
        assert [row.pk for page in pages for row in page.rows] == expected
        for earlier, later in zip(pages, pages[1:], strict=False):
            back = page_of(
                Lane.objects.all(), sort, {"before": str(later.previous)}, size
            )
            assert back.rows == earlier.rows


def walk(sort, size):
    params = {}
    while True:
        page = page_of(Lane.objects.all(), sort, params, size)
        yield page
        if page.next is None:
            return
        params = {"after": str(page.next)}


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "１", "9" * 30, "'; --"])
def test_a_key_is_a_number(text):
    with pytest.raises(BadRequest):
        key_of({"after": text}, "after")


@pytest.fixture
def lanes(street):
    def add(count):
        start = Lane.objects.count()
        Lane.objects.bulk_create(
            Lane(org_unit=street, name=f"巷{start + i}") for i in range(count)
        )

    return add


def test_a_small_count_is_that_of_now(lanes):
    lanes(3)
    assert count_up_to_cap(Lane.objects.all(), ("lanes",)) == 3
    lanes(1)
    assert count_up_to_cap(Lane.objects.all(), ("lanes",)) == 4


def test_a_large_count_is_remembered_for_a_while(lanes, django_assert_num_queries):
    lanes(1001)
    assert count_up_to_cap(Lane.objects.all(), ("lanes",)) == 1001
    with django_assert_num_queries(0):
        assert count_up_to_cap(Lane.objects.all(), ("lanes",)) == 1001


def test_another_question_has_a_count_of_its_own(lanes):
    lanes(1001)
    count_up_to_cap(Lane.objects.all(), ("lanes",))
    assert count_up_to_cap(Lane.objects.filter(name="巷1"), ("lane",)) == 1
