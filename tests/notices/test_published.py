from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from notices.models import Notice
from tests.factories import make_notice, make_org_unit, make_published

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)
MOMENT = timedelta(microseconds=1)


def shown(now):
    return set(Notice.objects.published(now))


def test_appears_at_its_moment(donghu):
    notice = make_published(donghu, publish_at=NOON)
    assert notice not in shown(NOON - MOMENT)
    assert notice in shown(NOON)


def test_disappears_at_its_moment(donghu):
    begin = NOON - timedelta(days=1)
    notice = make_published(donghu, publish_at=begin, expires_at=NOON)
    assert notice in shown(NOON - MOMENT)
    assert notice not in shown(NOON)


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_nothing_but_published_notices_is_shown(status, donghu):
    make_notice(donghu, status=status, publish_at=NOON)
    assert shown(NOON + timedelta(days=1)) == set()


def test_the_row_agrees_with_the_list(donghu):
    notice = make_published(
        donghu, publish_at=NOON, expires_at=NOON + timedelta(hours=1)
    )
    for minutes in (-1, 0, 30, 60, 61):
        now = NOON + timedelta(minutes=minutes)
        assert notice.is_public(now) == (notice in shown(now))


def test_a_notice_of_the_street_concerns_every_community(street, donghu, xihu):
    notice = make_published(street)
    assert notice in Notice.objects.concerning(donghu)
    assert notice in Notice.objects.concerning(xihu)


def test_a_notice_of_a_community_concerns_itself_and_its_grids(
    donghu, donghu_grid, xihu
):
    notice = make_published(donghu)
    assert notice in Notice.objects.concerning(donghu)
    assert notice in Notice.objects.concerning(donghu_grid)
    assert notice not in Notice.objects.concerning(xihu)


def test_a_notice_to_a_grid_concerns_its_community(donghu, donghu_grid, xihu):
    notice = make_published(donghu, audience=[donghu_grid])
    assert notice in Notice.objects.concerning(donghu)
    assert notice not in Notice.objects.concerning(xihu)


def test_units_whose_codes_begin_alike_are_different(street):
    one = make_org_unit("community", "33038100290", parent=street)
    other = make_org_unit("community", "330381002901", parent=street)
    notice = make_published(other)
    assert notice not in Notice.objects.concerning(one)


def test_pinned_ones_stand_first_then_the_newest(donghu):
    old = make_published(donghu, publish_at=NOON - timedelta(days=2))
    pinned = make_published(donghu, publish_at=NOON - timedelta(days=9), is_pinned=True)
    new = make_published(donghu, publish_at=NOON)
    assert list(Notice.objects.newest_first()) == [pinned, new, old]


def test_a_year_ends_at_midnight_of_the_office(donghu):
    eve = datetime(2025, 12, 31, 23, 59, tzinfo=CHINA)
    notice = make_published(donghu, publish_at=eve)
    assert notice in Notice.objects.published_in_year(2025)
    assert notice not in Notice.objects.published_in_year(2026)


def test_turning_points_are_the_nearest_moments(donghu):
    hours = [NOON + timedelta(hours=n) for n in range(5)]
    make_published(donghu, publish_at=hours[0], expires_at=hours[3])
    make_published(donghu, publish_at=hours[1], expires_at=hours[4])
    points = Notice.objects.turning_points
    assert points(hours[0] - MOMENT) == (None, hours[0])
    assert points(hours[0]) == (hours[0], hours[1])
    assert points(hours[2]) == (hours[1], hours[3])
    assert points(hours[3]) == (hours[3], hours[4])
    assert points(hours[4]) == (hours[4], None)


def test_reviews_wait_for_others_only(donghu, lin, hua, chen):
    make_notice(donghu, author=lin, status="review")
    assert Notice.objects.waiting_for(hua).count() == 1
    assert not Notice.objects.waiting_for(lin).exists()
    assert not Notice.objects.waiting_for(chen).exists()


def test_now_is_the_default(donghu):
    notice = make_published(donghu, expires_at=timezone.now() + timedelta(hours=1))
    assert list(Notice.objects.published()) == [notice]
