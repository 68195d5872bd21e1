"""The line under the title of the residents counts who was written, wherever it was."""

import pytest
from django.urls import reverse

from communities.models import RollsEdition
from communities.roster.actions import order_commit
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, worked_on

# Transactions that really end: what is done afterwards is the point.
pytestmark = pytest.mark.django_db(transaction=True)


def cache_of(process: str) -> dict:
    """Return the memory that one process has for itself, where there is no Redis."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"default": {"BACKEND": backend, "LOCATION": process}}


def subtitle(visitor) -> str:
    page = visitor.get(reverse("communities:resident-list"))
    return page.context["screen"]["subtitle"]


def test_what_the_worker_writes_is_counted_at_the_next_page(
    settings, browse, lin, donghu, donghu_grid
):
    settings.CACHES = cache_of("web")
    visitor = browse(lin)
    found = checked(roster(person("张三", id_number=card(1))), donghu, lin)
    order_commit(roster=found, by=lin, leave_conflicts=False)
    assert subtitle(visitor) == "东湖社区　在册 0 人，0 户"
    settings.CACHES = cache_of("worker")
    worked_on(found)
    settings.CACHES = cache_of("web")
    assert subtitle(visitor) == "东湖社区　在册 1 人，1 户"


def test_every_entry_is_an_edition_of_its_own(browse, lin, donghu_grid):
    data = {"name": "张三", "id_kind": "111", "sex": "0", "relation": "00"}
    data |= {"registration": "street", "living": "here", "health": "0"}
    url = reverse("communities:resident-create")
    for number, name in enumerate(("张三", "李四"), start=1):
        sent = data | {"org_unit": donghu_grid.pk, "name": name}
        assert browse(lin).post(url, sent).status_code == 302
        assert RollsEdition.objects.get().number == number
