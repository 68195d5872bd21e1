"""The line under the title of the residents counts who was written, wherever it was."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from communities.models import Resident, RollsEdition
from communities.rolls import edition, forget_rolls, people_below
from communities.roster.actions import order_commit
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, worked_on
from tests.factories import make_resident

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


def enter(visitor, unit, name: str):
    data = {"name": name, "id_kind": "111", "sex": "0", "relation": "00"}
    data |= {"registration": "street", "living": "here", "health": "0"}
    url = reverse("communities:resident-create")
    return visitor.post(url, data | {"org_unit": unit.pk})


def test_every_entry_is_an_edition_of_its_own(browse, lin, donghu_grid):
    for number, name in enumerate(("张三", "李四"), start=1):
        assert enter(browse(lin), donghu_grid, name).status_code == 302
        assert RollsEdition.objects.get().number == number


def test_the_people_of_each_unit_are_counted_anew(settings, donghu, donghu_grid, xihu):
    settings.CACHES = cache_of("people")
    units = (donghu, donghu_grid, xihu)
    for count in range(3):
        told = {donghu.pk: count, donghu_grid.pk: count, xihu.pk: 0}
        assert people_below(units) == told
        make_resident(donghu_grid)
        assert people_below(units) == told
        forget_rolls()


def test_an_edition_is_counted_once_the_transaction_is_through(db):
    with transaction.atomic():
        forget_rolls()
        assert edition() == 0
    assert edition() == 1


def rename(table: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {name}")


def test_what_was_written_is_answered_so_whatever_becomes_of_the_edition(
    browse, lin, donghu_grid
):
    table, visitor = RollsEdition._meta.db_table, browse(lin)
    rename(table, "away")
    try:
        answer = enter(visitor, donghu_grid, "张三")
    finally:
        rename("away", table)
    assert answer.status_code == 302
    assert Resident.objects.get().name == "张三"
