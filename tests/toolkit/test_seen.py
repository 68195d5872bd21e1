"""Two people open the same form; the second one to save is told about the first."""

import pytest
from django.urls import reverse

from communities.actions.residents import save_resident
from tests.factories import make_assignment, make_resident, make_team
from toolkit.screens.seen import mark_of


@pytest.fixture
def team(donghu):
    return make_team(donghu, name="护绿队", leader="甲")


def url_of(row):
    meta = row._meta
    return reverse(f"{meta.app_label}:{meta.model_name}-update", args=[row.pk])


def form_of(page):
    """Return what a browser would send back from the page, unchanged."""
    shown = page.context["form"]
    values = {name: shown[name].value() for name in shown.fields}
    sent = {name: "" if value is None else value for name, value in values.items()}
    return sent | {"seen": page.context["seen"]}


def test_an_untouched_row_is_saved(team, browse, lin):
    visitor = browse(lin)
    sent = form_of(visitor.get(url_of(team)))

    assert visitor.post(url_of(team), sent | {"leader": "乙"}).status_code == 302


def test_the_second_to_save_learns_who_was_faster_and_loses_nothing(
    team, donghu, browse, lin, client
):
    ping = make_assignment("ping", donghu).user
    sent = form_of(browse(lin).get(url_of(team)))
    browse(ping).post(url_of(team), sent | {"leader": "乙"})

    answer = browse(lin).post(url_of(team), sent | {"about": "浇水"})

    told = str(answer.context["form"].non_field_errors())
    assert answer.status_code == 422
    assert str(ping) in told
    assert "队长" in told
    assert answer.context["form"]["about"].value() == "浇水"
    team.refresh_from_db()
    assert (team.leader, team.about) == ("乙", "")


def test_who_has_read_the_warning_may_save_all_the_same(team, browse, lin):
    visitor = browse(lin)
    sent = form_of(visitor.get(url_of(team)))
    type(team).objects.update(leader="乙")
    warned = form_of(visitor.post(url_of(team), sent | {"leader": "丙"}))

    assert visitor.post(url_of(team), warned).status_code == 302
    team.refresh_from_db()
    assert team.leader == "丙"


def test_a_sealed_value_counts_and_does_not_show(donghu_grid):
    resident = make_resident(donghu_grid, phone="13800138000")
    before = mark_of(resident)
    resident.phone = "13800138001"
    save_resident(resident)

    assert mark_of(resident) != before
    assert mark_of(type(resident).objects.get()) == mark_of(resident)


def test_a_resident_moved_meanwhile_is_not_overwritten(donghu_grid, browse, lin):
    resident = make_resident(donghu_grid, name="李四")
    sent = form_of(browse(lin).get(url_of(resident)))
    type(resident).objects.update(name="李思")

    answer = browse(lin).post(url_of(resident), sent | {"name": "李斯"})

    assert answer.status_code == 422
    assert "没有写入" in answer.content.decode()
