"""Lists that name residents leave with the right and a purpose, as the residents do."""

import pytest

from accounts.models import RoleProfile
from accounts.roles import load_roles
from tests.factories import FACTORIES, make_assignment
from toolkit.models import AuditEvent
from toolkit.screens import screens

LISTS = ("communities.household", "communities.populationevent")
LISTS += ("communities.relocation",)
# Their other rules stand in tests/visits/test_privacy.py.
VISITS = ("visits.visit", "visits.visitduty", "visits.duevisit")
every_list = pytest.mark.parametrize("label", LISTS)


@every_list
def test_who_may_only_look_prints_nothing(label, donghu, browse):
    FACTORIES[label](donghu)
    name = label.split(".")[1]
    visitor = browse(make_assignment("looks", donghu, [f"view_{name}"]).user)
    page = visitor.get(screens[label].url("list"))
    assert page.context["print_url"] == ""
    for way in ("export", "print"):
        assert screens[label].url(way) not in page.content.decode()
        assert visitor.get(screens[label].url(way)).status_code == 403
    assert visitor.get(screens[label].url("list"), {"print": "1"}).status_code == 403
    assert not AuditEvent.objects.filter(verb="printed").exists()


@every_list
def test_the_sheet_and_the_trail_say_what_for(label, donghu, browse, mei):
    FACTORIES[label](donghu)
    url, visitor = screens[label].url("print"), browse(mei)
    assert visitor.post(url).status_code == 422
    assert not AuditEvent.objects.filter(verb="printed").exists()
    assert "办理救助" in visitor.post(url, {"purpose": "assistance"}).content.decode()
    assert AuditEvent.objects.get(verb="printed").purpose == "办理救助"


def test_who_takes_residents_away_takes_these_and_nobody_else(db):
    load_roles()

    def roles(codename):
        held = RoleProfile.objects.filter(role__permissions__codename=codename)
        return set(held.values_list("slug", flat=True))

    for label in LISTS + VISITS:
        name = label.split(".")[1]
        may_look = roles("export_resident") & roles(f"view_{name}")
        assert roles(f"export_{name}") == may_look
