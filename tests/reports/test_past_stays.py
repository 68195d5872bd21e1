"""What an office does later changes no figure of a period that is over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_body, make_team
from toolkit.metrics import metrics, totals
from toolkit.periods import Period

TODAY = timezone.localdate()
THIS = Period.month_of(TODAY)
LAST = THIS.previous()


def figure(slug, period):
    return totals([metrics[slug]], lambda rows: rows, period)[slug]


@pytest.mark.parametrize(("days", "counted"), [(-1, 0), (0, 1), (20, 1), (None, 1)])
def test_a_term_that_ran_out_did_so_whenever_the_body_is_closed(donghu, days, counted):
    end = LAST.start + timedelta(days=9)
    closed = None if days is None else end + timedelta(days=days)
    founded = end - timedelta(days=1800)
    make_body(donghu, began_on=founded, ends_on=end, closed_on=closed)
    assert figure("governance.terms_ended", LAST) == counted


def test_a_team_that_grows_today_was_as_large_as_it_was(donghu, browse, mei):
    founded = LAST.start - timedelta(days=300)
    team = make_team(donghu, members=30, founded_on=founded)
    make_team(donghu, members=5, founded_on=founded)
    for members in ("41", "44", "44"):
        data = {"org_unit": donghu.pk, "name": team.name, "kind": team.kind}
        data |= {"founded_on": f"{founded}", "members": members}
        url = reverse("volunteers:team-update", args=[team.pk])
        assert browse(mei).post(url, data).status_code == 302
    assert figure("volunteers.members", LAST) == 35
    assert figure("volunteers.members", THIS) == 49
    assert [one.new for one in team.member_changes.all()] == [41, 44]
    page = browse(mei).get(
        f"/volunteers/teams/?figure=volunteers.members&period={LAST.slug}"
    )
    assert "35" in page.context["conditions"][0]["value"]
