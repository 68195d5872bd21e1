import pytest
from django.conf import settings
from django.utils import translation

from portal.directory import directory
from tests.factories import make_police_room, make_published

PAGES = [
    "/",
    "/notices/",
    "/units/",
    "/units/330381002901/",
    "/my-community/",
    "/needs/report/",
    "/search/?q=x",
    "/privacy/",
    "/accessibility/",
    "/site-map/",
]


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"


@pytest.mark.parametrize("url", PAGES)
def test_pages_open_in_english(url, read, english, reachable, shown):
    page = read(url)
    assert '<html lang="en"' in page
    assert 'name="language" value="zh-hans"' in page


def test_a_chinese_notice_says_that_it_is_chinese(read, english, shown):
    page = read(f"/notices/{shown.pk}/")
    assert '<article id="notice" lang="zh-Hans">' in page


def test_the_browser_may_ask_for_english(read, reachable):
    assert '<html lang="en"' in read("/", **{"Accept-Language": "en-GB,en;q=0.8"})
    assert '<html lang="zh-hans"' in read("/", **{"Accept-Language": "fr"})


def test_both_languages_are_kept_apart_in_memory(read, client, reachable):
    for language in ("en", "zh-hans", "en"):
        client.cookies["django_language"] = language
        assert f'<html lang="{language}"' in read("/units/")


@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_test_goes_on_in_the_language_of_another(turn):
    """Whichever of the two comes last finds the language as the other left it."""
    assert translation.get_language() == settings.LANGUAGE_CODE
    translation.activate("en")


def test_the_card_of_the_policeman_is_in_the_language_of_its_reader(
    read, client, reachable, donghu, settings
):
    make_police_room(donghu, hours="周一至周五 8:30—17:30")
    # Both readers are told of the card from one reading of the database.
    directory.forget()
    settings.YUHAI_HELD_SECONDS = 30
    assert "您的社区民警" in read("/units/330381002901/")
    client.cookies["django_language"] = "en"
    page = read("/units/330381002901/")
    for words in ("Your community police officer", "On duty", "In an emergency call"):
        assert words in page
    assert '<dd lang="zh-Hans">周一至周五' in page
    directory.forget()


def test_readers_of_english_are_told_that_notices_are_chinese(
    read, client, reachable, shown
):
    pages = ("/", "/notices/", "/units/330381002901/")
    for url in pages:
        assert "通知以中文发布" not in read(url)
    client.cookies["django_language"] = "en"
    for url in pages:
        assert "Notices are published in Chinese." in read(url)


def test_the_street_signs_in_the_language_of_the_reader(read, english, street):
    page = read(f"/notices/{make_published(street).pk}/")
    assert "Yuhai Subdistrict Office" in page
    assert "玉海街道 Office" not in page
