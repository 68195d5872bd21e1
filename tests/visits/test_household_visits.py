"""A visit to a household counts for everybody of it who was met."""

from itertools import permutations
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from communities.sections import offered
from tests.factories import make_household, make_resident, make_visit_duty
from tests.visits.conftest import TODAY, days_ago
from toolkit.metrics import metrics, totals
from toolkit.periods import Period
from visits.actions import correct_visit
from visits.day import day_of
from visits.models import DueVisit, Visit

NEW = reverse("visits:visit-new")


@pytest.fixture
def home(wang, donghu_grid):
    wang.household = make_household(donghu_grid)
    wang.save()
    return wang.household


@pytest.fixture
def son(home, donghu_grid):
    return make_resident(donghu_grid, name="王小明", household=home)


@pytest.fixture
def sent():
    return {
        "client_uuid": str(uuid4()),
        "method": "door",
        "when": "now",
        "outcome": "normal",
        "next": "rule",
    }


def form_of(home):
    return f"{NEW}?household={home.pk}"


def ticked(page):
    field = page.context["form"]["members"]
    return [box.data["label"] for box in field if box.data["selected"]]


def offered_members(page):
    return [str(box.choice_label) for box in page.context["form"]["members"]]


def stand(duty):
    duty.refresh_from_db()
    return duty.last_visited_on


def test_it_fulfils_the_duty_of_who_was_met(home, wang, duty, log):
    visit = log(home, members=[wang])
    assert stand(duty) == TODAY
    assert DueVisit.objects.get(met_by=visit).duty == duty


def test_it_fulfils_nobody_else_s(home, wang, son, duty, weekly, donghu_grid, log):
    his = make_visit_duty(donghu_grid, resident=son, rule=weekly)
    log(home, members=[wang])
    assert (stand(duty), stand(his)) == (TODAY, None)


def test_where_nobody_was_met_nothing_is_fulfilled(home, wang, duty, log):
    visit = log(home, "nobody_home", members=[wang])
    assert list(visit.met_members.all()) == []
    assert (stand(duty), duty.misses) == (None, 0)


def test_who_does_not_live_there_was_not_met_there(home, duty, log, donghu_grid):
    with pytest.raises(ValidationError, match="这一户的成员"):
        log(home, members=[make_resident(donghu_grid)])
    assert not Visit.objects.exists()


def test_a_need_found_there_brings_the_extra_visit(home, wang, duty, log):
    visit = log(home, "needs_help", members=[wang])
    duty.refresh_from_db()
    assert duty.why == "change"
    assert visit.follow_up_on is None


def test_without_a_duty_the_home_is_seen_again(home, wang, log):
    assert log(home, "needs_help", members=[wang]).follow_up_on is not None


def test_it_keeps_what_was_agreed_with_who_was_met(home, wang, log):
    first = log(wang, "needs_help", visited_at=days_ago(1))
    log(home, members=[wang])
    first.refresh_from_db()
    assert first.followed_up_on == TODAY


PAID = ((20, False), (12, True), (4, False), (3, True))


@pytest.mark.parametrize("order", list(permutations(range(len(PAID)))), ids=str)
def test_the_order_of_entry_does_not_matter(order, home, wang, duty, log):
    for number in order:
        days, is_whole = PAID[number]
        members = {"members": [wang]} if is_whole else {}
        subject = home if is_whole else wang
        log(subject, visited_at=days_ago(days), **members)
    rows = DueVisit.objects.filter(duty=duty, dropped_on=None).order_by("due_on")
    days = [((one.due_on - TODAY).days, one.met_on) for one in rows]
    met = [days_ago(one).date() for one, _whole in PAID]
    assert days == [(-13, met[1]), (-5, met[2]), (-1, met[0]), (3, met[3]), (4, None)]


def test_the_form_asks_whom_and_who_lives_alone_was_met(home, wang, lin, browse, sent):
    page = browse(lin).get(form_of(home))
    assert len(ticked(page)) == 1
    members = {"members": [wang.pk]}
    browse(lin).post(form_of(home), sent | members)
    assert list(Visit.objects.get().met_members.all()) == [wang]


def test_of_several_nobody_is_ticked_and_those_with_a_duty_come_first(
    home, wang, son, weekly, donghu_grid, lin, browse
):
    make_visit_duty(donghu_grid, resident=son, rule=weekly)
    page = browse(lin).get(form_of(home))
    assert ticked(page) == []
    first, second = offered_members(page)
    assert first.startswith("王小明")
    assert "独居" in first
    assert second.startswith("王阿婆")


def test_nobody_has_to_be_ticked(home, son, duty, lin, browse, sent):
    page = browse(lin).post(form_of(home), sent, follow=True).content.decode()
    assert "没有记下见到谁" in page
    assert stand(duty) is None


