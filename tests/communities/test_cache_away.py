"""Redis goes away in the middle of the day: what is written stays, and is told so."""

import pytest
from django.core.cache import cache, caches
from django.urls import reverse

from communities.models import Resident, RosterImport
from communities.roster.actions import order_commit
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, worked_on
from tests.factories import make_resident
from toolkit.models import Job

# Transactions that really end: what is done afterwards is the point.
pytestmark = pytest.mark.django_db(transaction=True)
NOBODY_LISTENS = "redis://127.0.0.1:1/0"
CALLS = {
    "add": ("key", 1),
    "get": ("key",),
    "get_or_set": ("key", 1),
    "get_many": (["key"],),
    "set": ("key", 1),
    "set_many": ({"key": 1},),
    "touch": ("key",),
    "has_key": ("key",),
    "incr": ("key",),
    "decr": ("key",),
    "incr_version": ("key",),
    "decr_version": ("key",),
    "delete": ("key",),
    "delete_many": (["key"],),
    "clear": (),
    "close": (),
}


@pytest.fixture(autouse=True)
def no_redis(settings):
    backend = "toolkit.caching.ForgivingRedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": NOBODY_LISTENS}}


@pytest.mark.parametrize("method", CALLS)
def test_no_method_of_the_cache_fails(method):
    getattr(cache, method)(*CALLS[method])


def test_every_method_of_the_cache_is_tried():
    kept_back = {"make_key", "validate_key", "make_and_validate_key"}
    kept_back |= {"get_backend_timeout"}
    cache_class = type(caches["default"])
    public = {name for name in dir(cache_class) if not name.startswith("_")}
    called = {name for name in public if callable(getattr(cache_class, name))}
    twins = {name for name in called if name[0] == "a" and name[1:] in called}
    assert called - twins - kept_back == set(CALLS)


@pytest.fixture
def sent(donghu_grid):
    data = {"name": "张三", "id_kind": "111", "sex": "0", "relation": "00"}
    data |= {"registration": "street", "living": "here", "health": "0"}
    return data | {"org_unit": donghu_grid.pk}


def test_an_entered_resident_is_answered_as_entered(browse, lin, sent):
    answer = browse(lin).post(reverse("communities:resident-create"), sent)
    assert answer.status_code == 302
    assert Resident.objects.get().name == "张三"


def test_a_written_roster_is_reported_as_written(lin, donghu, donghu_grid):
    zhang = person("张三", id_number=card(1), lane="凤山巷", door="12")
    found = checked(roster(zhang), donghu, lin)
    order_commit(roster=found, by=lin, leave_conflicts=False)
    found = worked_on(found)
    assert found.state == RosterImport.State.COMMITTED
    assert found.job.state == Job.State.DONE
    assert Resident.objects.get().name == "张三"


@pytest.mark.parametrize(
    "page", ["resident-list", "household-list", "resident-create", "find"]
)
def test_the_pages_go_on_working(page, browse, lin, donghu_grid):
    make_resident(donghu_grid)
    assert browse(lin).get(reverse(f"communities:{page}")).status_code == 200


@pytest.mark.parametrize("page", ["/", "/notices/", "/units/", "/desk/"])
def test_the_home_pages_go_on_working(page, browse, lin):
    assert browse(lin).get(page).status_code == 200
