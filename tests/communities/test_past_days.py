"""The register of a past day: who moves, or is entered today, leaves the past alone."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from communities.actions.households import (
    change_head,
    merge_households,
    move_household,
    split_household,
    transfer_member,
)
from communities.actions.population import Facts, record_event
from communities.actions.residents import register_resident
from communities.actions.undo import undo_step
from communities.addresses import Address
from communities.models import HEAD, Household, Relocation, Resident
from reports.figures import figures_of
from reports.links import RowLinks, declaration_of
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import committed
from tests.factories import make_household, make_org_unit, make_resident
from tests.factories.communities import make_family
from toolkit.metrics import metrics
from toolkit.periods import Period

TODAY = timezone.localdate()
THIS = Period.month_of(TODAY)
LAST = THIS.previous()
BEFORE = LAST.previous()
MIDDLE = LAST.start + timedelta(days=14)


@pytest.fixture
def home(donghu):
    return make_family(donghu, ("户主甲", HEAD), ("成员乙", "22"))


def figure(slug, unit, period=BEFORE):
    slug = f"communities.{slug}"
    return figures_of([unit], period, [metrics[slug]])[unit.pk][slug]


def figures(slug, *units, period=BEFORE):
    return [figure(slug, unit, period) for unit in units]


def listed(slug, user, unit, period=BEFORE):
    """Return the rows of the list that the figure opens."""
    metric = metrics[f"communities.{slug}"]
    url = RowLinks(user, period).url(metric.slug, unit)
    declared = declaration_of(metric.rows(period).model)
    screen = declared.list_screen(screens=declared)
    screen.request = RequestFactory().get(url)
    screen.request.user = user
    return screen.get_queryset()


def move(household, unit, day=MIDDLE):
    address = Address(f"{unit.name}巷")
    told = {"org_unit": unit, "address": address, "happened_on": day}
    return move_household(household=household, **told)


def test_a_move_leaves_the_past_of_both_communities(home, donghu, xihu, mei):
    move(home, xihu)
    assert figures("residents", donghu, xihu) == [2, 0]
    assert figures("households", donghu, xihu) == [1, 0]
    assert figures("residents", donghu, xihu, period=LAST) == [0, 2]
    assert figures("households", donghu, xihu, period=LAST) == [0, 1]
    for slug in ("residents", "households"):
        assert [listed(slug, mei, unit).count() for unit in (donghu, xihu)] == figures(
            slug, donghu, xihu
        )


def test_a_move_counts_in_both_communities_and_opens_its_rows(home, donghu, xihu, mei):
    move(home, xihu)
    assert figures("internal_in", donghu, xihu, period=LAST) == [0, 2]
    assert figures("internal_out", donghu, xihu, period=LAST) == [2, 0]
    assert listed("internal_in", mei, xihu, LAST).count() == 2
    assert listed("internal_out", mei, donghu, LAST).count() == 2
    assert figure("internal_out", donghu, THIS) == 0


def test_a_move_within_a_community_is_none_of_its_figures(home, donghu, donghu_grid):
    move(home, donghu_grid)
    assert Relocation.objects.count() == 2
    assert figure("internal_in", donghu, LAST) == 0
    assert figure("internal_out", donghu, LAST) == 0
    assert figure("residents", donghu) == 2


def test_a_move_taken_back_never_was(home, donghu, xihu):
    undo_step(step_back=move(home, xihu), reason="听错了")
    for period in (BEFORE, LAST, THIS):
        assert figures("residents", donghu, xihu, period=period) == [2, 0]
        assert figures("households", donghu, xihu, period=period) == [1, 0]
    assert figure("internal_out", donghu, LAST) == 0
    assert Relocation.objects.count() == 4


def test_who_moves_twice_has_been_in_three_communities(home, street, donghu, xihu):
    nanmen = make_org_unit("community", parent=street)
    move(home, xihu, LAST.start)
    move(home, nanmen, THIS.start)
    units = (donghu, xihu, nanmen)
    assert figures("residents", *units) == [2, 0, 0]
    assert figures("residents", *units, period=LAST) == [0, 2, 0]
    assert figures("residents", *units, period=THIS) == [0, 0, 2]


def test_a_transfer_a_split_and_a_merger_count_from_their_day(home, donghu, xihu):
    other = make_family(xihu, ("户主丙", HEAD))
    head, second = home.members.order_by("pk")
    transfer_member(
        resident=second, into=other, relation="99", happened_on=MIDDLE, reason=""
    )
    assert figures("residents", donghu, xihu) == [2, 1]
    assert figures("residents", donghu, xihu, period=LAST) == [1, 2]
    told = {"happened_on": THIS.start, "head_relation": "99"}
    merge_households(household=home, into=other, **told)
    assert figures("residents", donghu, xihu, period=LAST) == [1, 2]
    assert figures("residents", donghu, xihu, period=THIS) == [0, 3]
    split_household(
        household=other,
        members=[head],
        head=head,
        number="9",
        org_unit=donghu,
        address=Address("新巷"),
        happened_on=TODAY,
    )
    assert figures("residents", donghu, xihu, period=LAST) == [1, 2]
    assert figures("residents", donghu, xihu, period=THIS) == [1, 2]


def test_another_unit_on_the_form_counts_from_today(donghu, xihu, browse, mei):
    resident = make_resident(donghu, name="没有住户的人")
    url = reverse("communities:resident-update", args=[resident.pk])
    data = {"name": resident.name, "org_unit": xihu.pk, "living": "here"}
    data |= {"registration": "street", "relation": "00", "id_kind": "111"}
    page = browse(mei).post(url, data)
    assert page.status_code == 302, page.context["form"].errors
    assert figures("residents", donghu, xihu, period=LAST) == [1, 0]
    assert figures("residents", donghu, xihu, period=THIS) == [0, 1]
    assert Relocation.objects.get().by == mei


def test_a_first_roster_moves_nobody_and_a_later_one_moves_from_its_day(
    donghu, donghu_grid, lin
):
    second = make_org_unit("grid", "330381002901002", parent=donghu, name="02网格")
    zhang = person("张三", id_number=card(1))
    committed(roster(zhang), donghu, lin)
    assert not Relocation.objects.exists()
    committed(roster(zhang | {"grid": "02网格"}), donghu, lin)
    row = Relocation.objects.get()
    assert (row.from_unit, row.org_unit, row.moved_on) == (donghu_grid, second, TODAY)
    assert figures("residents", donghu_grid, second, period=LAST) == [1, 0]
    assert figures("households", donghu_grid, second, period=LAST) == [1, 0]


def test_members_whom_no_row_names_move_with_their_household(donghu, donghu_grid, lin):
    second = make_org_unit("grid", "330381002901002", parent=donghu, name="02网格")
    zhang = person("张三", id_number=card(1))
    wife = person("李梅", id_number=card(2, is_male=False), relation="配偶")
    committed(roster(zhang, wife), donghu, lin)
    committed(roster(zhang | {"grid": "02网格"}), donghu, lin)
    assert figures("residents", donghu_grid, second, period=LAST) == [2, 0]
    assert figures("residents", donghu_grid, second, period=THIS) == [0, 2]


def test_a_later_roster_changes_no_past_figure(donghu, donghu_grid, lin):
    first = person("张三", id_number=card(1))
    committed(roster(first), donghu, lin)
    committed(roster(first, person("王五", number="0002")), donghu, lin)
    assert figures("residents", donghu, period=LAST) == [1]
    assert figures("households", donghu, period=LAST) == [1]
    assert figures("residents", donghu, period=THIS) == [2]
    assert figures("households", donghu, period=THIS) == [2]
    assert figure("entered", donghu, THIS) == 1


def test_who_is_entered_today_changes_no_past_figure(donghu):
    register_resident(resident=Resident(org_unit=donghu, name="原住户"))
    assert figures("residents", donghu, period=LAST) == [0]
    assert figures("residents", donghu, period=THIS) == [1]
    assert figure("entered", donghu, THIS) == 1


def test_what_happened_to_one_entered_late_shows_that_he_was_here(donghu):
    resident = register_resident(resident=Resident(org_unit=donghu, name="原住户"))
    record_event(resident=resident, facts=Facts("moved_out", MIDDLE, TODAY))
    assert figures("residents", donghu, period=LAST) == [0]
    assert figure("entered", donghu, LAST) == figure("moves_out", donghu, LAST) == 1
    assert figure("entered", donghu, THIS) == 0


def test_who_left_and_came_back_was_there_before(donghu):
    resident = make_resident(donghu, living="here")
    for kind, day in (("moved_out", LAST.start), ("moved_in", THIS.start)):
        record_event(resident=resident, facts=Facts(kind, day, TODAY))
        resident.refresh_from_db()
    counted = [figure("residents", donghu, one) for one in (BEFORE, LAST, THIS)]
    assert counted == [1, 0, 1]


def test_a_death_reported_after_a_move_belongs_to_where_he_died(home, donghu, xihu):
    second = home.members.order_by("pk")[1]
    move(home, xihu)
    died = Facts("died", MIDDLE - timedelta(days=3), TODAY)
    record_event(resident=Resident.objects.get(pk=second.pk), facts=died)
    assert figures("deaths", donghu, xihu, period=LAST) == [1, 0]
    assert figures("internal_out", donghu, period=LAST) == [1]


def test_who_has_moved_on_is_told_of_where_the_list_cannot_show_him(
    home, donghu, xihu, browse, lin
):
    other = make_family(donghu, ("留下的", HEAD))
    move(home, xihu)
    url = RowLinks(lin, BEFORE).url("communities.residents", donghu)
    page = browse(lin).get(url)
    assert [row.name for row in page.context["rows"]] == ["留下的"]
    assert "另有 2 条" in page.context["conditions"][0]["value"]
    assert other.members.count() == 1


def test_a_founding_taken_back_never_was(donghu):
    home = make_family(donghu, ("甲", HEAD), ("乙", "22"))
    head = home.members.get(relation="22")
    step = split_household(
        household=home,
        members=[head],
        head=head,
        number="9",
        org_unit=donghu,
        address=Address("新巷"),
        happened_on=MIDDLE,
    )
    assert figure("households", donghu, LAST) == 2
    undo_step(step_back=step, reason="听错了")
    assert figure("households", donghu, LAST) == 1


def test_no_step_without_a_move_leaves_a_row(home):
    second = home.members.get(relation="22")
    change_head(household=home, head=second, happened_on=TODAY)
    assert not Relocation.objects.exists()


def test_a_row_is_never_changed(home, xihu):
    move(home, xihu)
    with pytest.raises(DatabaseError), transaction.atomic():
        Relocation.objects.update(moved_on=date(2020, 1, 1))


def test_all_units_are_counted_in_one_statement(
    street, home, donghu, xihu, django_assert_num_queries
):
    move(home, xihu)
    make_household(xihu)
    chosen = [metrics["communities.residents"], metrics["communities.households"]]
    # One reads the tree of units.
    with django_assert_num_queries(2):
        found = figures_of([street, donghu, xihu], BEFORE, chosen)
    assert found[street.pk]["communities.residents"] == 2
    assert found[street.pk]["communities.households"] == Household.objects.count()
