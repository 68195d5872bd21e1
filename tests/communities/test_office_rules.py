"""The office's own calendar and limits."""

from datetime import date

import pytest

from communities.models import OfficeLimit
from tests.factories import make_assignment, make_office_day, make_office_limit
from toolkit import calendar
from toolkit.models import ClockLimit


@pytest.fixture
def clerk(street, client):
    client.force_login(make_assignment("clerk", street).user)
    return client


@pytest.fixture(autouse=True)
def forgotten():
    calendar.forget()
    yield
    calendar.forget()


def change(clerk, limit, **fields):
    form = {
        "amount": limit.amount,
        "unit": limit.unit,
        "source": limit.source,
        "source_mark": limit.source_mark,
        "note": "",
    }
    url = f"/communities/officelimits/{limit.pk}/edit/"
    answer = clerk.post(url, form | fields)
    limit.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    ("mark", "bound", "amount", "expected"),
    [
        ("P", "within", 10, 10),
        ("P", "within", 20, 15),
        ("P", "at_least", 20, 20),
        ("P", "at_least", 10, 15),
        ("O", "within", 20, 20),
    ],
)
def test_a_limit_of_the_law_only_becomes_stricter(
    clerk, street, mark, bound, amount, expected
):
    limit = make_office_limit(street, source_mark=mark, bound=bound)
    answer = change(clerk, limit, amount=amount)
    assert limit.amount == expected
    assert ("不能放宽" in answer.content.decode()) == (expected == 15)


def test_a_limit_counted_back_is_stricter_when_it_is_earlier(clerk, street):
    limit = make_office_limit(street, source_mark="P", amount=-20, bound="at_least")
    change(clerk, limit, amount=-25)
    assert limit.amount == -25


@pytest.mark.parametrize(
    "fields",
    [
        {"unit": "months", "amount": 15},
        {"unit": "months", "amount": 10},
        {"source_mark": "O"},
        {"rolls": "on"},
    ],
)
def test_how_a_limit_of_the_law_is_counted_cannot_be_posted(clerk, street, fields):
    limit = make_office_limit(street, source_mark="P")
    change(clerk, limit, **fields)
    assert (limit.unit, limit.source_mark, limit.rolls) == ("working_days", "P", False)


def test_a_limit_of_the_office_is_counted_as_the_office_says(clerk, street):
    limit = make_office_limit(street, source_mark="O")
    change(clerk, limit, unit="days", rolls="on")
    assert (limit.unit, limit.rolls) == ("days", True)


def test_a_limit_of_the_law_stays_on_its_side_of_the_event(clerk, street):
    limit = make_office_limit(street, source_mark="P", amount=-20, bound="at_least")
    assert "不能放宽" in change(clerk, limit, amount=25).content.decode()
    assert limit.amount == -20


def test_what_a_limit_is_called_cannot_be_posted(clerk, street):
    limit = make_office_limit(street)
    change(clerk, limit, code="T00", label="改名")
    assert ClockLimit.objects.get(pk=limit.pk).code == "T99"


def test_a_limit_reads_in_words(street):
    assert OfficeLimit(amount=15, unit="working_days").length == "15 个工作日"
    assert OfficeLimit(amount=6, unit="months").length == "6 个月"
    assert OfficeLimit(amount=-20, unit="days").length == "提前 20 日"


def test_a_day_entered_is_a_day_of_rest(clerk, street):
    form = {"date": "2031-05-05", "kind": "holiday", "name": "劳动节", "source": ""}
    assert clerk.post("/communities/officedays/new/", form).status_code == 302
    calendar.forget()
    assert not calendar.calendar().is_working_day(date(2031, 5, 5))


def test_the_list_says_that_the_coming_year_is_not_entered(clerk, street):
    make_office_day(street)
    assert "还没有录入" in clerk.get("/communities/officedays/").content.decode()
