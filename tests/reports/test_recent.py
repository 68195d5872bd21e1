"""Figures of a moment ago: read once, and again as soon as somebody writes."""

from reports.recent import figures_lately
from tests.factories import make_school_session
from tests.reports.conftest import MARCH
from toolkit import audit
from toolkit.metrics import metrics

SESSIONS = metrics["learning.school_sessions"]


def sessions(unit):
    return figures_lately([unit], MARCH, [SESSIONS])[unit.pk][SESSIONS.slug]


def test_a_second_look_reads_no_rows(march, donghu, django_assert_num_queries):
    sessions(donghu)
    with django_assert_num_queries(1):
        assert sessions(donghu) == 1


def test_an_act_of_the_portal_is_seen_at_once(march, donghu):
    sessions(donghu)
    row = make_school_session(donghu, held_on=MARCH.start)
    audit.record("created", subject=row)
    assert sessions(donghu) == 2


def test_reading_makes_nothing_new(march, donghu, django_assert_num_queries):
    sessions(donghu)
    audit.record("read", subject=donghu)
    with django_assert_num_queries(1):
        sessions(donghu)


def test_other_units_and_periods_have_their_own_figures(march, donghu, xihu):
    assert sessions(donghu) == 1
    assert sessions(xihu) == 2
    empty = figures_lately([donghu], MARCH.next(), [SESSIONS])
    assert empty[donghu.pk][SESSIONS.slug] == 0
