import pytest
from django.conf import settings
from django.utils import translation

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
