import pytest

from tests.factories import make_assignment, make_building, make_notice


@pytest.fixture
def draft(donghu, lin):
    """A draft that Lin wrote for Donghu."""
    return make_notice(donghu, author=lin, title="停水通知")


@pytest.fixture
def hua(donghu):
    """A second person of Donghu, who may publish."""
    return make_assignment("hua", donghu).user


@pytest.fixture
def door(donghu):
    return make_building(donghu)


@pytest.fixture
def filled(donghu):
    """What a clerk types into the form."""
    return {
        "org_unit": donghu.pk,
        "category": "notice",
        "title": "停水通知",
        "gist": "明天上午停水。",
        "body": "一、时间\n明天8:30—16:30。",
        "facts": "时间：明天上午\n地点：凤山巷",
        "audience": [donghu.pk],
    }
