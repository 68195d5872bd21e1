"""Every page of the demo opens for everybody to whom it is offered."""

import logging
from collections import Counter

import pytest
from django.core.management import call_command
from django.test import Client

from tests.demo.crawl import MOST_VISITORS, Visitor, accounts_to_try, signed_in

pytestmark = pytest.mark.slow
# Even who has no business data has a desk and the pages of the own account.
FEWEST_PAGES = 5


@pytest.fixture
def street_at_work(db):
    """The demo with fewer residents, loaded as `dev.py run` loads it."""
    call_command("load_demo", residents=1000)


def test_every_page_that_is_offered_opens(street_at_work, caplog):
    shared, faults = Counter(), []
    visits = {"a resident": (Client(raise_request_exception=False), "/")}
    for name in accounts_to_try():
        visits[name] = signed_in(name), "/desk/"
    for name, (client, start) in visits.items():
        visitor = Visitor(client, shared)
        visitor.walk(start)
        assert visitor.opened, name
        assert len(visitor.opened) >= FEWEST_PAGES or MOST_VISITORS, name
        faults += [f"{name}: {fault}" for fault in visitor.faults]
    told = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert not faults, "\n".join(faults)
    assert told == []
