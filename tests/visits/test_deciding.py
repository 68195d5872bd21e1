"""Which decision of an open comparison leads, and what is said where none does."""

import pytest

from tests.factories import make_assignment, make_handed_in, make_resident, make_visit
from tests.visits.test_trays import DECIDING
from visits.models import HandedIn


@pytest.fixture
def director(donghu):
    return make_assignment("director", donghu, [*DECIDING, "change_visit"]).user


@pytest.fixture
def twice(wang, donghu_grid, wu):
    """Return a function that hands in another text under the number of a visit."""

    def make(subject=wang, by=wu, **told):
        stored = make_visit(donghu_grid, resident=wang, logged_by=wu)
        moment = {"moment": stored.visited_at, "occurred_at": stored.visited_at}
        number = {"client_uuid": stored.client_uuid, "result": "conflict"}
        return make_handed_in(
            donghu_grid, subject, by=by, told=told, **number, **moment
        )

    return make


def leading(visitor, item):
    page = visitor.get(item.get_absolute_url())
    return [step["name"] for step in page.context["transitions"] if step["primary"]]


def said(visitor, item):
    banners = visitor.get(item.get_absolute_url()).context["banners"]
    return [banner["title"] for banner in banners]


def test_two_words_of_one_worker_lead_nowhere_and_it_is_said_whom_to_ask(
    twice, wu, director, browse
):
    item, visitor = twice(outcome="needs_help"), browse(director)
    assert leading(visitor, item) == []
    assert "两份不一样。" in said(visitor, item)
    page = visitor.get(item.get_absolute_url()).content.decode()
    assert f"都是{wu.name}登记的，哪份对请先问本人。" in page


def test_whoever_decides_of_his_own_is_not_sent_to_ask_himself(twice, director, browse):
    item, visitor = twice(outcome="needs_help"), browse(director)
    stored = item.stored
    stored.logged_by = item.by = director
    stored.save(), item.save()
    page = visitor.get(item.get_absolute_url()).content.decode()
    assert "同一次走访您交来两份" in page


def test_a_visit_to_somebody_else_is_one_of_its_own(
    twice, donghu_grid, director, browse
):
    item, visitor = twice(make_resident(donghu_grid)), browse(director)
    assert leading(visitor, item) == ["count_both"]
    assert "两份不一样。" not in said(visitor, item)


def test_a_visit_of_somebody_else_is_one_of_its_own(twice, xia, director, browse):
    assert leading(browse(director), twice(by=xia)) == ["count_both"]


def test_the_same_told_again_changes_nothing(twice, director, browse):
    assert leading(browse(director), twice()) == ["keep_stored"]


def test_what_cannot_be_stored_leads_nowhere(twice, director, browse):
    item, visitor = twice(outcome="nonsense"), browse(director)
    assert leading(visitor, item) == []
    assert said(visitor, item) == ["现在还不能登记。"]


def test_what_has_nothing_beside_it_is_entered(wang, donghu_grid, director, browse):
    assert leading(browse(director), make_handed_in(donghu_grid, wang)) == ["store"]


def test_what_was_passed_on_says_why_and_what_to_do(
    wang, donghu_grid, wu, director, browse
):
    why = "登记时走访对象已不归登记人负责。"
    item = make_handed_in(donghu_grid, wang, by=wu, result="handover", reason=why)
    visitor = browse(director)
    assert said(visitor, item) == [why]
    page = visitor.get(item.get_absolute_url()).content.decode()
    assert f"请先问登记人{wu.name}：确有这次走访的，登记为走访" in page


def test_what_is_beyond_entering_says_only_that(
    wang, donghu_grid, wu, director, browse
):
    told = {"told": {"outcome": "nonsense"}, "result": "handover", "reason": "不归。"}
    item = make_handed_in(donghu_grid, wang, by=wu, **told)
    assert said(browse(director), item) == ["现在还不能登记。"]


def test_between_grids_of_a_community_it_goes_to_the_grid(
    wang, donghu, donghu_grid, second_grid, xihu, director, browse
):
    def way(unit):
        by = make_assignment(f"of {unit.pk}", unit, ["add_visit"]).user
        item = make_handed_in(donghu_grid, wang, by=by, result="handover")
        return HandedIn.objects.get(pk=item.pk).get_result_display()

    assert way(second_grid) == "转现责任网格"
    assert way(xihu) == way(donghu) == way(donghu_grid) == "转所在社区"
    assert "转现责任网格" in browse(director).get("/visits/trays/").content.decode()
