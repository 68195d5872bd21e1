"""What holds for every screen of every app. A new screen is tested on arrival."""

import pytest

from communities.models import HEAD, Household, Resident
from tests.factories import FACTORIES, make_resident
from toolkit.filters import flat
from toolkit.models import AuditEvent
from toolkit.screens import screens
from toolkit.spreadsheets import inert

EVERY = list(screens.values())
SCOPED = [d for d in EVERY if not getattr(d.model, "is_register", False)]
every_screen = pytest.mark.parametrize("declaration", EVERY, ids=list(screens))
every_scoped = pytest.mark.parametrize(
    "declaration", SCOPED, ids=[d.model._meta.label_lower for d in SCOPED]
)


def row_of(declaration, org_unit):
    return FACTORIES[declaration.model._meta.label_lower](org_unit)


def page_screens(declaration):
    return ["detail", *(["update"] if declaration.has_update else [])]


def api_of(declaration, *args):
    meta = declaration.model._meta
    tail = f"{args[0]}/" if args else ""
    return f"/api/v1/{meta.app_label}/{declaration.plural_name()}/{tail}"


@every_screen
def test_sends_a_visitor_to_the_login_page(declaration, client, db):
    response = client.get(declaration.url("list"))
    assert response.status_code == 302
    assert "/accounts/login/" in response.url


@every_screen
def test_answers_a_machine_without_login_with_401(declaration, client, db):
    assert client.get(api_of(declaration)).status_code == 401


@every_screen
def test_refuses_a_user_without_an_assignment(declaration, browse, guo):
    assert browse(guo).get(declaration.url("list")).status_code == 403
    assert browse(guo).get(api_of(declaration)).status_code == 403


@every_scoped
def test_hides_a_row_of_another_community(declaration, browse, chen, donghu):
    row, visitor = row_of(declaration, donghu), browse(chen)
    for screen in page_screens(declaration):
        assert visitor.get(declaration.url(screen, row.pk)).status_code == 404, screen
    assert visitor.get(api_of(declaration, row.pk)).status_code == 404


@every_scoped
def test_writes_down_who_asks_for_a_row_elsewhere(declaration, browse, chen, donghu):
    row, visitor = row_of(declaration, donghu), browse(chen)
    asked = [declaration.url(screen, row.pk) for screen in page_screens(declaration)]
    for url in (*asked, api_of(declaration, row.pk)):
        visitor.get(url)
    events = AuditEvent.objects.filter(verb="refused", actor=chen)
    assert events.count() == len(asked) + 1
    assert {event.subject_id for event in events} == {row.pk}
    assert visitor.get(declaration.url("detail", 987654321)).status_code == 404
    assert events.count() == len(asked) + 1


@every_scoped
def test_lists_only_rows_in_scope(declaration, browse, lin, donghu_grid, xihu):
    ours, theirs = row_of(declaration, donghu_grid), row_of(declaration, xihu)
    visitor = browse(lin)
    rows = visitor.get(declaration.url("list")).context["rows"]
    served = visitor.get(api_of(declaration)).json()["rows"]
    for found in ({row.pk for row in rows}, {row["id"] for row in served}):
        assert ours.pk in found
        assert theirs.pk not in found


@every_scoped
def test_exports_only_rows_in_scope(declaration, browse, lin, donghu_grid, xihu):
    row_of(declaration, donghu_grid), row_of(declaration, xihu)
    purpose = declaration.purposes[0][0]
    listed = browse(lin).get(declaration.url("list")).context["rows"]
    sent = {"format": "csv", "purpose": purpose}
    file = b"".join(browse(lin).post(declaration.url("export"), sent).streaming_content)
    assert len(file.decode("utf-8-sig").strip().splitlines()) == len(listed) + 1


@every_screen
def test_opens_for_the_street(declaration, browse, mei, donghu_grid):
    row, visitor = row_of(declaration, donghu_grid), browse(mei)
    for screen in page_screens(declaration):
        assert visitor.get(declaration.url(screen, row.pk)).status_code == 200, screen
    if declaration.has_create:
        assert visitor.get(declaration.url("create")).status_code == 200


