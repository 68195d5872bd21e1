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
