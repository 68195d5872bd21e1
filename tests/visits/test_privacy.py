"""Lists of who is visited, and why, leave only with the right and a purpose."""

import pytest
from django.urls import reverse

from tests.factories import FACTORIES, make_assignment, make_household
from toolkit.audit import readers_of
from toolkit.models import AuditEvent
from toolkit.screens import screens
from visits.models import DueVisit

NEW = reverse("visits:visit-new")
LISTS = ("visits.visit", "visits.visitduty", "visits.duevisit")
every_list = pytest.mark.parametrize("label", LISTS)


@every_list
def test_who_may_only_look_takes_nothing_away(label, donghu, browse):
    FACTORIES[label](donghu)
    name = label.split(".")[1]
    user = make_assignment("looks", donghu, permissions=[f"view_{name}"]).user
    visitor = browse(user)
    page = visitor.get(screens[label].url("list"))
    assert screens[label].url("export") not in page.content.decode()
    assert visitor.get(screens[label].url("export")).status_code == 403
    assert visitor.post(screens[label].url("export")).status_code == 403


@every_list
def test_nothing_leaves_without_a_purpose(label, donghu, lin, browse):
    FACTORIES[label](donghu)
    url, visitor = screens[label].url("export"), browse(lin)
    assert visitor.post(url, {"format": "csv"}).status_code == 422
    assert not AuditEvent.objects.filter(verb="exported").exists()
    sent = {"format": "csv", "purpose": "assistance"}
    answer = visitor.post(url, sent)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    assert AuditEvent.objects.get(verb="exported").purpose


def test_who_opens_a_due_visit_has_read_it(duty, lin, browse):
    due = DueVisit.objects.get(duty=duty)
    browse(lin).get(due.get_absolute_url())
    assert [event.actor for event in readers_of(due)] == [lin]


def test_who_opens_the_form_of_a_visit_has_read_the_person(wang, duty, lin, browse):
    for query in (f"resident={wang.pk}", f"duty={duty.pk}"):
        browse(lin).get(f"{NEW}?{query}")
    assert [event.actor for event in readers_of(wang)] == [lin, lin]


def test_and_the_household(donghu_grid, lin, browse):
    home = make_household(donghu_grid)
    browse(lin).get(f"{NEW}?household={home.pk}")
    assert [event.actor for event in readers_of(home)] == [lin]


def test_a_stranger_who_is_refused_has_read_nothing(wang, chen, browse):
    browse(chen).get(f"{NEW}?resident={wang.pk}")
    assert not readers_of(wang).exists()
