"""The cast of every test.

    street Yuhai
    ├── community Donghu ── grid 1      Lin works in Donghu
    └── community Xihu                  Chen works in Xihu

Mei leads the street and sees both communities. Chen must see nothing of Donghu.
Guo has an account and no assignment.
"""

import gc
import os

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings
from redis import Redis

from tests.factories import make_assignment, make_org_unit, make_user
from tests.guards import empty_what_was_filled
from tests.place import place_in
from tests.standing_rows import open_until_the_end
from toolkit.chain import head_file
from toolkit.stack_room import roomy

# A busy machine is not a fault of the code.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


# Whoever keeps everything until the end need not look through it all so often: a
# fifteenth of the time of the tests that ask for pages.
gc.set_threshold(50_000, 20, 20)


# What may differ from one database to the other: whoever asks it, or starts others
# that do, and what is only there with one of them.
ASKING = {"db", "transactional_db", "django_db_setup"}
NOT_PLAIN = ("django_db", "processes", "browser", "skipif")
# What takes longest in one piece: last, one core would wait for the other.
LONGEST = ("tests/demo/test_every_page.py", "tests/browser/test_every_page.py")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what has no database, pytest-django refuses it; begin with what is long."""
    for item in items:
        marked = any(item.get_closest_marker(name) for name in NOT_PLAIN)
        if not marked and ASKING.isdisjoint(item.fixturenames):
            item.add_marker("plain")
    yield
    # After pytest-django has put them into its order.
    items.sort(key=lambda item: not is_long(item))


def is_long(item) -> bool:
    """Answer whether a test is long, or of those that all run on the same core."""
    is_one_of_many = item.get_closest_marker("xdist_group") is not None
    return is_one_of_many or item.nodeid.startswith(LONGEST)


def pytest_collection_finish():
    """Set aside what stays: thousands of tests, and every module of the portal."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """Run tests as the web server answers, which takes a sixth off their time."""
    item.runtest = roomy(item.runtest)


@pytest.fixture(scope="session", autouse=True)
def emptied_by_us():
    """Leave nothing behind where a test really commits, append-only tables included."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            TransactionTestCase,
            "_fixture_teardown",
            lambda case: empty_what_was_filled(),
        )
        yield


@pytest.fixture(scope="session")
def redis_server():
    """The Redis of this run, None where there is none."""
    if "REDIS_URL" not in os.environ:
        yield None
        return
    with Redis.from_url(os.environ["REDIS_URL"]) as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_cached(redis_server):
    """Let no test see figures that another one has read."""
    if redis_server is None:
        cache.clear()
        return
    # The other process of the run keeps what it has: clear() would empty all of Redis.
    for key in redis_server.scan_iter(match=f"{cache.key_prefix}:*", count=1000):
        redis_server.delete(key)


@pytest.fixture(autouse=True)
def language_of_the_office():
    """Let no test go on in the language that another has asked for."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_chain_published():
    """Forget the end of the audit chain of another test, whose rows are gone."""
    head_file().unlink(missing_ok=True)


@pytest.fixture(scope="module")
def rows_of_module(django_db_setup, django_db_blocker):
    """Return a context in which rows are made that stay until the module is done.

    What a test adds or changes is undone as ever. Not for modules that really commit.
    """
    with open_until_the_end(django_db_blocker):
        yield django_db_blocker.unblock


@pytest.fixture
def street(db):
    return make_org_unit("street", "330381002000", name="玉海街道")


@pytest.fixture
def donghu(street):
    return make_org_unit("community", "330381002901", parent=street, name="东湖社区")


@pytest.fixture
def donghu_grid(donghu):
    return make_org_unit("grid", "330381002901001", parent=donghu, name="01网格")


@pytest.fixture
def xihu(street):
    return make_org_unit("community", "330381002902", parent=street, name="西湖社区")


@pytest.fixture
def mei(street):
    return make_assignment("mei", street).user


@pytest.fixture
def lin(donghu):
    return make_assignment("lin", donghu).user


@pytest.fixture
def chen(xihu):
    return make_assignment("chen", xihu).user


@pytest.fixture
def guo(db):
    return make_user("guo")


@pytest.fixture
def browse(client):
    """Return a client that is logged in as the given person."""

    def login(person):
        client.force_login(person)
        return client

    return login


@pytest.fixture(scope="session")
def migrated_place(tmp_path_factory, django_db_setup, django_db_blocker):
    """A portal for real processes that nobody has used yet; tests work in copies."""
    with place_in(tmp_path_factory.mktemp("migrated"), django_db_blocker) as place:
        place.manage("migrate", "-v0")
        yield place


@pytest.fixture
def own_place(migrated_place, tmp_path, django_db_blocker):
    """A copy of that portal for one test."""
    folder = tmp_path / "place"
    folder.mkdir()
    with place_in(folder, django_db_blocker, like=migrated_place) as place:
        yield place
