"""Who takes a list away leaves in the trail which rows, of which unit, and what for."""

import pytest
from django.urls import reverse

from tests.factories import (
    FACTORIES,
    make_assignment,
    make_household,
    make_resident,
    make_team,
)
from toolkit.audit import about, names_of
from toolkit.models import AuditEvent
from toolkit.screens import screens

RESIDENTS = "/communities/residents/"
PRINT = f"{RESIDENTS}print/"
API = "/api/v1/communities/residents/"
READING = [label for label, one in screens.items() if one.records_reading]


@pytest.fixture
def people(donghu_grid, xihu):
    for number in range(3):
        make_resident(donghu_grid, name=f"居民{number}", living="here")
    make_resident(donghu_grid, name="外出者", living="away")
    make_resident(xihu, name="西湖人", living="here")


@pytest.fixture
def reader(donghu):
    """Somebody who sees residents and may take none of them away."""
    return make_assignment("reader", donghu, ["view_resident"]).user


def the(verb: str) -> AuditEvent:
    return AuditEvent.objects.get(verb=verb)


def told(event: AuditEvent) -> tuple:
    """Return whose rows an event tells of, how many and under which conditions."""
    words = about(event)["conditions"]
    return event.batch, event.count, event.subject_path, words


def take(visitor, url: str, **sent) -> None:
    """Have a file made, and read it to its end."""
    b"".join(visitor.post(url, sent).streaming_content)


# On paper


def test_who_may_not_export_prints_no_list(people, browse, reader):
    visitor = browse(reader)
    assert visitor.get(RESIDENTS).status_code == 200
    assert "print" not in visitor.get(RESIDENTS).context["print_url"]
    assert visitor.get(RESIDENTS, {"print": "1"}).status_code == 403
    assert the("refused").purpose == "communities.export_resident"
    assert visitor.post(PRINT, {"purpose": "contact"}).status_code == 403


def test_a_list_of_people_is_printed_for_a_purpose(people, browse, lin):
    visitor = browse(lin)
    asked = visitor.get(RESIDENTS, {"print": "1", "living": "away"})
    assert asked.url == f"{PRINT}?living=away"
    page = visitor.get(asked.url)
    assert "外出者" not in page.content.decode()
    assert "居住状态：外出" in page.content.decode()
    assert not AuditEvent.objects.filter(verb="printed").exists()
    again = visitor.post(asked.url, {"purpose": "none"})
    assert again.status_code == 422
    assert '<b>尚未打印</b>，<a href="#id_purpose_contact">' in again.content.decode()
    assert not AuditEvent.objects.filter(verb="printed").exists()
    sheet = visitor.post(asked.url, {"purpose": "assistance"}).content.decode()
    assert "外出者" in sheet
    assert f'href="{RESIDENTS}?living=away"' in sheet


def test_the_sheet_is_told_with_unit_conditions_and_columns(
    people, browse, lin, donghu
):
    browse(lin).post(f"{PRINT}?living=here", {"purpose": "assistance"})
    event = the("printed")
    assert told(event) == (
        "communities.resident",
        3,
        donghu.path,
        "居住状态：在住",
    )
    assert (event.actor, event.purpose) == (lin, "办理救助")
    assert about(event)["form"] == "打印"
    assert {"name", "sex", "id_number"} <= set(names_of(event))


def test_paper_holds_only_what_may_be_taken_away(people, browse, street, xihu):
    reader = make_assignment("reader", street, ["view_resident"]).user
    make_assignment("taker", xihu, ["export_resident"], user=reader)
    sheet = browse(reader).post(PRINT, {"purpose": "contact"}).content.decode()
    assert "西湖人" in sheet
    assert "居民0" not in sheet
    assert the("printed").subject_path == xihu.path


def test_a_condition_that_is_none_is_not_printed_for_a_purpose(people, browse, lin):
    url = f"{PRINT}?living=nonsense"
    assert browse(lin).get(url).status_code == 400
    assert browse(lin).post(url, {"purpose": "contact"}).status_code == 400
    assert not AuditEvent.objects.filter(verb="printed").exists()


