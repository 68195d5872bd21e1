"""Whatever refuses a person something, it is in the trail once, and looks as before."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Trail
from tests.factories import (
    make_assignment,
    make_household,
    make_notice,
    make_resident,
    make_team,
    make_visit,
)
from toolkit.models import AuditEvent, Job

NOT_HERE = "这条记录不存在，或不在您的工作范围"


def refused():
    return AuditEvent.objects.filter(verb="refused")


def told():
    event = refused().get()
    return event.actor, event.subject_type, event.subject_id, event.purpose


def test_a_step_that_somebody_may_not_take(browse, donghu):
    reader = make_assignment("reader", donghu, ["view_notice"]).user
    notice = make_notice(donghu)
    url = reverse("notices:notice-transition", args=[notice.pk, "submit"])
    assert browse(reader).post(url).status_code == 403
    label = "notices.notice"
    assert told() == (reader, label, notice.pk, "notices.change_notice")


def test_a_row_moved_to_where_one_may_not_work(browse, mei, donghu, xihu, monkeypatch):
    team = make_team(donghu)
    url = reverse("volunteers:team-update", args=[team.pk])
    fields = {"name": "玉海志愿队", "kind": team.kind, "founded_on": team.founded_on}
    fields |= {"members": 1, "leader": "", "about": ""}
    # As if the choices of the form reached further than its rows.
    monkeypatch.setattr(
        "toolkit.screens.base.ScopedScreen.get_queryset",
        lambda screen: screen.screens.model.objects.filter(org_unit=donghu),
    )
    moved = fields | {"org_unit": xihu.pk}
    assert browse(mei).post(url, moved).status_code == 403
    assert told() == (mei, "volunteers.team", team.pk, "volunteers.change_team")


def test_a_visit_that_somebody_may_not_correct(browse, donghu):
    reader = make_assignment("reader", donghu, ["view_visit"]).user
    visit = make_visit(donghu)
    url = reverse("visits:visit-correct", args=[visit.pk])
    assert browse(reader).get(url).status_code == 403
    assert told() == (reader, "visits.visit", visit.pk, "visits.change_visit")


def test_a_file_that_somebody_may_fetch_no_longer(browse, lin):
    job = Job.objects.create(kind="gone", key="k", by=lin, state=Job.State.DONE)
    url = reverse("toolkit:job-file", args=[job.pk])
    assert browse(lin).get(url).status_code == 403
    assert told() == (lin, "toolkit.job", job.pk, "toolkit.view_job")
    assert Trail.objects.get(verb="refused").barred == "查看后台任务"


@pytest.mark.parametrize("name", ["toolkit:job", "toolkit:job-file"])
def test_the_work_of_somebody_else(name, browse, lin, chen):
    job = Job.objects.create(kind="export", key="k", by=lin)
    assert browse(chen).get(reverse(name, args=[job.pk])).status_code == 404
    assert browse(lin).get(reverse(name, args=[job.pk + 1])).status_code == 404
    assert told() == (chen, "toolkit.job", job.pk, "toolkit.view_job")


def test_what_the_policy_refused_is_told_once(browse, guo):
    assert browse(guo).get("/volunteers/teams/").status_code == 403
    assert told() == (guo, "", None, "volunteers.view_team")


def test_a_refusal_without_a_name_is_told_by_its_page(browse, lin, monkeypatch):
    def refuse(*args):
        raise PermissionDenied

    monkeypatch.setattr("toolkit.screens.base.ScopedScreen.get_queryset", refuse)
    assert browse(lin).get("/volunteers/teams/").status_code == 403
    assert told() == (lin, "", None, "volunteers.view_team")


# Pages of one row that are no screens of their model.
PAGES = {
    "communities:household-step": (make_household, ("split",)),
    "communities:resident-join": (make_resident, ()),
    "communities:resident-event": (make_resident, ()),
    "notices:notice-buildings": (make_notice, ()),
    "visits:visit-correct": (make_visit, ()),
    "visits:visit-receipt": (make_visit, ()),
}


def bare(page) -> str:
    """Return a page without what differs from one answer to the next."""
    return re.sub(r"[\w]{64}|(?<=data-yh-whole=.)\d+", "", page.content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_about_a_row_elsewhere(name, browse, chen, donghu):
    make, further = PAGES[name]
    row = make(donghu)
    page = browse(chen).get(reverse(name, args=[row.pk, *further]))
    nothing = browse(chen).get(reverse(name, args=[987654321, *further]))
    assert (page.status_code, nothing.status_code) == (404, 404)
    assert bare(page) == bare(nothing)
    assert NOT_HERE in bare(page)
    actor, label, pk, _purpose = told()
    assert (actor, label, pk) == (chen, row._meta.label_lower, row.pk)


def test_a_person_elsewhere_of_whom_a_visit_is_to_be_logged(browse, chen, donghu):
    row = make_resident(donghu)
    url = reverse("visits:visit-new")
    assert browse(chen).get(f"{url}?resident={row.pk}").status_code == 404
    assert told()[2] == row.pk


@pytest.mark.parametrize("name", ["visits:today", "visits:overdue"])
def test_a_unit_elsewhere(name, browse, chen, donghu):
    url = f"{reverse(name)}?unit={donghu.code}"
    assert browse(chen).get(url).status_code == 404
    assert told() == (
        chen,
        donghu._meta.label_lower,
        donghu.pk,
        "communities.view_orgunit",
    )
