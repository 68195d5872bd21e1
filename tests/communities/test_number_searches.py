"""Searches by number are told in the trail, and nobody tries numbers without end."""

from datetime import timedelta

import pytest
from django.urls import reverse

from communities.actions.residents import save_resident
from communities.finding import find_residents, understand
from communities.finding.numbers import LimitReached, count_search
from communities.models import NumberSearches, Resident
from tests.communities.roster_files import card
from toolkit.models import AuditEvent

URL = reverse("communities:find")
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def known(donghu_grid):
    numbers = {"id_kind": "111", "id_number": card(1), "phone": PHONE}
    save_resident(Resident(org_unit=donghu_grid, name="李四", **numbers))


@pytest.fixture
def search(browse, lin):
    visitor = browse(lin)
    return lambda text: visitor.post(URL, {"q": text}, follow=True)


@pytest.fixture
def type_in(browse, lin):
    visitor = browse(lin)
    return lambda text: visitor.post(URL, {"q": text}, headers={"HX-Request": "true"})


def told():
    events = AuditEvent.objects.filter(verb="searched").order_by("pk")
    return [(event.fields, event.count) for event in events]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (card(1), ["id_number"]),
        (card(1)[-6:], ["id_number"]),
        (card(1)[-4:], ["id_number", "phone"]),
        (PHONE, ["phone"]),
    ],
)
def test_a_search_by_number_is_told_without_the_number(text, fields, search, lin):
    assert "李四" in search(text).content.decode()
    assert told() == [(fields, 1)]
    event = AuditEvent.objects.get(verb="searched")
    assert event.actor == lin
    assert text not in str(vars(event))


def test_who_was_found_alone_reads_of_it_on_his_record(search, browse, lin):
    person = Resident.objects.get()
    search(PHONE)
    event = AuditEvent.objects.get(verb="searched")
    assert (event.subject_type, event.subject_id, event.subject_path) == (
        "communities.resident",
        person.pk,
        person.get_scope_path(),
    )
    page = browse(lin).get(person.get_absolute_url())
    assert "按电话查到" in [reader["what"] for reader in page.context["readers"]]


def test_of_two_who_were_found_none_is_named(search, donghu_grid):
    save_resident(Resident(org_unit=donghu_grid, name="王五", phone=PHONE))
    search(PHONE)
    event = AuditEvent.objects.get(verb="searched")
    assert (event.subject_id, event.count) == (None, 2)
    # It lies where the searcher's residents do, so that the community reads of it.
    assert event.subject_path == Resident.objects.reach_of(event.actor) != ""


def test_the_last_of_many_is_not_taken_for_the_only_one(donghu_grid, lin):
    for _number in range(2):
        save_resident(Resident(org_unit=donghu_grid, name="王五", phone=PHONE))
    first = find_residents(lin, PHONE, limit=2)
    last = find_residents(lin, PHONE, limit=2, after=first.next)
    assert len(last.rows) == 1
    assert not AuditEvent.objects.exclude(subject_id=None).filter(verb="searched")


def test_a_document_with_letters_is_a_number_too(search):
    search("G12345678")
    assert told() == [(["id_number"], 0)]


@pytest.mark.parametrize("text", ["李四", "ls", "凤山巷12号"])
def test_a_search_by_name_or_address_is_free(text, search, settings):
    settings.YUHAI_NUMBER_SEARCHES = 0
    assert search(text).status_code == 200
    assert told() == []


def test_after_so_many_numbers_there_is_an_end(search, settings):
    settings.YUHAI_NUMBER_SEARCHES = 2
    assert [search(PHONE).status_code for _time in range(3)] == [200, 200, 429]
    page = search(card(1)).content.decode()
    assert "次数已满" in page
    assert "李四" not in page
    assert len(told()) == 2


def test_a_search_that_the_limit_refused_is_told(search, type_in, lin, settings):
    settings.YUHAI_NUMBER_SEARCHES = 0
    search(PHONE)
    type_in(card(1))
    events = AuditEvent.objects.filter(verb="refused").order_by("pk")
    assert [event.fields for event in events] == [["phone"], ["id_number"]]
    for event in events:
        assert (event.actor, event.purpose) == (lin, "communities.view_resident")
        assert event.subject_path == Resident.objects.reach_of(lin)
        assert PHONE not in str(vars(event))


def test_whom_to_visit_is_looked_up_under_the_same_limit(browse, lin, settings):
    settings.YUHAI_NUMBER_SEARCHES = 1
    url = reverse("visits:visit-find")
    answers = [browse(lin).post(url, {"q": PHONE}, follow=True) for _time in "12"]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert "次数已满" in answers[1].content.decode()


def test_the_next_hour_and_another_person_begin_anew(lin, chen, settings):
    settings.YUHAI_NUMBER_SEARCHES = 1
    count_search(lin)
    with pytest.raises(LimitReached):
        count_search(lin)
    count_search(chen)
    row = NumberSearches.objects.get(user=lin)
    NumberSearches.objects.update(hour=row.hour - timedelta(hours=1))
    count_search(lin)
    assert NumberSearches.objects.filter(user=lin).count() == 1


@pytest.mark.parametrize("length", range(1, 11))
def test_typing_a_number_uses_nothing_up(length, type_in, settings):
    settings.YUHAI_NUMBER_SEARCHES = 0
    assert "次数已满" not in type_in(PHONE[:length]).content.decode()
    assert told() == []


def test_whoever_types_an_end_of_a_number_is_told_to_press_the_button(type_in):
    assert "请按“查找”" in type_in(PHONE[-4:]).content.decode()


def test_the_number_is_looked_up_once_it_is_whole(type_in):
    assert "李四" in type_in(PHONE).content.decode()
    assert told() == [(["phone"], 1)]


def test_typing_beyond_the_limit_is_told_in_place(type_in, settings):
    settings.YUHAI_NUMBER_SEARCHES = 0
    answer = type_in(PHONE)
    assert answer.status_code == 200
    assert "次数已满" in answer.content.decode()


def test_every_way_to_look_numbers_up_is_counted(lin, settings):
    settings.YUHAI_NUMBER_SEARCHES = 0
    assert understand("李四").fields == ()
    with pytest.raises(LimitReached):
        find_residents(lin, PHONE)
