"""A number and the list behind it agree, for every metric of every app.

The street with a few rows of everything is made once, and what a test adds is undone.
"""

import pytest
from django.db.models import Count
from django.test import RequestFactory
from django.utils import timezone

from communities.models import OrgUnit
from reports.figures import figures_of
from reports.links import RowLinks, declaration_of
from tests.factories import FACTORIES, make_org_unit
from toolkit.metrics import metrics
from toolkit.periods import Period

every_metric = pytest.mark.parametrize("metric", metrics.values(), ids=list(metrics))
STREET, DONGHU, XIHU = "330381002000", "330381002901", "330381002902"


def this_year():
    return Period.year_of(timezone.localdate())


def rows_of(metric, user, unit):
    """Return the rows that the list behind the figure shows."""
    url = RowLinks(user, this_year()).url(metric.slug, unit)
    declared = declaration_of(metric.rows(this_year()).model)
    screen = declared.list_screen(screens=declared)
    screen.request = RequestFactory().get(url)
    screen.request.user = user
    return screen.get_queryset()


@pytest.fixture(scope="module")
def work(rows_of_module):
    """Two rows of every model that has a factory, in two communities and a grid."""
    with rows_of_module():
        street = make_org_unit("street", STREET)
        donghu = make_org_unit("community", DONGHU, parent=street)
        grid = make_org_unit("grid", f"{DONGHU}001", parent=donghu)
        xihu = make_org_unit("community", XIHU, parent=street)
        for unit in (donghu, donghu, grid, xihu):
            for make in FACTORIES.values():
                make(unit)


@pytest.fixture
def street(work, db):
    return OrgUnit.objects.get(code=STREET)


@pytest.fixture
def donghu(work, db):
    return OrgUnit.objects.get(code=DONGHU)


@every_metric
def test_the_number_is_the_length_of_its_list(metric, work, mei, donghu):
    number = figures_of([donghu], this_year(), [metric])[donghu.pk][metric.slug]
    rows = rows_of(metric, mei, donghu)
    if metric.value == Count("pk"):
        assert number == rows.count()
    counted = metric.rows(this_year()).filter(pk__in=rows.values("pk"))
    again = counted.aggregate(total=metric.value)
    assert number == metric.filled(again["total"])


@every_metric
def test_parts_and_whole_link_to_their_own_lists(metric, work, mei, street, donghu):
    ours, all_rows = rows_of(metric, mei, donghu), rows_of(metric, mei, street)
    assert set(ours.values_list("pk")) <= set(all_rows.values_list("pk"))


def test_the_factories_make_rows_that_count(work, street):
    figures = figures_of([street], this_year())[street.pk]
    assert sum(1 for value in figures.values() if value) >= len(metrics) // 3
