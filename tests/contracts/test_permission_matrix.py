"""Every URL × every role × own and other community, generated from the URLconf.

What a role may do stands in accounts/data/roles.toml; what a URL asks stands at its
view. Here both are read and every answer is compared: allowed and ours opens, allowed
and theirs is not found, not allowed is refused, and a stranger is asked to sign in.
"""

import re
from uuid import UUID

import pytest
from django.contrib.auth.models import Group

from accounts.models import Assignment
from accounts.roles import declared_roles, load_roles
from tests.factories import FACTORIES, make_user
from toolkit.screens import screens
from toolkit.url_policies import every_route

ROLES = {role["slug"]: role for role in declared_roles()}
ROUTES = [route for route in every_route() if "GET" in route["methods"]]
OPEN = {200, 302}
PARAMETER = re.compile(r"<[^>]+>|\(\?P")
BY_NAME = {
    f"{d.model._meta.app_label}:{d.model._meta.model_name}-{screen}": d
    for d in screens.values()
    for screen in ("detail", "readers", "update", "close")
}
STEPS = {
    f"{d.model._meta.app_label}:{d.model._meta.model_name}-{screen}": d
    for d in screens.values()
    for screen in ("update", "close", "reveal", "transition")
}
STEPS_OF_A_ROW = [
    r for r in every_route() if r["name"] in STEPS and "<int:pk>" in r["url"]
]
# Forms on the page of a row: they have no page of their own.
ON_THE_PAGE = [
    r for r in STEPS_OF_A_ROW if r["name"].endswith(("-reveal", "-transition"))
]
PLAIN = [r for r in ROUTES if not PARAMETER.search(r["url"])]
OF_A_ROW = [r for r in ROUTES if r["name"] in BY_NAME and "<int:pk>" in r["url"]]
# Routes with parameters that are not of a row's screens: each has tests of its own.
ELSEWHERE = {
    "toolkit:job": "tests/toolkit/test_jobs.py",
    "toolkit:job-file": "tests/toolkit/test_jobs.py",
    "accounts:user-new-password": "tests/accounts/test_own_pages.py",
    "accounts:user-second-factor": "tests/accounts/test_lost_factor.py",
    "communities:find-results": "tests/communities/test_finding_pages.py",
    "communities:household-step": "tests/communities/test_step_pages.py",
    "communities:household-undo": "tests/communities/test_step_pages.py",
    "communities:resident-join": "tests/communities/test_step_pages.py",
    "communities:resident-event": "tests/communities/test_event_pages.py",
    "communities:populationevent-reverse": "tests/communities/test_event_pages.py",
    "communities:rosterimport-commit": "tests/communities/test_roster_pages.py",
    "communities:rosterimport-drop": "tests/communities/test_roster_pages.py",
    "communities:rosterimport-marked": "tests/communities/test_roster_pages.py",
    "governance:election-board": "tests/governance/test_elections.py",
    "governance:election-calendar": "tests/governance/test_elections.py",
    "governance:election-register": "tests/governance/test_elections.py",
    "governance:transfer-pack": "tests/governance/test_offices.py",
    "portal:election": "tests/portal/test_elections.py",
    "visits:visit-photo": "tests/visits/test_photos.py",
    "visits:handedin-photo": "tests/visits/test_tray_photos.py",
    "desk:file": "tests/reports/test_desk.py",
    "governance:meeting-attendance": "tests/governance/test_meeting_pages.py",
    "governance:meeting-invitations": "tests/governance/test_meeting_pages.py",
    "governance:meeting-minutes": "tests/governance/test_meeting_pages.py",
    "governance:meeting-sheet": "tests/governance/test_meeting_pages.py",
    "governance:motion-papers": "tests/governance/test_meeting_pages.py",
    "governance:motion-tally": "tests/governance/test_meeting_pages.py",
    "governance:posting-photo": "tests/governance/test_disclosure_pages.py",
    "governance:voucher-file": "tests/governance/test_books_pages.py",
    "portal:ask": "tests/portal/test_disclosures.py",
    "portal:board-poster": "tests/portal/test_disclosures.py",
    "portal:disclosed": "tests/portal/test_disclosures.py",
    "portal:disclosure-poster": "tests/portal/test_disclosures.py",
    "portal:reply": "tests/portal/test_disclosures.py",
    "governance:recruitment-document": "tests/governance/test_documents.py",
    "governance:recruitment-marks": "tests/governance/test_recruiting_pages.py",
    "governance:term-document": "tests/governance/test_documents.py",
    "governance:upgrade-document": "tests/governance/test_documents.py",
    "notices:attachment": "tests/notices/test_attachments.py",
    "notices:attachment-add": "tests/notices/test_attachments.py",
    "notices:attachment-remove": "tests/notices/test_attachments.py",
    "notices:notice-buildings": "tests/notices/test_pages.py",
    "reports:file": "tests/reports/test_pages.py",
    "reports:order": "tests/reports/test_pages.py",
    "reports:period": "tests/reports/test_pages.py",
    "reports:restate": "tests/reports/test_restatements.py",
    "reports:unit": "tests/reports/test_pages.py",
    "safety:phone": "tests/safety/test_roll_pages.py",
    "safety:tap-leave": "tests/safety/test_handed_in.py",
    "safety:tap-take": "tests/safety/test_handed_in.py",
    "safety:take-back": "tests/safety/test_roll_pages.py",
    "safety:tell": "tests/safety/test_roll_pages.py",
    "visits:visit-correct": "tests/visits/test_corrections.py",
    "visits:ledgerentry-strike": "tests/visits/test_entering.py",
    "visits:visit-enter": "tests/visits/test_entering.py",
    "visits:visit-receipt": "tests/visits/test_logging_pages.py",
}
# Answers that depend on more than the permission: a POST, a second factor set up.
NOT_A_PAGE = ("account_logout", "set_language", "account_reauthenticate", "mfa_")


