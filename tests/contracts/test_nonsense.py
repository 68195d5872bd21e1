"""Nonsense in any form and any address: a plain answer, nothing half-written, no 500.

The test client raises what a view lets through, so an answer at all is half the test.
"""

import re
from datetime import date
from itertools import product

import pytest
from django.urls import reverse

from tests.contracts.nonsense import PARAMETER, RAW, TYPED, addresses
from tests.factories import FACTORIES
from toolkit.metrics import metrics
from toolkit.periods import Period
from toolkit.screens import screens
from toolkit.url_policies import every_route

pytestmark = pytest.mark.slow

EVERY = list(screens.values())
every_list = pytest.mark.parametrize("declaration", EVERY, ids=list(screens))
CREATED = [d for d in EVERY if d.has_create]
every_create = pytest.mark.parametrize(
    "declaration", CREATED, ids=[d.model._meta.label_lower for d in CREATED]
)
UPDATED = [d for d in EVERY if d.has_update]
every_update = pytest.mark.parametrize(
    "declaration", UPDATED, ids=[d.model._meta.label_lower for d in UPDATED]
)
STEPPED = [d for d in EVERY if d.workflow]
every_step = pytest.mark.parametrize(
    "declaration", STEPPED, ids=[d.model._meta.label_lower for d in STEPPED]
)
CLOSED = [d for d in EVERY if d.closing]
every_closing = pytest.mark.parametrize(
    "declaration", CLOSED, ids=[d.model._meta.label_lower for d in CLOSED]
)
every_metric = pytest.mark.parametrize("metric", metrics.values(), ids=list(metrics))
OCTOBER = Period.month_of(date(2026, 10, 1))
ROUTES = [r for r in every_route() if "GET" in r["methods"] or "POST" in r["methods"]]
PUBLIC = [
    r["url"]
    for r in ROUTES
    if r["policy"] == "public" and not re.search(r"[<(]", r["url"])
]
WITH_PARAMETERS = [r for r in ROUTES if PARAMETER.search(r["url"])]
# Parameters that public pages read from their addresses; pages give no more than these.
ASKED = {
    "/": ("change", "full"),
    "/search/": ("q",),
    "/notices/": ("q", "unit", "category", "year", "emergency", "after", "before"),
    "/feeds/notices.atom": ("unit",),
    "/disclosure/": ("unit", "group", "after"),
    "/disclosure/missing/": ("unit",),
    "/accounts/login/": ("next",),
}
# The same for pages of the staff, beside the filters of the lists.
ASKED_OF_STAFF = {
    "/governance/disclosure/": ("period", "group", "kind", "state"),
    "/visits/overdue/": ("unit",),
    "/visits/today/": ("unit",),
    "/visits/sheet/": ("unit",),
    "/visits/find/": ("q", "enrol"),
    "/visits/new/": ("resident", "household", "organisation", "duty"),
    "/communities/households/suggest/": ("x",),
    "/communities/buildings/suggest/": ("x",),
    "/communities/find/": ("q",),
    "/reports/": ("schedule",),
    "/desk/": ("unit",),
}
# How else a NUL comes to a view: PostgreSQL stores it in no text, SQLite does not mind.
NUL_IN_A_COOKIE = '"\\000aaaaaaaaaaaa"'
# Bodies that are not what their type says.
BODIES = (
    ("application/json", b"{"),
    ("multipart/form-data", b"no boundary"),
    ("application/x-www-form-urlencoded; charset=no-such", b"a=%FF&\xff=\x00"),
    ("", b"\x00" * 100),
)


def answers(response) -> bool:
    """Say whether it is a page, a way on, or a refusal with words."""
    if response.streaming:
        # A file stays open until it is read to its end.
        b"".join(response.streaming_content)
    return response.status_code < 500


def some_of(values, turn: int):
    """Return a fifth of the values, another one each turn: one view answers them all.

    What holds a NUL is always among them.
    """
    return [v for i, v in enumerate(values) if i % 5 == turn % 5 or "\x00" in v]


@every_list
def test_filters_take_nonsense(declaration, browse, mei, donghu_grid):
    FACTORIES[declaration.model._meta.label_lower](donghu_grid)
    visitor, url = browse(mei), declaration.url("list")
    page = visitor.get(url)
    shown = page.context["filter"]
    names = list(shown.form.fields) if shown is not None else []
    for name, value in product(names, TYPED):
        # As the list does, without drawing a page for each.
        tried = type(shown)({name: value}, shown.queryset, request=page.wsgi_request)
        list(tried.qs[:1])
    for value in TYPED[::4]:
        assert answers(visitor.get(url, dict.fromkeys(names, value))), value[:40]
    for raw in RAW:
        assert answers(visitor.get(f"{url}?{'&'.join(f'{n}={raw}' for n in names)}"))


@every_create
def test_a_form_of_nonsense_creates_nothing(declaration, browse, mei, donghu_grid):
    FACTORIES[declaration.model._meta.label_lower](donghu_grid)
    visitor, url = browse(mei), declaration.url("create")
    fields = list(visitor.get(url).context["form"].fields)
    for value in TYPED[::2]:
        before = declaration.model.objects.count()
        response = visitor.post(url, dict.fromkeys(fields, value))
        assert answers(response), value[:40]
        if response.status_code != 302:
            assert declaration.model.objects.count() == before, value[:40]


