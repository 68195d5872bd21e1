"""Every number that the public sees can be dialled with one tap, each by itself."""

import re

import pytest
from django.utils.html import strip_tags

from communities.models import UnitProfile
from tests.factories import make_police_room, make_published

TWO = "0577-65810002、13800138000"
BOTH = ["057765810002", "13800138000"]
TEL = re.compile(r'<a [^>]*href="tel:([^"]*)"')
NESTED = re.compile(r"<a [^>]*>(?:(?!</a>).)*<a ", re.DOTALL)


def dialled(page, start=""):
    """Return the numbers above the foot, the hotline for what is missing left out."""
    found = TEL.findall(page[page.index(start) : page.index("<footer")])
    return [number for number in found if number != "12345"]


@pytest.fixture
def two(donghu):
    return UnitProfile.objects.create(org_unit=donghu, address="东湖巷1号", phone=TWO)


@pytest.mark.parametrize("url", ["/units/", "/search/?q=东湖", "/units/330381002901/"])
def test_two_numbers_are_two_links(url, read, two):
    page = read(url)
    assert dialled(page) == BOTH
    assert "0577-65810002" in page
    assert not NESTED.search(page)


def test_ones_own_community_has_both(read, client, two):
    client.cookies["community"] = "330381002901"
    for url in ("/", "/needs/elders/"):
        assert set(BOTH) <= set(dialled(read(url)))


def test_a_notice_its_poster_and_its_large_page_name_both(read, client, donghu, two):
    notice = make_published(donghu, easy_body="明天停水。")
    assert dialled(read(f"/notices/{notice.pk}/"), 'id="ask"') == BOTH
    poster = strip_tags(read(f"/notices/{notice.pk}/poster/"))
    assert "0577-65810002、138 0013 8000" in poster
    client.cookies["type"] = "large"
    assert BOTH[0] in dialled(read(f"/notices/{notice.pk}/"))


def test_the_street_has_both_at_the_foot(read, street):
    UnitProfile.objects.create(org_unit=street, duty_phone=TWO)
    page = read("/privacy/")
    assert TEL.findall(page[page.index("<footer") :]) == BOTH


def test_the_policeman_has_both(read, donghu):
    make_police_room(donghu, phone="0577-65810002/13800138000")
    assert dialled(read(f"/units/{donghu.code}/"), 'id="card"') == BOTH


@pytest.mark.parametrize("text", ["见公告栏", "65810002转801", "123"])
def test_what_is_no_number_is_shown_and_not_dialled(text, read, client, donghu):
    UnitProfile.objects.create(org_unit=donghu, phone=text)
    notice = make_published(donghu, easy_body="明天停水。")
    for url in ("/units/", f"/units/{donghu.code}/", f"/notices/{notice.pk}/"):
        page = read(url)
        assert text in page
        assert dialled(page) == []
    client.cookies["type"] = "large"
    assert 'href="tel:"' not in read(f"/notices/{notice.pk}/")


@pytest.mark.parametrize("text", [" ", "—", "、"])
def test_a_number_of_marks_is_none(text, read, donghu):
    UnitProfile.objects.create(org_unit=donghu, phone=text, duty_phone=text)
    make_police_room(donghu, phone=text)
    for url in ("/units/", f"/units/{donghu.code}/"):
        assert dialled(read(url)) == []
