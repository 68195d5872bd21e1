"""The household on which the pages of steps are tried."""

import pytest

from communities.models import HEAD
from tests.factories.communities import make_family


@pytest.fixture
def family(donghu_grid):
    return make_family(
        donghu_grid,
        ("林大山", HEAD, {"sex": "1"}),
        ("陈阿娥", "12", {"sex": "2"}),
        ("林国荣", "22", {"sex": "1"}),
        number="0036-0412",
    )