@every_update
def test_a_form_of_nonsense_changes_nothing(declaration, browse, mei, donghu_grid):
    row = FACTORIES[declaration.model._meta.label_lower](donghu_grid)
    visitor, url = browse(mei), declaration.url("update", row.pk)
    rows = declaration.model.objects.filter(pk=row.pk)
    fields = list(visitor.get(url).context["form"].fields)
    for value in TYPED[1::2]:
        before = rows.values().get()
        response = visitor.post(url, dict.fromkeys(fields, value))
        assert answers(response), value[:40]
        if response.status_code != 302:
            assert rows.values().get() == before, value[:40]


@pytest.mark.parametrize("route", WITH_PARAMETERS, ids=lambda r: r["url"])
def test_addresses_take_nonsense(route, browse, mei):
    visitor = browse(mei)
    for url in addresses(route["url"]):
        for method in set(route["methods"]) & {"GET", "POST"}:
            response = getattr(visitor, method.lower())(url)
            assert answers(response), (method, url[:80])


@pytest.mark.parametrize("url", PUBLIC)
def test_public_pages_take_nonsense_in_their_query(url, client, db):
    every = {name for names in ASKED.values() for name in names}
    for value in TYPED[::4]:
        assert answers(client.get(url, dict.fromkeys(every, value))), value[:40]
    for name in ASKED.get(url, ()):
        for value in TYPED:
            assert answers(client.get(url, {name: value})), (name, value[:40])
        for raw in RAW:
            assert answers(client.get(f"{url}?{name}={raw}&{name}=1")), (name, raw)


@pytest.mark.parametrize("url", ASKED_OF_STAFF)
def test_staff_pages_take_nonsense_in_their_query(url, browse, mei, donghu):
    visitor = browse(mei)
    assert answers(visitor.get(url))
    for name in ASKED_OF_STAFF[url]:
        for value in TYPED:
            # What completes a name asks for more than one character.
            for text in (value, f"{value}a"):
                assert answers(visitor.get(url, {name: text})), (name, text[:40])
        for raw in RAW:
            assert answers(visitor.get(f"{url}?{name}={raw}a")), (name, raw)


@every_metric
def test_a_list_behind_a_figure_takes_nonsense_for_its_unit(metric, browse, mei):
    model = metric.rows(OCTOBER).model
    url, visitor = screens[model._meta.label_lower].url("list"), browse(mei)
    figure = f"figure={metric.slug}&period={OCTOBER.slug}"
    assert visitor.get(f"{url}?{figure}").status_code == 200
    raw = RAW[list(metrics).index(metric.slug) % len(RAW)]
    assert answers(visitor.get(f"{url}?{figure}&unit={raw}")), raw


@every_step
def test_a_step_takes_nonsense_for_its_note(declaration, browse, mei, donghu_grid):
    row = FACTORIES[declaration.model._meta.label_lower](donghu_grid)
    visitor = browse(mei)
    # A step that is taken cannot be tried again: first what must not be written.
    values = sorted(TYPED, key=lambda value: "\x00" not in value)
    for turn, step in enumerate(declaration.workflow.transitions):
        url = declaration.url("transition", row.pk, step.name)
        for value in values if turn == 0 else some_of(values, turn):
            assert answers(visitor.post(url, {"note": value})), value[:40]


@every_closing
def test_closing_takes_nonsense_for_its_reason(declaration, browse, mei, donghu_grid):
    row = FACTORIES[declaration.model._meta.label_lower](donghu_grid)
    visitor, url = browse(mei), declaration.url("close", row.pk)
    for value in some_of(TYPED, CLOSED.index(declaration)):
        assert answers(visitor.post(url, {"note": value})), value[:40]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("url", ["/", "/desk/", "/accounts/login/"])
def test_cookies_take_nonsense(url, method, settings, client, db):
    cookie = f"{settings.SESSION_COOKIE_NAME}={NUL_IN_A_COOKIE}"
    assert answers(getattr(client, method)(url, HTTP_COOKIE=cookie))


@pytest.mark.parametrize("name", ["communities:find", "account_login"])
def test_boxes_take_nonsense(name, browse, mei, client):
    visitor = browse(mei) if name == "communities:find" else client
    for value in TYPED:
        sent = dict.fromkeys(("q", "login", "password", "next"), value)
        response = visitor.post(reverse(name), sent, follow=True)
        assert answers(response), value[:40]


@pytest.mark.parametrize(("content_type", "body"), BODIES)
def test_every_form_takes_a_body_that_is_none(content_type, body, browse, mei):
    visitor = browse(mei)
    for route in ROUTES:
        # Signing out would leave the rest of the forms to a stranger.
        if "POST" in route["methods"] and "logout" not in route["name"]:
            url = PARAMETER.sub("1", route["url"])
            response = visitor.generic("POST", url, body, content_type=content_type)
            assert answers(response), url