def test_who_left_the_rolls_is_not_offered(home, son, lin, browse):
    son.ended_on, son.ended_by = TODAY, "moved_out"
    son.save()
    assert len(offered_members(browse(lin).get(form_of(home)))) == 1


@pytest.mark.parametrize("value", ["0", "x", "9" * 30])
def test_nonsense_for_a_member_gets_a_sentence(value, home, lin, browse, sent):
    answer = browse(lin).post(form_of(home), sent | {"members": [value]})
    assert answer.status_code == 422
    assert "这一户的成员" in answer.content.decode()


def test_a_person_s_form_asks_for_no_members(wang, lin, browse):
    page = browse(lin).get(f"{NEW}?resident={wang.pk}")
    assert "members" not in page.context["form"].fields


def test_receipt_and_page_name_who_was_met_and_what_for(
    home, wang, duty, lin, browse, sent
):
    visitor = browse(lin)
    members = {"members": [wang.pk]}
    page = visitor.post(form_of(home), sent | members, follow=True).content.decode()
    assert "记入 1 项走访任务" in page
    assert "王阿婆　80岁以上独居" in page
    detail = visitor.get(Visit.objects.get().get_absolute_url()).content.decode()
    assert "王阿婆" in detail


def test_it_stands_in_the_timeline_of_who_was_met(
    home, wang, son, duty, log, lin, browse
):
    log(home, members=[wang])

    def told(person):
        sections = offered("resident", "section", person, lin)
        [found] = [one for one in sections if one["title"] == "走访"]
        return [line["summary"] for line in found["context"]["visits"]]

    assert told(wang) == ["随户走访：上门，情况正常"]
    assert told(son) == []
    url = f"{reverse('visits:visit-list')}?resident={wang.pk}"
    assert len(browse(lin).get(url).context["rows"]) == 1


def figures(unit):
    chosen = [metrics[f"visits.{slug}"] for slug in ("visits", "people", "listed_met")]
    period = Period(days_ago(30).date(), days_ago(-30).date())
    return totals(chosen, lambda rows: rows.within(unit), period)


def test_it_is_one_visit_and_as_many_people_as_were_met(
    home, wang, son, duty, log, donghu
):
    log(home, members=[wang, son])
    log(wang)
    assert figures(donghu) == {
        "visits.visits": 2,
        "visits.people": 2,
        "visits.listed_met": 1,
    }


def correct(visit, by, **values):
    return correct_visit(visit=visit, values=values, reason="补记", by=by, changes=[])


def test_a_correction_adds_and_takes_away_who_was_met(home, wang, son, duty, log, lin):
    visit = log(home)
    correct(visit, lin, met_members=[wang])
    assert stand(duty) == TODAY
    correct(visit, lin, met_members=[son])
    assert stand(duty) is None


def test_a_correction_to_nobody_home_takes_everybody_away(home, wang, duty, log, lin):
    visit = log(home, members=[wang])
    correct(visit, lin, outcome="nobody_home")
    assert list(visit.met_members.all()) == []
    assert (stand(duty), duty.misses) == (None, 0)


def test_the_page_of_a_correction_asks_and_tells_its_history(
    home, wang, duty, log, lin, browse
):
    visit = log(home)
    url = reverse("visits:visit-correct", args=[visit.pk])
    sent = {
        "method": visit.method,
        "visited_at": f"{visit.visited_at.astimezone():%Y-%m-%dT%H:%M}",
        "outcome": visit.outcome,
        "met_members": [wang.pk],
        "reason": "补记见到的人",
    }
    assert browse(lin).post(url, sent).status_code == 302
    assert stand(duty) == TODAY
    page = browse(lin).get(visit.get_absolute_url()).content.decode()
    assert "见到的人" in page
    assert (
        "met_members"
        not in browse(lin)
        .get(reverse("visits:visit-correct", args=[log(wang).pk]))
        .context["form"]
        .fields
    )


def test_a_try_in_vain_is_over_once_the_person_was_met_at_home(home, wang, log, lin):
    log(wang, "nobody_home", visited_at=days_ago(0, hour=0))
    assert len(day_of(lin).missed) == 1
    log(home, members=[wang])
    assert day_of(lin).missed == []


def test_a_correction_of_a_crowded_home_keeps_who_was_met(
    home, donghu_grid, log, lin, browse
):
    crowd = [
        make_resident(donghu_grid, name=f"工人{at}", household=home) for at in range(35)
    ]
    visit = log(home, members=[crowd[-1]])
    url = reverse("visits:visit-correct", args=[visit.pk])
    form = browse(lin).get(url).context["form"]
    assert str(crowd[-1].pk) in [
        str(box.data["value"]) for box in form["met_members"] if box.data["selected"]
    ]
