"""Readers of English find no Chinese marks between their words."""

import re

import pytest
from django.utils.translation import override

from tests.factories import make_visit, make_visit_rule
from visits.forms.duties import label_of
from visits.models import Visit, VisitRule

MARKS = re.compile(r"[：、，。；（）]")


@pytest.fixture
def rule(street):
    return make_visit_rule(
        street, name="Alone", short_name="Alone", min_age=80, only_alone=True
    )


@pytest.mark.parametrize("name", ["reason", "who", "basis", "source_words"])
def test_a_rule_has_the_marks_of_the_language(name, rule):
    rule.source, rule.article = "Street paper", "Article 1"
    rule.source_mark = VisitRule.SourceMark.REPORT
    with override("en"):
        assert not MARKS.search(getattr(rule, name))


def test_a_rule_to_choose_has_them(rule):
    with override("en"):
        assert not MARKS.search(label_of(rule))
    assert label_of(rule).endswith("（每周一次）")


def test_the_summary_of_a_visit_has_them(donghu_grid):
    visit = make_visit(donghu_grid, outcome=Visit.Outcome.NEEDS_HELP)
    assert visit.summary == "上门，需要帮助"
    with override("en"):
        assert ", " in visit.summary
        assert not MARKS.search(visit.summary)