@pytest.mark.parametrize("label", sorted(screens))
def test_every_list_on_paper_is_told_as_printed(label, browse, mei, donghu_grid):
    declared = screens[label]
    # A roll is printed only while people are being called.
    FACTORIES[label](donghu_grid)
    answer = browse(mei).get(declared.url("list"), {"print": "1"})
    if declared.export_needs_purpose:
        browse(mei).post(answer.url, {"purpose": declared.purposes[0][0]})
    assert the("printed").batch == label
    assert not AuditEvent.objects.filter(verb="exported").exists()


def test_a_list_without_people_is_printed_at_once(donghu, browse, lin):
    make_team(donghu)
    assert browse(lin).get("/volunteers/teams/?print=1").status_code == 200
    assert told(the("printed")) == ("volunteers.team", 1, donghu.path, "全部")


# As a file


def test_a_file_is_told_with_unit_conditions_and_columns(people, browse, mei, donghu):
    url = f"{RESIDENTS}export/?unit={donghu.code}&living=here"
    take(browse(mei), url, format="csv", purpose="assistance")
    event = the("exported")
    assert told(event) == (
        "communities.resident",
        3,
        donghu.path,
        "社区（村）：东湖社区；居住状态：在住",
    )
    assert about(event)["form"] == "csv"
    assert "household__address" in names_of(event)


def test_no_word_that_was_searched_for_is_told(donghu, browse, lin):
    make_team(donghu, name="凤山队")
    take(browse(lin), "/volunteers/teams/export/?q=凤山", format="csv")
    event = the("exported")
    assert told(event) == ("volunteers.team", 1, donghu.path, "按姓名等查找")
    assert "凤山" not in str(vars(event))


def test_the_rows_behind_a_figure_are_told_by_its_name(donghu, browse, mei):
    figure = f"figure=visits.visits&period=2026-03&unit={donghu.code}"
    take(
        browse(mei), f"/visits/visits/export/?{figure}", format="csv", purpose="contact"
    )
    words = "数字：走访，2026年3月，东湖社区；社区或网格：东湖社区"
    assert told(the("exported")) == ("visits.visit", 0, donghu.path, words)


def test_the_visits_of_one_person_do_not_name_him(donghu_grid, browse, lin):
    person = make_resident(donghu_grid, name="王小明")
    url = f"/visits/visits/export/?resident={person.pk}"
    take(browse(lin), url, format="csv", purpose="contact")
    event = the("exported")
    assert told(event) == ("visits.visit", 0, donghu_grid.path, "按姓名等查找")


def test_a_roster_is_told_with_its_own_columns(donghu_grid, browse, lin):
    make_resident(donghu_grid, household=make_household(donghu_grid))
    sent = {"format": "roster", "purpose": "assistance"}
    take(browse(lin), f"{RESIDENTS}export/", **sent)
    names = names_of(the("exported"))
    assert "姓名" in names
    assert not {"证件号码", "健康状况"} & set(names)


def test_who_works_in_two_places_exports_from_the_unit_above(
    people, browse, lin, xihu, street
):
    make_assignment("there", xihu, user=lin)
    take(browse(lin), f"{RESIDENTS}export/", format="csv", purpose="contact")
    assert the("exported").subject_path == street.path


# To a program


def test_a_program_that_lists_people_is_told(people, browse, lin, donghu):
    rows = browse(lin).get(API, {"living": "here", "size": "2"}).json()["rows"]
    event = the("read")
    assert told(event) == (
        "communities.resident",
        len(rows),
        donghu.path,
        "居住状态：在住",
    )
    assert (event.actor, about(event)["form"]) == (lin, "API")


@pytest.mark.parametrize("label", READING)
def test_every_list_of_people_is_told_once(label, browse, lin):
    app, name = label.split(".")
    browse(lin).get(reverse(f"api:{app}-{name}-list"))
    assert (the("read").batch, the("read").count) == (label, 0)


def test_a_list_that_is_not_told_is_not_served(people, browse, lin, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no trail")

    monkeypatch.setattr("toolkit.api.audit.record", fail)
    with pytest.raises(RuntimeError):
        browse(lin).get(API)
    monkeypatch.undo()
    assert browse(lin).get(API, {"living": "nonsense"}).status_code == 400
    assert not AuditEvent.objects.filter(verb="read").exists()


def test_a_list_without_people_is_not_told(donghu, browse, lin):
    make_team(donghu)
    browse(lin).get("/api/v1/volunteers/teams/")
    assert not AuditEvent.objects.filter(verb="read").exists()
