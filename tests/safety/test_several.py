"""Several emergencies open at once; the bar of a phone; the first page of safety."""

import html

from django.urls import reverse

from safety.models import Emergency
from safety.roll import count_waiting
from safety.workflows import EmergencyWorkflow
from tests.factories import make_emergency, make_roll_call
from tests.safety.conftest import open_emergency
from toolkit.context import bar_for
from toolkit.navigation import menu_for

ROLL = "/safety/roll/"


def read(answer):
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\u2060", "")


def bar_of(user):
    return [line["url"] for line in bar_for(menu_for(user, "/"))]


def test_the_roll_opens_on_what_is_in_earnest_where_most_wait(
    storm, street, donghu, donghu_grid, browse, lin
):
    flood = make_emergency(street, units=[donghu], title="内涝", status="open")
    make_roll_call(donghu_grid, emergency=flood)
    drill = make_emergency(
        street, units=[donghu], title="防台", status="open", is_drill=True
    )
    for _one in range(5):
        make_roll_call(donghu_grid, emergency=drill)
    page = read(browse(lin).get(ROLL))
    assert "<h1>台风“海燕”</h1>" in page
    start = page.index('aria-label="看哪次响应"')
    switch = page[start : page.index("</nav>", start)]
    places = [
        switch.index(f'href="{ROLL}?emergency={one.pk}"')
        for one in (storm, flood, drill)
    ]
    assert places == sorted(places)
    for words in ("未联系 2", "未联系 1", "防台（演练）", "未联系 5"):
        assert words in switch
    assert switch.count("aria-current") == 1
    assert "<h1>内涝</h1>" in read(browse(lin).get(f"{ROLL}?emergency={flood.pk}"))


def test_where_one_is_open_there_is_nothing_to_choose(storm, browse, lin):
    assert "看哪次响应" not in read(browse(lin).get(ROLL))


def test_the_first_person_stands_before_everything_else(storm, browse, lin):
    page = read(browse(lin).get(ROLL))
    assert page.index('class="yh-roll"') < page.index("看汇总")
    assert page.index('class="yh-roll"') < page.index("data-yh-take")


def test_while_a_roll_is_open_it_is_in_the_bar(donghu, donghu_grid, lin, chen, say):
    roll, notices = reverse("safety:roll"), reverse("notices:notice-list")
    assert roll not in bar_of(lin)
    assert notices in bar_of(lin)
    storm = make_emergency(donghu, status="open")
    line = make_roll_call(donghu_grid, emergency=storm)
    del lin._roll_waiting
    assert roll in bar_of(lin)
    assert notices not in bar_of(lin)
    assert len(bar_of(lin)) == 5
    assert roll not in bar_of(chen)
    say(line, "called")
    del lin._roll_waiting
    assert roll in bar_of(lin)
    assert count_waiting(lin) == 0
    EmergencyWorkflow.apply(storm, "close")
    del lin._roll_waiting
    assert roll not in bar_of(lin)


def test_emergencies_stand_before_the_figures(storm, browse, lin):
    page = read(browse(lin).get("/safety/"))
    assert page.index('id="register0"') < page.index('class="yh-stats')
    assert page.index(">应急响应</h2>") < page.index("有民警在岗的警务室")


def test_where_no_unit_was_chosen_all_of_the_street_calls(
    street, wang, browse, lin, chen
):
    storm = make_emergency(street, title="台风“海燕”")
    assert not Emergency.objects.in_scope_of(lin).exists()
    open_emergency(storm)
    assert list(Emergency.objects.in_scope_of(chen)) == [storm]
    page = read(browse(lin).get(ROLL))
    assert "王阿婆" in page
    assert "王阿婆" not in read(browse(chen).get(ROLL))
