"""A number and the list behind it agree, for every metric of every app."""

import re
from datetime import date

import pytest
from django.db.models import Count
from django.test import RequestFactory
from django.utils import timezone

from reports.figures import figures_of
from reports.links import RowLinks, declaration_of
from tests.factories import FACTORIES, make_assignment
from toolkit.metrics import metrics, rates
from toolkit.periods import Period

every_metric = pytest.mark.parametrize("metric", metrics.values(), ids=list(metrics))


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


@pytest.fixture
def work(street, donghu, donghu_grid, xihu):
    """Two rows of every model that has a factory, in two communities and a grid."""
    for unit in (donghu, donghu, donghu_grid, xihu):
        for make in FACTORIES.values():
            make(unit)


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


def test_every_number_of_the_report_page_opens_a_list(march, browse, mei):
    client = browse(mei)
    text = client.get("/reports/monthly/2026-03/").content.decode()
    links = set(re.findall(r'href="(/[^"]*\?figure=[^"]+)"', text))
    assert len(links) > 10
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_figure_beyond_the_readers_rows_has_no_link(street, donghu):
    reader = make_assignment("reader", donghu, ["view_report", "view_visit"]).user
    links = RowLinks(reader, Period.month_of(date(2026, 3, 1)))
    assert links.url("visits.visits", donghu)
    assert not links.url("visits.visits", street)
    assert not links.url("learning.school_sessions", donghu)


def test_a_rate_opens_the_rows_it_is_a_rate_of(street, mei):
    links = RowLinks(mei, Period.month_of(date(2026, 3, 1)))
    for rate in rates.values():
        assert links.url(rate.slug, street) == links.url(rate.whole, street)
