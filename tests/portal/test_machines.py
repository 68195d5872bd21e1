from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from tests.factories import make_notice, make_published

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def feed(read, query=""):
    return ElementTree.fromstring(read(f"/feeds/notices.atom{query}"))


def titles(root):
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_the_feed_is_atom(read, client, shown):
    root = feed(read)
    assert client.get("/feeds/notices.atom")["Content-Type"].startswith(
        "application/atom+xml"
    )
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    entry = root.find(f"{ATOM}entry")
    for name in ("id", "title", "updated", "published", "summary"):
        assert entry.findtext(f"{ATOM}{name}")
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/notices/{shown.pk}/")


def test_the_newest_comes_first_and_drafts_never(read, donghu):
    now = timezone.now()
    make_published(
        donghu, title="旧", publish_at=now - timedelta(days=2), is_pinned=True
    )
    make_published(donghu, title="新", publish_at=now - timedelta(days=1))
    make_notice(donghu, title="草稿")
    assert titles(feed(read)) == ["新", "旧"]


def test_the_feed_of_a_unit(read, street, donghu, xihu):
    make_published(street, title="街道")
    make_published(xihu, title="西湖")
    assert titles(feed(read, "?unit=330381002901")) == ["街道"]
    read("/feeds/notices.atom?unit=x", status=400)


def test_the_feed_survives_hostile_text(read, donghu):
    make_published(donghu, title="<b>]]>&amp;", body="<script>alert(1)</script>]]>")
    root = feed(read)
    assert titles(root) == ["<b>]]>&amp;"]
    assert "<script>" not in root.find(f"{ATOM}entry").findtext(f"{ATOM}summary")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_empty_feed_is_a_feed(language, read, client, street):
    client.cookies["django_language"] = language
    assert titles(feed(read)) == []


def test_robots_are_told_where_the_map_is(read, street):
    text = read("/robots.txt")
    assert "Disallow: /desk/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_map_has_what_is_public(read, shown, donghu):
    hidden = make_notice(donghu)
    root = ElementTree.fromstring(read("/sitemap.xml"))
    places = [place.text for place in root.iter(f"{MAP}loc")]
    assert f"http://testserver/notices/{shown.pk}/" in places
    assert f"http://testserver/notices/{hidden.pk}/" not in places
    assert "http://testserver/units/330381002901/" in places


def test_the_icon_is_where_old_browsers_ask_for_it(client):
    response = client.get("/favicon.ico")
    assert response.url.endswith(".svg")
