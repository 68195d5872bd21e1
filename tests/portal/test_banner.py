from datetime import timedelta

import pytest
from django.utils import timezone

from notices.workflows import NoticeWorkflow
from tests.factories import make_notice, make_published

PAGES = ["/", "/notices/", "/units/", "/units/330381002901/", "/privacy/", "/search/"]


@pytest.fixture
def end():
    return timezone.now() + timedelta(hours=2)


@pytest.mark.parametrize("url", [*PAGES, "/needs/elders/", "/my-community/"])
def test_an_emergency_stands_on_every_page(url, read, donghu, end):
    make_published(donghu, title="台风红色预警", is_emergency=True, expires_at=end)
    assert "台风红色预警" in read(url)


def test_it_stands_there_at_once(read, donghu, lin, mei, end):
    for url in PAGES:
        assert "台风" not in read(url)
    alert = make_notice(
        donghu, author=lin, title="台风", is_emergency=True, expires_at=end
    )
    NoticeWorkflow.apply(alert, "submit", by=lin)
    alert = NoticeWorkflow.apply(alert, "publish", by=mei)
    for url in PAGES:
        assert "台风" in read(url)
    NoticeWorkflow.apply(alert, "withdraw", by=mei, note="解除")
    for url in PAGES:
        assert "台风" not in read(url)


def test_it_goes_at_its_time(read, donghu, end, monkeypatch):
    make_published(donghu, title="台风", is_emergency=True, expires_at=end)
    assert "台风" in read("/privacy/")
    monkeypatch.setattr(timezone, "now", lambda: end)
    assert "台风" not in read("/privacy/")


def test_its_text_is_text_and_its_phone_a_link(read, donghu, end):
    make_published(
        donghu,
        title="<b>台风",
        gist="请打 0577-65810001<script>",
        is_emergency=True,
        expires_at=end,
    )
    page = read("/privacy/")
    assert "<b><b>" not in page
    assert "65810001<script>" not in page
    assert 'href="tel:057765810001"' in page


def test_its_own_page_says_it_once(read, donghu, street, end):
    for name in ("寒潮", "台风"):
        found = make_published(
            donghu, title=name, gist="待在家里", is_emergency=True, expires_at=end
        )
    page = read(f"/notices/{found.pk}/")
    assert page.count("<b>台风</b>") == 0
    assert "<b>寒潮</b>" in page
    assert "<b>台风</b>" in read("/")


@pytest.fixture
def four(street, donghu, xihu, end):
    """Emergencies of the street and both communities, the street's the oldest."""
    now = timezone.now()
    told = (street, "台风"), (donghu, "漏气"), (xihu, "塌方"), (donghu, "断路")
    return [
        make_published(
            unit,
            title=title,
            is_emergency=True,
            expires_at=end,
            publish_at=now - timedelta(minutes=9 - number),
        )
        for number, (unit, title) in enumerate(told)
    ]


def test_no_community_pushes_out_the_street(read, four):
    page = read("/privacy/")
    assert page.index("<b>台风") < page.index("<b>断路") < page.index("<b>塌方")
    assert "漏气" not in page


@pytest.mark.parametrize("url", ["/privacy/", "/", "/notices/"])
def test_what_finds_no_place_is_counted_and_one_tap_away(url, read, four):
    page = read(url)
    assert "另有 1 条紧急通知" in page
    assert 'href="/notices/?emergency=1"' in page


def test_three_are_all_there_is(read, four, mei):
    NoticeWorkflow.apply(four[0], "withdraw", by=mei, note="解除")
    page = read("/privacy/")
    assert "漏气" in page
    assert "另有" not in page


def test_the_first_page_lists_what_is_no_banner(read, four, shown):
    page = read("/")
    lines = page[page.index('id="notices"') :]
    assert "漏气" in lines
    assert shown.title in lines
    for title in ("台风", "断路", "塌方"):
        assert title not in lines
