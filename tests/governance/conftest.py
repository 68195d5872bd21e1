from datetime import timedelta

import pytest
from django.utils import timezone

from governance.models import Body, Member
from tests.factories import make_body, make_member, make_resident_group
from toolkit.reference_clocks import load_clock_limits

TODAY = timezone.localdate()
FEMALE, MALE = "2", "1"


@pytest.fixture(autouse=True)
def limits(db):
    """The clock table: the term of a committee is one of its limits."""
    load_clock_limits()


@pytest.fixture
def seat():
    """Seat so many in a new body of a unit: a head, then members or delegates."""

    def call(unit, kind, sexes, *, post=Member.Post.MEMBER, **about):
        about = {
            "began_on": TODAY - timedelta(days=400),
            "document": "玉街〔2024〕1号",
        } | about
        about.setdefault("ends_on", TODAY + timedelta(days=1400))
        body = make_body(unit, kind=kind, **about)
        for number, sex in enumerate(sexes):
            own = Member.Post.HEAD if number == 0 else post
            make_member(unit, term=body.term, post=own, sex=sex)
        return body

    return call


@pytest.fixture
def committee(seat, donghu):
    return seat(donghu, Body.Kind.COMMITTEE, [FEMALE] + [MALE] * 6)


@pytest.fixture
def group(donghu):
    return make_resident_group(donghu)