def allows(policy, user):
    if policy in ("public", "signed_in"):
        return True
    return policy == "local" or user.has_perm(policy)


@pytest.fixture
def in_role(street, donghu, donghu_grid, xihu):
    """Return a user who holds the role in Donghu, or in the street where it belongs."""

    def hold(slug):
        load_roles()
        role = ROLES[slug]
        unit = {"street": street, "grid": donghu_grid}.get(role["level"], donghu)
        user = make_user(f"in-{slug}")
        group = Group.objects.get(profile__slug=slug)
        Assignment.objects.create(user=user, role=group, org_unit=unit)
        return user

    return hold


every_role = pytest.mark.parametrize("slug", ROLES)
# The page on which a refusal is told is the same for every address: it is drawn for
# each role once, and not thousands of times.
bare_refusals = pytest.mark.urls("tests.contracts.bare_refusals")


@every_role
def test_a_refusal_is_told_on_a_page_with_the_menu(slug, in_role, browse):
    user = in_role(slug)
    visitor, pages = browse(user), [r for r in PLAIN if "/api/" not in r["url"]]
    refused = next(r["url"] for r in pages if not allows(r["policy"], user))
    for url, status in ((refused, 403), ("/desk/nothing/", 404)):
        answer = visitor.get(url)
        assert answer.status_code == status, url
        assert "yh-rail" in answer.content.decode()


@bare_refusals
@every_role
def test_pages_open_to_whom_the_role_allows(slug, in_role, browse):
    user = in_role(slug)
    visitor = browse(user)
    for route in PLAIN:
        if route["name"].startswith(NOT_A_PAGE):
            continue
        status = visitor.get(route["url"]).status_code
        if allows(route["policy"], user):
            assert status in OPEN | {400, 405}, (route, status)
        else:
            assert status == 403, (route, status)


