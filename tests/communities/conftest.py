import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_cache():
    """Figures that are kept for some minutes do not outlive their test."""
    cache.clear()
