"""Who reads the trail stands in it, without making it grow by being read."""

from datetime import timedelta

import pytest
from django.db.models import F

from tests.factories import make_assignment, make_trail
from tests.guards import unguarded
from toolkit.audit import about, names_of
from toolkit.audit_fields import condition_words
from toolkit.models import AuditEvent

TRAIL = "/accounts/trails/"
API = "/api/v1/accounts/trails/"


@pytest.fixture
def auditor(street):
    return make_assignment("auditor", street, ["view_auditevent"]).user


@pytest.fixture
def visitor(browse, auditor):
    return browse(auditor)


def readings(auditor):
    return AuditEvent.objects.filter(verb="read", actor=auditor).order_by("pk")


def an_hour_later():
    with unguarded("toolkit_auditevent"):
        AuditEvent.objects.update(at=F("at") - timedelta(hours=1))


@pytest.mark.parametrize(("url", "form"), [(TRAIL, None), (API, "API")])
def test_the_list_is_told_with_its_conditions_once_an_hour(
    url, form, visitor, auditor, street
):
    for number in range(30):
        make_trail(street, batch=str(number))
    for _turn in range(3):
        assert visitor.get(url, {"verb": "refused"}).status_code == 200
    event = readings(auditor).get()
    assert condition_words(event).startswith("动作：被拒绝访问")
    assert about(event).get("form") == form
    # Another page of the same is the same; another question is none of the same.
    last = visitor.get(url)
    assert readings(auditor).count() == 2
    assert last.status_code == 200
    visitor.get(url, {"after": AuditEvent.objects.latest("pk").pk})
    assert readings(auditor).count() == 2
    an_hour_later()
    visitor.get(url)
    assert readings(auditor).count() == 3


def test_no_name_that_was_searched_for_is_told(visitor, auditor):
    visitor.get(TRAIL, {"q": "王小明"})
    assert condition_words(readings(auditor).get()) == "按姓名等查找"


def test_each_person_is_told(visitor, auditor, mei, browse):
    visitor.get(TRAIL)
    browse(mei).get(TRAIL)
    assert readings(auditor).count() == readings(mei).count() == 1


def test_a_question_that_is_none_reads_nothing(visitor, auditor):
    assert visitor.get(TRAIL, {"verb": "nonsense"}).status_code == 400
    assert not readings(auditor).exists()


@pytest.mark.parametrize("base", [TRAIL, API])
def test_an_entry_is_told_by_its_number(base, visitor, auditor, street):
    entry = make_trail(street)
    assert visitor.get(f"{base}{entry.pk}/").status_code == 200
    event = readings(auditor).get()
    assert (event.subject_type, event.subject_id) == ("accounts.trail", entry.pk)


def test_the_trail_on_paper_is_told_once(visitor, auditor):
    visitor.get(TRAIL, {"print": "1"})
    event = AuditEvent.objects.get(actor=auditor)
    assert event.verb == "printed"
    # What paper does not show is not said to have been on it.
    assert not {"under", "count"} & set(names_of(event))
