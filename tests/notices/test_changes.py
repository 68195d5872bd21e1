"""What the desk tells of the week's notices."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import make_published
from toolkit.changes import changes_for


def told(user, days=2):
    since = timezone.now() - timedelta(days=days)
    return {(change.title, str(change.text)) for change in changes_for(user, since)}


def test_a_notice_is_news_at_its_own_time(lin, donghu):
    now = timezone.now()
    make_published(donghu, title="昨天停水", publish_at=now - timedelta(days=1))
    make_published(donghu, title="明天停电", publish_at=now + timedelta(days=1))
    make_published(donghu, title="上周开会", publish_at=now - timedelta(days=8))
    assert told(lin) == {("《昨天停水》", "发布")}


def test_a_notice_of_another_community_is_no_news(chen, donghu):
    make_published(donghu)
    assert told(chen) == set()
