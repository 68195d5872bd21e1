"""Lists and records on paper: all the rows, without a menu, named and written down."""

import re

import pytest

from tests.factories import (
    make_assignment,
    make_resident,
    make_team,
    make_trail,
    make_visit_duty,
)
from tests.factories.communities import make_family
from toolkit.models import AuditEvent
from toolkit.screens import printing

RESIDENTS = "/communities/residents/"
ID = "330381190001010018"


@pytest.fixture
def people(donghu_grid, xihu):
    for number in range(25):
        make_resident(donghu_grid, name=f"居民{number:02d}", living="here")
    make_resident(donghu_grid, name="外出者", living="away", id_number=ID)
    make_resident(xihu, name="西湖人", living="here")


def printed(visitor, url: str, **query) -> str:
    """Return the sheet, of a list of people after saying what it is for."""
    answer = visitor.get(url, {"print": "1"} | query)
    if answer.status_code == 302:
        answer = visitor.post(answer.url, {"purpose": "contact"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_rows_of_the_list_are_on_the_sheet(people, browse, lin):
    page = printed(browse(lin), RESIDENTS)
    assert page.count('<th scope="row"') == 26
    assert "西湖人" not in page
    assert ID not in page
    assert "33*************018" in page


def test_filters_hold_and_are_named(people, browse, lin):
    page = printed(browse(lin), RESIDENTS, living="away")
    assert page.count('<th scope="row"') == 1
    assert "居住状态：外出" in page


def test_the_sheet_says_who_printed_it_and_has_no_menu(people, browse, lin):
    page = printed(browse(lin), RESIDENTS)
    head = page[page.index("yh-paper") :].partition("</p>")[0]
    assert "东湖社区" in head
    assert lin.name in head
    assert "打印" in head
    for part in ("yh-rail", "yh-mast", "yh-filter", "yh-pager", "<form"):
        assert part not in page, part


def test_what_does_not_fit_is_told(people, browse, lin, monkeypatch):
    monkeypatch.setattr(printing, "MOST_PRINTED", 10)
    page = printed(browse(lin), RESIDENTS)
    assert page.count('<th scope="row"') == 10
    assert "只印前 10 条" in page


def test_it_is_written_down(people, browse, lin):
    browse(lin).get(RESIDENTS)
    assert not AuditEvent.objects.filter(verb="printed").exists()
    printed(browse(lin), RESIDENTS)
    event = AuditEvent.objects.get(verb="printed")
    told = (event.actor, event.count, event.batch)
    assert told == (lin, 26, "communities.resident")


def test_list_and_record_lead_to_their_sheet(people, browse, lin, donghu):
    visitor = browse(lin)
    page = visitor.get(RESIDENTS, {"living": "away"}).content.decode()
    assert f'href="{RESIDENTS}print/?living=away"' in page
    team = make_team(donghu)
    page = visitor.get("/volunteers/teams/?kind=1").content.decode()
    assert 'href="/volunteers/teams/?kind=1&amp;print=1"' in page
    page = visitor.get(team.get_absolute_url()).content.decode()
    assert f'href="{team.get_absolute_url()}?print=1"' in page


def test_a_record_on_paper_has_no_menu_and_is_written_down(people, browse, lin):
    row = browse(lin).get(RESIDENTS).context["rows"][0]
    page = printed(browse(lin), row.get_absolute_url())
    for part in ("yh-rail", "yh-mast", "<form"):
        assert part not in page, part
    event = AuditEvent.objects.get(verb="printed")
    assert (event.actor, event.subject_id) == (lin, row.pk)
    page = browse(lin).get(row.get_absolute_url()).content.decode()
    assert "打印档案" in page
    assert "谁看过这份档案" in page


def test_steps_and_readers_do_not_go_on_paper(browse, lin, donghu_grid):
    url = make_family(donghu_grid).get_absolute_url()
    page = browse(lin).get(url).content.decode()
    assert page.count("yh-noprint") == 2
    page = printed(browse(lin), url)
    for part in ('<h2 id="readers"', "谁看过", "/steps/", "办理"):
        assert part not in page, part


def test_an_entry_is_no_file(browse, mei, donghu):
    entry = make_trail(donghu)
    browse(mei).get(entry.get_absolute_url(), {"print": "1"})
    page = browse(mei).get(entry.get_absolute_url()).content.decode()
    assert "谁看过这条记录" in page
    assert "打印记录" in page
    assert "查看记录" in page
    assert "档案" not in page.partition('id="readers"')[2].partition("</section>")[0]
    url = entry.get_absolute_url() + "readers/"
    assert "谁看过这条记录" in browse(mei).get(url).content.decode()


def test_the_purpose_stands_on_the_sheet(people, browse, lin):
    page = printed(browse(lin), RESIDENTS)
    head = page[page.index("yh-paper") :].partition("</p>")[0]
    assert "用途：联系本人" in head


def test_the_question_names_every_column_of_the_sheet(donghu_grid, browse, lin):
    make_visit_duty(donghu_grid)
    asked = browse(lin).get(f"{RESIDENTS}print/").content.decode()
    sheet = printed(browse(lin), RESIDENTS)
    heads = re.findall(r"<th scope=\"col\"[^>]*>([^<]+)</th>", sheet)
    assert "下次走访" in heads
    assert "、".join(heads) in asked


@pytest.mark.parametrize("way", ["print", "export"])
def test_the_question_says_whose_rows_leave_and_how_many(way, people, browse, lin):
    url = f"{RESIDENTS}{way}/"
    told = browse(lin).get(url).context["reach"]
    assert told == "东湖社区　居民档案　共 26 人"
    told = browse(lin).get(url, {"living": "away"}).context["reach"]
    assert told == "东湖社区　居民档案　符合条件 1 人"
    assert told in browse(lin).get(url, {"living": "away"}).content.decode()


def test_what_is_said_of_buttons_stays_on_the_screen(people, browse, lin):
    hint = "查看须选择用途"
    assert hint in browse(lin).get(RESIDENTS).content.decode()
    assert hint not in printed(browse(lin), RESIDENTS)


def test_the_count_tells_whether_there_is_a_condition(people, browse, lin):
    def told(**query):
        return browse(lin).get(RESIDENTS, query).context["count_text"]

    assert told() == "共 26 人"
    assert told(living="away") == "符合条件 1 人"
    assert "共 26 人" in printed(browse(lin), RESIDENTS)


def test_a_condition_that_is_none_is_not_printed(people, browse, lin):
    url = "/communities/honours/"
    answer = browse(lin).get(url, {"print": "1", "level": "nonsense"})
    assert answer.status_code == 400
    assert not AuditEvent.objects.filter(verb__in=("printed", "exported")).exists()


def test_nobody_prints_what_he_may_not_see(people, browse, xihu, guo):
    assert browse(guo).get(RESIDENTS, {"print": "1"}).status_code == 403
    reader = make_assignment("reader", xihu, ["view_resident", "export_resident"]).user
    page = printed(browse(reader), RESIDENTS)
    assert "西湖人" in page
    assert "居民00" not in page


@pytest.mark.parametrize(
    ("url", "is_alone"), [("/accounts/users/", True), (RESIDENTS, False)]
)
def test_only_what_stands_first_at_the_right_edge_is_pushed_there(
    url, is_alone, people, browse, mei
):
    page = browse(mei).get(url).content.decode()
    assert ("yh-sorts" not in page, "ms-auto" in page) == (is_alone, is_alone)