@bare_refusals
@every_role
def test_rows_open_where_the_role_reaches(slug, in_role, browse, donghu_grid, xihu):
    user = in_role(slug)
    visitor = browse(user)
    rows = {}
    for route in OF_A_ROW:
        declaration = BY_NAME[route["name"]]
        label = declaration.model._meta.label_lower
        if label not in rows:
            rows[label] = FACTORIES[label](donghu_grid), FACTORIES[label](xihu)
        everywhere = ROLES[slug]["level"] == "street"
        for row, is_ours in zip(rows[label], (True, False), strict=True):
            status = visitor.get(route["url"].replace("<int:pk>", str(row.pk)))
            expected = 200 if is_ours or everywhere else 404
            if not allows(route["policy"], user):
                expected = 403
            assert status.status_code == expected, (route["url"], is_ours)


@bare_refusals
@every_role
def test_rows_change_where_the_role_reaches(slug, in_role, browse, donghu_grid, xihu):
    user = in_role(slug)
    visitor, units = browse(user), (donghu_grid, xihu)
    for route, row, is_within in rows_of_steps(STEPS_OF_A_ROW, slug, *units):
        url = first_step_of(route, row)
        status = visitor.post(url).status_code
        if not allows(route["policy"], user):
            assert status == 403, (url, is_within)
        elif not is_within:
            assert status == 404, url
        elif not may_take_the_first_step(route, user, row):
            assert status == 403, url
        else:
            # An empty form is shown again, refused, or leads back to its row.
            assert status in OPEN | {400, 422}, (url, status)


@bare_refusals
@every_role
def test_a_step_opened_again_leads_to_its_row(slug, in_role, browse, donghu_grid, xihu):
    user = in_role(slug)
    visitor, units = browse(user), (donghu_grid, xihu)
    for route, row, is_within in rows_of_steps(ON_THE_PAGE, slug, *units):
        answer = visitor.get(first_step_of(route, row))
        if not allows(route["policy"], user):
            assert answer.status_code == 403, route["url"]
        elif is_within:
            assert answer.status_code == 302, route["url"]
            assert answer.url == row.get_absolute_url()
        else:
            assert answer.status_code == 404, route["url"]


def rows_of_steps(routes, slug, ours, theirs):
    """Yield each route with a row of either unit, and whether the role reaches it."""
    everywhere = ROLES[slug]["level"] == "street"
    for route in routes:
        make = FACTORIES[STEPS[route["name"]].model._meta.label_lower]
        yield route, make(ours), True
        yield route, make(theirs), everywhere


def first_step_of(route, row) -> str:
    """Return the address of a step on the row, with a field or transition it knows."""
    declaration = STEPS[route["name"]]
    workflow = declaration.workflow
    steps = {
        "<slug:field>": next(iter(declaration.sealed), "none"),
        "<slug:name>": workflow.transitions[0].name if workflow else "none",
        "<int:pk>": str(row.pk),
    }
    url = route["url"]
    for parameter, value in steps.items():
        url = url.replace(parameter, value)
    return url


def may_take_the_first_step(route, user, row) -> bool:
    """Transitions ask for a permission of their own, beside that of their page."""
    workflow = STEPS[route["name"]].workflow
    if not route["name"].endswith("-transition"):
        return True
    return workflow.permits(user, workflow.transitions[0], row)


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: r["url"])
def test_a_stranger_is_asked_to_sign_in(route, client, db):
    if route["policy"] in ("public", "local"):
        return
    url = re.sub(r"<uuid:[^>]+>", str(UUID(int=0)), route["url"])
    url = re.sub(r"<(int|slug):[^>]+>", "1", url)
    if PARAMETER.search(url):
        url = re.sub(r"<[^>]+>", "x", url)
    response = client.get(url)
    if url.startswith("/api/"):
        assert response.status_code == 401
    else:
        assert "/accounts/login/" in response.url


def test_every_route_with_parameters_is_tested_somewhere():
    covered = {r["name"] for r in (*OF_A_ROW, *ON_THE_PAGE)} | set(ELSEWHERE)
    with_row = [r for r in ROUTES if PARAMETER.search(r["url"])]
    staff = [r for r in with_row if r["policy"] not in ("public", "local")]
    api = {r["name"] for r in staff if r["name"].startswith("api:")}
    assert {r["name"] for r in staff} - covered - api == set()
