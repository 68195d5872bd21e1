"""A number of a report leads to the rows that it counts, where one may read them."""

import re
from datetime import date

from reports.links import RowLinks
from tests.factories import make_assignment
from toolkit.metrics import rates
from toolkit.periods import Period


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
