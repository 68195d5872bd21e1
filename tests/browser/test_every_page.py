"""Each page of the demo stands in a real browser without a word in its console."""

import logging
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import Error

from tests.demo.crawl import (
    Answer,
    Visitor,
    accounts_to_try,
    parameters,
    signed_in,
    view_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.looks]


class InABrowser(Visitor):
    """Opens one address of each view that nobody before has opened."""

    def __init__(self, page, known: Counter):
        super().__init__(client=None, shared=known)
        self.page = page
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))

    def is_new(self, url):
        view = view_of(url)
        self.shared[view] += 1
        return self.shared[view] == 1 and not parameters(url)

    def fetch(self, url):
        try:
            found = self.page.goto(self.origin + url)
        except Error as failure:
            if "Download is starting" not in str(failure):
                raise
            # A file is saved, not shown.
            return Answer(200, url)
        # What is said late counts for the page after it.
        self.faults += [f"{url}: {line}" for line in self.page.heard]
        self.page.heard.clear()
        arrived = self.page.url.removeprefix(self.origin)
        return Answer(found.status, arrived, self.page.content())

    def try_form(self, page, form):
        """Forms are pressed elsewhere."""


@pytest.fixture
def street_at_work(transactional_db):
    call_command("load_demo", residents=1000)


def test_no_page_complains_to_the_console(street_at_work, open_page, caplog):
    known, faults, opened = Counter(), [], 0
    for name in accounts_to_try():
        session = signed_in(name).cookies["sessionid"].value
        page = open_page("/accounts/", cookies=[("sessionid", session)])
        visitor = InABrowser(page, known)
        visitor.walk("/desk/")
        known["desk:desk"] = 0
        opened += len(visitor.opened)
        faults += [f"{name}: {fault}" for fault in visitor.faults]
    told = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert opened > 100
    assert not faults, "\n".join(faults)
    assert told == []
