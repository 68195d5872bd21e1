"""Opening a record about a person is written down, and the record shows by whom."""

import pytest
from django.urls import reverse

from tests.factories import FACTORIES
from toolkit.audit import readers_of
from toolkit.screens import screens

# What tells where somebody lives, what became of him, or why he is looked after.
SENSITIVE = (
    "communities.household",
    "communities.populationevent",
    "communities.relocation",
    "communities.resident",
    "visits.duevisit",
    "visits.handedin",
    "visits.visit",
    "visits.visitduty",
)
every_sensitive = pytest.mark.parametrize("label", SENSITIVE)


@every_sensitive
def test_who_opens_a_record_is_among_its_readers(label, browse, lin, donghu_grid):
    row = FACTORIES[label](donghu_grid)
    page = browse(lin).get(row.get_absolute_url())
    assert [reader["by"] for reader in page.context["readers"]] == [str(lin)]
    [event] = readers_of(row)
    assert (event.verb, event.actor) == ("read", lin)


@every_sensitive
def test_who_asks_a_program_to_read_it_is_too(label, browse, lin, donghu_grid):
    row = FACTORIES[label](donghu_grid)
    app, name = label.split(".")
    url = reverse(f"api:{app}-{name}-detail", args=[row.pk])
    assert browse(lin).get(url).status_code == 200
    [event] = readers_of(row)
    assert (event.verb, event.actor) == ("read", lin)


@every_sensitive
def test_all_readers_of_a_record_are_shown_on_a_page(label, browse, lin, donghu_grid):
    row = FACTORIES[label](donghu_grid)
    visitor = browse(lin)
    for _reading in range(7):
        page = visitor.get(row.get_absolute_url())
    url = screens[label].url("readers", row.pk)
    assert page.context["readers_url"] == url
    assert len(visitor.get(url).context["readers"]) == 7


@every_sensitive
def test_who_may_not_open_a_record_is_not_told_its_readers(
    label, browse, chen, donghu_grid
):
    row = FACTORIES[label](donghu_grid)
    assert browse(chen).get(screens[label].url("readers", row.pk)).status_code == 404
    assert not readers_of(row).exists()
