"""An emergency that stays open: whoever may close it is asked, with the article."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safety.models import Emergency
from safety.workflows import EmergencyWorkflow
from tests.factories import make_emergency
from toolkit import clocks
from toolkit.due_list import items_for
from toolkit.models import ClockLimit
from toolkit.reference_clocks import load_clock_limits

ASKED = "威胁和危害已经得到控制或者消除的，请结束响应，停止应急措施。"
ARTICLE = "《突发事件应对法》第八十六条"


@pytest.fixture
def limits(db):
    clocks.forget()
    load_clock_limits()
    yield
    clocks.forget()


@pytest.fixture
def opened(limits, street, donghu):
    """Return a function that opens an emergency so many hours ago."""

    def call(hours, **fields):
        began = timezone.now() - timedelta(hours=hours)
        return make_emergency(
            street, units=[donghu], status="open", opened_at=began, **fields
        )

    return call


def asked(user):
    now = timezone.now()
    return [item for item in items_for(user, now) if "还没有结束" in item.title]


def test_after_the_set_time_it_is_on_the_list_of_who_may_close_it(opened, mei):
    storm = opened(72.1)
    [item] = asked(mei)
    assert item.url == storm.get_absolute_url()
    assert item.source == ARTICLE
    assert item.why.startswith(ASKED)
    assert f"依据：{ARTICLE}。" in item.why
    assert "72小时" in item.why


def test_before_the_set_time_nothing_is_said(opened, mei, browse):
    storm = opened(71.9)
    assert asked(mei) == []
    assert ASKED not in browse(mei).get(storm.get_absolute_url()).content.decode()


@pytest.mark.parametrize("path", ["/desk/", ""])
def test_its_page_and_the_desk_say_it(path, opened, browse, mei, lin):
    storm = opened(73)
    url = path or storm.get_absolute_url()
    page = browse(mei).get(url).content.decode()
    assert ASKED in page
    assert ARTICLE in page
    assert ASKED not in browse(lin).get(url).content.decode()


def test_an_exercise_collects_as_well_and_is_asked_about(opened, mei):
    opened(73, is_drill=True)
    assert len(asked(mei)) == 1


def test_who_cannot_close_it_is_not_asked(opened, lin):
    opened(73)
    assert asked(lin) == []


def test_once_it_is_closed_nobody_is_asked(opened, mei):
    EmergencyWorkflow.apply(opened(73), "close", by=mei)
    assert asked(mei) == []


def test_the_street_sets_the_hours(opened, mei, browse):
    opened(30)
    row = ClockLimit.objects.get(code="T25")
    form = browse(mei).get(f"/communities/officelimits/{row.pk}/edit/")
    assert form.status_code == 200
    ClockLimit.objects.filter(code="T25").update(amount=24)
    clocks.forget()
    [item] = asked(mei)
    assert "24小时" in item.why


def test_without_the_limit_the_desk_stands_all_the_same(opened, mei, browse):
    opened(500)
    ClockLimit.objects.all().delete()
    clocks.forget()
    assert asked(mei) == []
    assert browse(mei).get("/desk/").status_code == 200
    assert Emergency.objects.get().reminder is None
