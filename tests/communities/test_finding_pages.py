"""The search page: what was asked stands nowhere, nonsense gets a sentence."""

import json
from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.communities.people import enter, make_home
from tests.factories import make_assignment, make_lane, make_resident
from toolkit.models import AuditEvent

BOX = "/communities/find/"
ID, PHONE = "330381190001010018", "13812345678"
NONSENSE = {
    "nothing": "",
    "blank": "   ",
    "a megabyte": "王" * 350_000,
    "per cent": "%",
    "underscore": "_",
    "star": "*",
    "emoji": "😀",
    "right to left": "\u202eمحمد",
    "Arabic": "محمد",
    "a quote": "' OR 1=1 --",
    "a tag": "<script>alert(1)</script>",
    "brackets": "[](){}",
    "backslash": "\\",
    "a surrogate's look": "\ufffd",
    "only dots": "···",
    "other digits": "١٢٣٤",
    "half an address": "12号302",
    "a wide per cent": "％王",
}
nonsense = pytest.mark.parametrize("text", NONSENSE.values(), ids=list(NONSENSE))


@pytest.fixture
def wang(donghu_grid):
    return enter(donghu_grid, "王小明", id_kind="111", id_number=ID, phone=PHONE)


def ask(visitor, text, **more):
    return visitor.post(BOX, {"q": text}, **more)


def read(answer):
    return answer.content.decode()


def test_a_question_leads_to_its_answer(wang, browse, lin):
    answer = ask(browse(lin), "王小明", follow=True)
    assert answer.redirect_chain == [("/communities/find/1/", 302)]
    assert "王小明" in read(answer)
    assert wang.get_absolute_url() in read(answer)


@pytest.mark.parametrize("text", ["王小明", ID, PHONE, "wangxiaoming", "5678"])
def test_what_was_asked_stands_in_no_address(text, wang, browse, lin):
    answer = ask(browse(lin), text)
    page = browse(lin).get(answer.url)
    assert text not in answer.url
    for link in read(page).split('href="')[1:]:
        assert text not in link.split('"')[0]


@pytest.mark.parametrize("text", ["王小明", ID, PHONE])
def test_what_was_asked_lies_sealed_in_the_session(text, wang, browse, lin):
    ask(browse(lin), text)
    for session in Session.objects.all():
        kept = session.get_decoded()
        assert "finds" in kept
        assert text not in json.dumps(kept, ensure_ascii=False)
        assert text not in session.session_data


def test_the_whole_numbers_are_not_on_the_page(wang, browse, lin):
    page = read(ask(browse(lin), "王小明", follow=True))
    assert "33*************018" in page
    assert ID not in page
    assert PHONE not in page


def test_an_answer_belongs_to_its_session(wang, browse, lin, mei):
    url = ask(browse(lin), "王小明").url
    answer = browse(mei).get(url, follow=True)
    assert answer.redirect_chain == [(BOX, 302)]
    assert "王小明" not in read(answer)


def test_old_questions_are_forgotten(wang, browse, lin):
    visitor = browse(lin)
    first = ask(visitor, "王小明").url
    for _number in range(20):
        ask(visitor, "李四")
    assert visitor.get(first).url == BOX


@nonsense
def test_nonsense_gets_a_sentence_or_finds_nobody(text, wang, browse, lin):
    answer = ask(browse(lin), text, follow=True)
    assert answer.status_code in (200, 400, 422)
    if answer.status_code == 422:
        assert 'role="alert"' in read(answer)
    assert wang.get_absolute_url() not in read(answer)


