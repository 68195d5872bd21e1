import pytest

from communities.models import UnitProfile
from tests.factories import make_published


@pytest.fixture
def reachable(street, donghu):
    """The street and Donghu with what residents need to find them."""
    UnitProfile.objects.create(
        org_unit=street, phone="0577-65810001", office_hours="周一至周五 8:30—17:30"
    )
    UnitProfile.objects.create(
        org_unit=donghu,
        address="东湖巷1号",
        phone="0577-65810002",
        director="王小明",
    )


@pytest.fixture
def shown(donghu):
    return make_published(donghu, title="东湖巷停水通知", gist="明天上午停水。")


@pytest.fixture
def read(client):
    """Return a function that fetches a page and returns its text."""

    def fetch(url, status=200, **headers):
        answer = client.get(url, headers=headers)
        assert answer.status_code == status, url
        return answer.content.decode()

    return fetch
