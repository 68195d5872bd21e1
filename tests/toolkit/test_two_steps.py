"""Two people press a button of one case at the same moment: exactly one is heard."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from notices.models import Notice, Status
from tests.connections import on_two_connections
from tests.factories import make_notice
from toolkit.models import HistoryEntry
from toolkit.workflow import Transition, Workflow


def life(guard=None) -> type[Workflow]:
    """Return a life of notices; the guard runs between reading and writing a case."""

    class Life(Workflow):
        model = Notice
        transitions = (
            Transition("hand", "提交", (Status.DRAFT,), Status.REVIEW, guard=guard),
            Transition("drop", "撤下", (Status.DRAFT,), Status.WITHDRAWN),
        )

    return Life


def steps_of(notice) -> list[str]:
    lines = HistoryEntry.objects.filter(object_id=notice.pk, verb__in=("hand", "drop"))
    return [line.verb for line in lines]


def test_a_step_that_comes_second_is_refused(db, donghu):
    notice = make_notice(donghu)

    def colleague_is_faster(case, by):
        life().apply(case, "drop")

    with pytest.raises(ValidationError, match="已有人办理"):
        life(colleague_is_faster).apply(notice, "hand")


def test_a_step_alone_is_heard(db, donghu):
    notice = make_notice(donghu)
    assert life().apply(notice, "hand").status == Status.REVIEW
    assert steps_of(notice) == ["hand"]


@on_two_connections
@pytest.mark.django_db(transaction=True)
def test_of_two_steps_at_once_one_is_heard(donghu):
    notice, together = make_notice(donghu), Barrier(2, timeout=20)

    def both_have_read(case, by):
        together.wait()

    def press(_who):
        try:
            return life(both_have_read).apply(notice, "hand").status
        except ValidationError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as people:
        answers = sorted(people.map(press, "12"))
    assert answers == ["refused", Status.REVIEW]
    assert steps_of(notice) == ["hand"]