@every_screen
def test_list_costs_the_same_for_one_row_as_for_twenty(
    declaration, browse, mei, donghu, django_assert_max_num_queries
):
    for _number in range(20):
        row_of(declaration, donghu)
    visitor = browse(mei)
    visitor.get(declaration.url("list"))
    with django_assert_max_num_queries(16):
        visitor.get(declaration.url("list"))


@every_scoped
def test_names_of_residents_leave_with_a_right_of_their_own_and_a_purpose(
    declaration, browse, mei, donghu
):
    row_of(declaration, donghu)
    for home in Household.objects.all():
        make_resident(donghu, household=home, relation=HEAD)
    Resident.objects.update(name="欧阳留名")
    visitor = browse(mei)
    page = visitor.get(declaration.url("list"))
    if "欧阳留名" in "".join(page.context["table"].lines):
        assert declaration.export_action == "export"
        assert declaration.export_needs_purpose
        assert visitor.get(declaration.url("list"), {"print": "1"}).status_code == 302


def sheet_of(declaration, visitor):
    """Return the list on paper, ordered for a purpose where one is asked for."""
    if not declaration.export_needs_purpose:
        return visitor.get(declaration.url("list"), {"print": "1"})
    sent = {"purpose": declaration.purposes[0][0]}
    return visitor.post(declaration.url("print"), sent)


@every_screen
def test_prints_list_and_row_without_a_menu(
    declaration, browse, mei, donghu, django_assert_max_num_queries
):
    for _number in range(20):
        row = row_of(declaration, donghu)
    visitor = browse(mei)
    visitor.get(declaration.url("list"))
    with django_assert_max_num_queries(16):
        sheet = sheet_of(declaration, visitor)
    page = visitor.get(declaration.url("detail", row.pk), {"print": "1"})
    for answer in (sheet, page):
        assert answer.status_code == 200
        assert b"yh-rail" not in answer.content


@every_screen
def test_every_choice_of_a_filter_gives_a_list(declaration, browse, mei, donghu_grid):
    row_of(declaration, donghu_grid)
    visitor = browse(mei)
    shown = visitor.get(declaration.url("list")).context["filter"]
    for name, field in shown.form.fields.items() if shown is not None else ():
        choices = getattr(field, "choices", None)
        for value, _label in flat(() if choices is None else choices):
            page = visitor.get(declaration.url("list"), {name: str(value)})
            assert page.status_code == 200, (name, value)


@every_screen
@pytest.mark.parametrize(
    "nonsense",
    ["after=x", "before=-1", "after=99999999999999999999", "sort=zz", "figure=a.b"],
)
def test_nonsense_in_the_url_is_a_bad_request(declaration, nonsense, browse, mei):
    response = browse(mei).get(f"{declaration.url('list')}?{nonsense}")
    assert response.status_code == 400
    assert "�" not in response.content.decode()


@every_screen
def test_a_row_that_is_not_there_is_not_found(declaration, browse, mei):
    assert browse(mei).get(declaration.url("detail", 987654321)).status_code == 404


@every_screen
def test_pages_lead_forward_and_back(declaration, browse, mei, donghu):
    for _number in range(45):
        row_of(declaration, donghu)
    visitor, seen = browse(mei), []
    page = visitor.get(declaration.url("list")).context
    while True:
        seen += [row.pk for row in page["rows"]]
        if not page["pager"]["next_url"]:
            break
        page = visitor.get(page["pager"]["next_url"]).context
    assert len(seen) == len(set(seen)) >= 45
    back = visitor.get(page["pager"]["previous_url"]).context
    assert [row.pk for row in back["rows"]] == seen[-len(page["rows"]) - 20 :][:20]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "|", "%"])
def test_export_disarms_a_formula(start):
    assert inert(f"{start}cmd()").startswith("'")


@every_screen
def test_no_browser_keeps_a_page(declaration, browse, mei):
    visitor = browse(mei)
    for url in (declaration.url("list"), api_of(declaration)):
        assert visitor.get(url)["Cache-Control"] == "private, no-store"


@every_scoped
def test_a_row_elsewhere_is_no_place_in_a_list(declaration, browse, lin, donghu, xihu):
    ours, theirs = row_of(declaration, donghu), row_of(declaration, xihu)
    for url in (declaration.url("list"), api_of(declaration)):
        assert browse(lin).get(f"{url}?after={ours.pk}").status_code == 200
        assert browse(lin).get(f"{url}?after={theirs.pk}").status_code == 400
