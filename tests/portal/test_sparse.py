"""Public pages stand when what they usually show is missing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.models import BoundaryChange, UnitProfile, UnitSuccession
from tests.factories import (
    make_org_unit,
    make_police_room,
    make_published,
    make_school_session,
)

STANDING = [
    "/",
    "/notices/",
    "/units/",
    "/my-community/?change=1",
    "/needs/elders/",
    "/search/?q=水",
    "/site-map/",
    "/privacy/",
    "/accessibility/",
    "/feeds/notices.atom",
    "/sitemap.xml",
]
CLOSED = "330381002999"


@pytest.fixture
def closed(street):
    """A community of the past, still chosen by a browser and named by rows."""
    return make_org_unit(
        "community", CLOSED, parent=street, name="旧桥", valid_to=date(2020, 1, 1)
    )


def looks_whole(page):
    return not any(part in page for part in ("None", 'href=""', 'href="tel:"'))


@pytest.mark.parametrize("url", STANDING)
def test_without_a_single_unit(url, read, db):
    assert looks_whole(read(url))


@pytest.mark.parametrize("url", [*STANDING, f"/units/{CLOSED}/"])
def test_with_a_unit_that_has_ended(url, read, client, closed, donghu):
    today = timezone.localdate()
    make_published(closed, title="停水")
    make_school_session(closed, title="旧桥课", held_on=today)
    make_police_room(closed, phone="", address="", hours="")
    client.cookies["community"] = CLOSED
    assert looks_whole(read(url))


@pytest.mark.parametrize("url", [*STANDING, "/units/330381002901/"])
def test_with_a_grid_where_a_community_is_usual(
    url, read, client, street, donghu, donghu_grid
):
    end = timezone.now() + timedelta(hours=2)
    make_published(donghu_grid, title="停水", is_emergency=True, expires_at=end)
    make_police_room(donghu_grid)
    change = BoundaryChange.objects.create(
        org_unit=donghu, kind="split", decided_on=date(2020, 1, 1)
    )
    UnitSuccession.objects.create(
        change=change, predecessor=donghu_grid, successor=donghu
    )
    client.cookies["community"] = donghu.code
    assert looks_whole(read(url))


@pytest.mark.parametrize("tail", ["", "poster/"])
@pytest.mark.parametrize("kind", ["normal", "large"])
def test_a_notice_of_a_grid_without_contact(kind, tail, read, client, donghu_grid):
    notice = make_published(donghu_grid, easy_body="明天停水。")
    client.cookies["type"] = kind
    page = read(f"/notices/{notice.pk}/{tail}")
    assert looks_whole(page)
    assert notice.title in page


@pytest.mark.parametrize("url", [*STANDING, "/units/330381002901/"])
def test_with_a_profile_of_blanks(url, read, client, street, donghu):
    for unit in (street, donghu):
        UnitProfile.objects.create(org_unit=unit, phone=" ", director=" ")
    client.cookies["community"] = donghu.code
    assert looks_whole(read(url))


@pytest.mark.parametrize("url", [*STANDING, "/units/330381002901/", "/notices/{pk}/"])
def test_with_a_category_that_is_no_more(url, read, donghu):
    notice = make_published(donghu, category="retired")
    assert looks_whole(read(url.format(pk=notice.pk)))