@nonsense
def test_nonsense_while_typing_gets_a_sentence(text, wang, browse, lin):
    answer = ask(browse(lin), text, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert wang.get_absolute_url() not in read(answer)


@pytest.mark.parametrize("text", ["王%", "王_明", "%小%"])
def test_a_wildcard_finds_nobody(text, wang, browse, lin):
    assert wang.get_absolute_url() not in read(ask(browse(lin), text, follow=True))


@pytest.mark.parametrize("place", ["after=x", "after=-1", "doors=1.5", "after=%00"])
def test_nonsense_in_the_address_is_a_bad_request(place, wang, browse, lin):
    visitor = browse(lin)
    url = ask(visitor, "王小明").url
    assert visitor.get(f"{url}?{place}").status_code == 400


def test_an_answer_that_never_was_leads_to_the_box(browse, lin):
    assert browse(lin).get("/communities/find/77/").url == BOX


def test_typing_shows_the_first_few(browse, lin, donghu_grid):
    for number in range(12):
        enter(donghu_grid, f"王小明{'一二三四五六七八九十百千'[number]}")
    answer = read(ask(browse(lin), "小明", headers={"HX-Request": "true"}))
    assert answer.count("<tr>") == 1 + 8
    assert "还有更多" in answer


def test_an_answer_goes_on_page_by_page(browse, lin, donghu_grid):
    for _number in range(23):
        enter(donghu_grid, "王小明")
    visitor = browse(lin)
    url = ask(visitor, "王小明").url
    first = read(visitor.get(url))
    place = first.split(f'href="{url}?after=')[1].split('"')[0]
    second = read(visitor.get(f"{url}?after={place}"))
    row = 'data-label="住址"'
    assert (first.count(row), second.count(row)) == (20, 3)
    assert f'href="{url}"' in second


def test_a_stranger_and_nobody_look_the_same(wang, browse, chen):
    """Who may not see a person cannot tell whether there is one."""
    visitor = browse(chen)
    found, nobody = (
        visitor.get(ask(visitor, text).url).context["answer"]
        for text in ("王小明", "王大明")
    )
    assert replace(found, text="") == replace(nobody, text="")
    assert found.is_empty


def test_a_household_is_shown_with_its_members(browse, lin, donghu_grid):
    home = make_home(make_lane(donghu_grid, name="菜巷"), "7", "菜巷7号")
    member = enter(donghu_grid, "王小明", household=home)

    page = read(ask(browse(lin), "菜巷 7", follow=True))
    assert home.get_absolute_url() in page
    assert member.get_absolute_url() in page


def test_the_box_is_for_those_who_see_residents(browse, guo, donghu):
    assert ask(browse(guo), "王小明").status_code == 403
    other = make_assignment("other", donghu, ["view_notice"]).user
    assert ask(browse(other), "王小明").status_code == 403


def test_what_was_found_is_opened_for_a_reason_only(wang, browse, lin):
    visitor = browse(lin)
    page = read(visitor.get(ask(visitor, "王小明").url))
    assert wang.get_absolute_url() in page
    reveal = reverse("communities:resident-reveal", args=[wang.pk, "phone"])

    assert PHONE not in read(visitor.post(reveal, follow=True))
    assert PHONE in read(visitor.post(reveal, {"purpose": "contact"}))
    event = AuditEvent.objects.get(verb="revealed")
    assert (event.actor, event.fields, event.purpose) == (lin, ["phone"], "联系本人")
    assert "电话，联系本人" in read(visitor.get(wang.get_absolute_url()))


def test_no_event_holds_what_was_asked(wang, browse, lin):
    ask(browse(lin), "王小明", follow=True)
    for event in AuditEvent.objects.values():
        assert "王小明" not in str(event)


def test_the_members_of_a_home_are_one_part_of_their_cell(donghu_grid, browse, lin):
    home = make_home(make_lane(donghu_grid, name="菜巷"), "7", "菜巷7号")
    for name in ("王小明", "王小妹"):
        make_resident(donghu_grid, household=home, name=name)
    page = read(ask(browse(lin), "菜巷7号", follow=True))
    # On the phone the cell is a grid, in which every part of its own moves.
    cell = page.partition('<td data-label="成员">')[2].partition("</td>")[0]
    assert cell.startswith("<div>")
    assert cell.endswith("</div>")
    assert cell.count("王小") == 2
