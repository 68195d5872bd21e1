"""The pages on which events of the population are entered and taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import HEAD, PopulationEvent
from tests.factories import make_assignment, make_resident
from tests.factories.communities import make_family, make_population_event

TODAY = timezone.localdate()


@pytest.fixture
def resident(donghu_grid):
    return make_resident(
        donghu_grid, name="林大山", living="here", birth_on=date(1950, 1, 1)
    )


def event_url(resident):
    return reverse("communities:resident-event", args=[resident.pk])


def reverse_url(event):
    return reverse("communities:populationevent-reverse", args=[event.pk])


def facts(kind="died", days_ago=3, **more):
    day = (TODAY - timedelta(days=days_ago)).isoformat()
    return {"kind": kind, "happened_on": day, "reported_on": TODAY.isoformat()} | more


def test_what_happens_every_day_is_offered_before_a_death(resident, browse, lin):
    form = browse(lin).get(event_url(resident)).context["form"]
    kinds = [kind for kind, _label in form.fields["kind"].choices]
    assert kinds == [
        "moved_out",
        "went_away",
        "moved_in",
        "missing",
        "died",
        "mistaken",
    ]


def test_an_event_is_entered_with_two_days(resident, browse, lin):
    browse(lin).post(event_url(resident), facts(place="上海"))
    event = PopulationEvent.objects.get()
    assert (event.reported_on - event.happened_on).days == 3
    assert (event.by, event.org_unit, event.place) == (lin, resident.org_unit, "上海")


def test_an_event_after_its_report_is_refused(resident, browse, lin):
    sent = facts(days_ago=0) | {"reported_on": "2026-01-01"}
    answer = browse(lin).post(event_url(resident), sent)
    assert answer.status_code == 422
    assert "不能晚于申报日期" in answer.content.decode()


@pytest.mark.parametrize("kind", ["came_back", "born", "explode", ""])
def test_an_event_that_cannot_be_is_refused(kind, resident, browse, lin):
    answer = browse(lin).post(event_url(resident), facts(kind))
    assert answer.status_code == 422
    assert not PopulationEvent.objects.exists()


def test_a_head_who_leaves_names_a_successor_on_the_same_page(donghu_grid, browse, lin):
    home = make_family(donghu_grid, ("户主甲", HEAD), ("成员乙", "20"))
    head, other = home.members.order_by("pk")
    refused = browse(lin).post(event_url(head), facts())
    assert "请选一位接任户主" in refused.content.decode()
    browse(lin).post(event_url(head), facts(new_head=other.pk))
    assert home.members.get(relation=HEAD, ended_on=None) == other


def test_an_event_of_a_person_elsewhere_is_not_found(resident, browse, chen):
    assert browse(chen).get(event_url(resident)).status_code == 404
    assert browse(chen).post(event_url(resident), facts()).status_code == 404


def test_who_may_only_look_enters_nothing(resident, browse, donghu):
    looker = make_assignment("looker", donghu, ["view_resident"]).user
    assert browse(looker).get(event_url(resident)).status_code == 403


def test_looking_in_the_street_is_not_entering_there(resident, browse, chen, street):
    make_assignment("looking", street, ["view_resident"], user=chen)
    assert browse(chen).get(event_url(resident)).status_code == 404


def test_the_dead_lead_back_to_their_page(resident, browse, lin):
    browse(lin).post(event_url(resident), facts())
    assert browse(lin).get(event_url(resident)).url == resident.get_absolute_url()


def test_an_entry_is_taken_back_with_a_reason(resident, browse, lin):
    visitor = browse(lin)
    visitor.post(event_url(resident), facts())
    event = PopulationEvent.objects.get()
    assert visitor.post(reverse_url(event), {}).status_code == 422
    visitor.post(reverse_url(event), {"note": "听错了"})
    resident.refresh_from_db()
    assert resident.ended_on is None
    assert event.reversal.note == "听错了"


def test_an_entry_elsewhere_is_not_found(donghu, browse, chen):
    event = make_population_event(donghu)
    assert browse(chen).get(reverse_url(event)).status_code == 404
    assert browse(chen).post(reverse_url(event), {"note": "想撤"}).status_code == 404


def test_an_entry_taken_back_twice_is_refused_in_words(resident, browse, lin):
    visitor = browse(lin)
    visitor.post(event_url(resident), facts())
    event = PopulationEvent.objects.get()
    visitor.post(reverse_url(event), {"note": "听错了"})
    answer = visitor.post(reverse_url(event), {"note": "再来"})
    assert answer.status_code == 409
    assert "已经撤销" in answer.content.decode()


def test_the_page_of_a_resident_offers_to_take_the_last_entry_back(
    resident, browse, lin
):
    visitor = browse(lin)
    visitor.post(event_url(resident), facts("went_away"))
    event = PopulationEvent.objects.get()
    page = visitor.get(resident.get_absolute_url()).content.decode()
    assert reverse_url(event) in page


def test_the_list_shows_what_holds_unless_asked_for_all(donghu, browse, lin):
    event = make_population_event(donghu)
    make_population_event(donghu, resident=event.resident, reverses=event)
    url = reverse("communities:populationevent-list")
    assert browse(lin).get(url).context["rows"] == []
    assert len(browse(lin).get(url, {"state": "all"}).context["rows"]) == 2


@pytest.mark.parametrize("kind", ["", "moved_out"])
def test_the_page_of_a_resident_offers_every_event_by_one_word(
    kind, resident, browse, lin
):
    visitor = browse(lin)
    if kind:
        visitor.post(event_url(resident), facts(kind))
    page = visitor.get(resident.get_absolute_url()).content.decode()
    assert "登记人口变动" in page
    assert "迁出、注销" not in page
