"""The arithmetic of the two laws: the fraction itself, one below, one above."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.law.checks import (
    AT_LEAST,
    MORE_THAN,
    all_bounds,
    fraction_words,
    thresholds,
)

WHOLES = st.integers(min_value=1, max_value=200_000)
ALL = sorted(thresholds)


@pytest.mark.parametrize("key", ALL)
@given(whole=WHOLES)
def test_the_least_number_is_enough_and_one_below_is_not(key, whole):
    rule = thresholds[key]
    needed = rule.needed(whole)
    assert rule.is_met(needed, of=whole)
    assert not rule.is_met(needed - 1, of=whole)
    assert rule.is_met(needed + 1, of=whole)


@pytest.mark.parametrize("key", ALL)
@given(times=st.integers(min_value=1, max_value=5_000))
def test_the_exact_part_is_enough_for_ge_and_not_for_more(key, times):
    rule = thresholds[key]
    whole = rule.part.denominator * times
    exact = rule.part.numerator * times
    assert rule.is_met(exact, of=whole) is (rule.bound == AT_LEAST)
    assert rule.is_met(exact + 1, of=whole)
    assert not rule.is_met(exact - 1, of=whole)


@pytest.mark.parametrize("key", ALL)
@given(count=st.integers(0, 300), whole=st.integers(1, 300))
def test_it_is_the_comparison_of_the_law(key, count, whole):
    rule = thresholds[key]
    share = Fraction(count, whole)
    is_more = share > rule.part or (rule.bound == AT_LEAST and share == rule.part)
    assert rule.is_met(count, of=whole) is is_more
    assert rule.check(count, of=whole).is_met is is_more


@pytest.mark.parametrize(
    ("slug", "count", "whole", "is_met"),
    [
        ("election-valid-representatives", 133, 200, False),
        ("election-valid-representatives", 134, 200, True),
        ("congress-quorum", 29, 45, False),
        ("congress-quorum", 30, 45, True),
        ("congress-passed", 15, 30, False),
        ("congress-passed", 16, 30, True),
    ],
)
def test_the_cases_that_everybody_asks_about(slug, count, whole, is_met):
    check = thresholds[slug, "community"].check(count, of=whole)
    assert check.is_met is is_met
    assert check.source in check.sentence


def test_nobody_is_no_whole():
    rule = thresholds["congress-quorum", "community"]
    assert not rule.is_met(0, of=0)
    assert not rule.check(0, of=0).is_met
    with pytest.raises(ValueError, match="nobody"):
        rule.needed(0)


def test_the_two_laws_differ_where_they_differ():
    part = {key: rule.part for key, rule in thresholds.items()}
    assert part["recall-called-voters", "community"] == Fraction(1, 10)
    assert part["recall-called-voters", "village"] == Fraction(1, 5)
    households = "assembly-quorum-households"
    assert thresholds[households, "community"].bound == MORE_THAN
    assert thresholds[households, "village"].needed(300) == 200
    assert ("election-valid-representatives", "village") not in thresholds


@pytest.mark.parametrize("key", sorted(all_bounds))
def test_both_ends_of_a_number_are_inside(key):
    rule = all_bounds[key]
    assert rule.is_met(rule.least)
    assert not rule.is_met(rule.least - 1)
    if rule.most is not None:
        assert rule.is_met(rule.most)
        assert not rule.is_met(rule.most + 1)
        assert not rule.check(rule.most + 1).is_met


def test_parts_are_told_in_the_words_of_the_law():
    words = {rule.part_words for rule in thresholds.values()}
    assert {"过半数", "超过三分之二", "三分之二以上", "五分之一以上"} <= words
    assert fraction_words(Fraction(4, 5)) == "五分之四"
