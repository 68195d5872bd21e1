from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from reports.models import MetricTarget
from reports.targets import ACT, NOT_APPLICABLE, OFF, REACHED, Targets, standing
from tests.factories import make_metric_target
from toolkit.metrics import Rate, metrics

SESSIONS = metrics["learning.school_sessions"]
RATE = Rate("test.rate", "按期率", "test.part", "test.whole")
AT_LEAST, AT_MOST = MetricTarget.Sense.AT_LEAST, MetricTarget.Sense.AT_MOST


def target(sense, goal, limit=None):
    return MetricTarget(
        sense=sense, target=Decimal(goal), limit=limit and Decimal(limit)
    )


@pytest.mark.parametrize(
    ("value", "goal", "css", "word"),
    [
        ("96", target(AT_LEAST, 95, 92), REACHED, ""),
        ("95", target(AT_LEAST, 95, 92), REACHED, ""),
        ("94.9", target(AT_LEAST, 95, 92), OFF, "略低"),
        ("92", target(AT_LEAST, 95, 92), ACT, "督办"),
        ("1", target(AT_LEAST, 95), OFF, "略低"),
        ("0", target(AT_MOST, 0, 5), REACHED, ""),
        ("4", target(AT_MOST, 0, 5), OFF, "略多"),
        ("5", target(AT_MOST, 0, 5), ACT, "督办"),
        (None, target(AT_LEAST, 95), NOT_APPLICABLE, ""),
    ],
)
def test_colour_and_word_follow_the_target(value, goal, css, word):
    stands = standing(RATE, value and Decimal(value), goal, days_left=7)
    assert (stands.css, stands.word) == (css, word)


def test_without_a_target_there_is_no_colour():
    assert standing(RATE, Decimal(1), None).css == ""


def test_what_still_adds_up_is_not_late_before_the_end_of_the_period():
    goal = target(AT_LEAST, 4, 3)
    stands = standing(SESSIONS, Decimal(1), goal, days_left=7)
    assert (stands.css, stands.word, stands.instead) == ("", "剩 7 天", "")
    assert standing(SESSIONS, Decimal(1), goal).css == ACT


@pytest.mark.parametrize(("left", "word"), [(29, "剩 29 天"), (0, "今天截止")])
def test_what_is_not_done_yet_says_how_long_there_is(left, word):
    stands = standing(SESSIONS, Decimal(0), target(AT_LEAST, 1), days_left=left)
    assert (stands.css, stands.word, stands.instead) == ("", word, "未办")


def test_what_a_whole_month_lacks_is_told():
    stands = standing(SESSIONS, Decimal(0), target(AT_LEAST, 1))
    assert (stands.css, stands.word, stands.instead) == (OFF, "未达", "")


def test_the_nearest_target_counts(street, donghu, donghu_grid, xihu):
    slug = SESSIONS.slug
    wide = make_metric_target(street, metric=slug, target=1)
    near = make_metric_target(donghu, metric=slug, target=2)
    targets = Targets()
    assert targets.of(slug, donghu_grid) == near
    assert targets.of(slug, xihu) == wide


def test_a_closed_target_does_not_count(street, donghu):
    make_metric_target(street, metric=SESSIONS.slug, closed_on="2026-01-01")
    assert Targets().of(SESSIONS.slug, donghu) is None


@pytest.mark.parametrize(
    ("sense", "goal", "limit"), [(AT_LEAST, 5, 6), (AT_MOST, 5, 4), (AT_MOST, 5, 5)]
)
def test_a_limit_on_the_good_side_is_refused(street, sense, goal, limit):
    row = target(sense, goal, limit)
    row.org_unit, row.metric, row.source = street, SESSIONS.slug, "责任书"
    with pytest.raises(ValidationError, match="督办线"):
        row.full_clean()


def test_a_target_is_set_on_a_page_with_its_source(browse, mei, street):
    fields = {"org_unit": street.pk, "metric": SESSIONS.slug, "sense": "at_least"}
    client = browse(mei)
    answer = client.post("/reports/metrictargets/new/", fields | {"target": "1"})
    assert answer.status_code == 422
    answer = client.post(
        "/reports/metrictargets/new/", fields | {"target": "1", "source": "责任书"}
    )
    assert answer.status_code == 302
    assert MetricTarget.objects.get().target == 1


def test_a_second_target_for_the_same_is_refused(browse, mei, street):
    make_metric_target(street, metric=SESSIONS.slug)
    fields = {"org_unit": street.pk, "metric": SESSIONS.slug, "sense": "at_least"}
    answer = browse(mei).post(
        "/reports/metrictargets/new/", fields | {"target": "2", "source": "责任书"}
    )
    assert answer.status_code == 422
    assert "这个指标已有目标" in answer.content.decode()
