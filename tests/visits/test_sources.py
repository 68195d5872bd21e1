"""What a rule rests on is said of each part of it, and nothing is cited for more."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_visit_duty, make_visit_rule
from tests.visits.conftest import TODAY
from toolkit.due_list import items_for
from toolkit.models import ClockLimit
from toolkit.reference_clocks import load_clock_limits
from visits.models import VisitDuty, VisitRule
from visits.rules import declared_rules, load_rules

TIERS = "内蒙古2022年公布的老年人分级探访做法"
OF_THE_TIERS = {
    "alone-80",
    "empty-nest-80",
    "seriously-ill",
    "disabled-60",
    "destitute",
    "special-family",
    "orphan",
    "general-care",
}
ONE_DAY = timedelta(days=1)
RULES = {rule["slug"]: rule for rule in declared_rules()}


def test_only_what_the_tier_model_names_rests_on_it():
    named = {slug for slug, rule in RULES.items() if rule["source"] == TIERS}
    assert named == OF_THE_TIERS


def test_everything_else_is_the_street_s_own():
    others = [rule for slug, rule in RULES.items() if slug not in OF_THE_TIERS]
    assert {rule["source_mark"] for rule in others} == {"office"}


def test_nothing_rests_on_the_ten_ministries_for_its_interval():
    assert not [rule for rule in RULES.values() if "十部门" in str(rule)]


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_the_extra_visit_has_a_source_in_the_high_tier_alone(rule):
    is_high = rule["tier"] == "high"
    assert rule.get("extra_source", "").startswith(TIERS) == is_high
    assert "first_source" not in rule


def test_the_first_visit_is_the_street_s_own_choice(street, donghu):
    load_rules()
    rule = VisitRule.objects.get(slug="alone-80")
    assert rule.first_basis == "街道自定"
    assert rule.extra_basis.startswith(f"参照资料，待街道发文确认：{TIERS}")
    duty = make_visit_duty(donghu, rule=rule)
    assert "首访期限：街道自定" in duty.explained


def test_the_sentence_of_the_extra_visit_names_its_own_source(donghu, street):
    rule = make_visit_rule(street, source="甲办法", extra_source="")
    duty = make_visit_duty(
        donghu, rule=rule, why=VisitDuty.Why.CHANGE, last_visited_on=TODAY
    )
    assert "街道自定" in duty.explained
    assert "甲办法" not in duty.explained
    rule.extra_source = "乙办法"
    assert "乙办法" in duty.explained


@pytest.mark.parametrize("why", list(VisitDuty.Why))
def test_what_others_do_is_no_basis_of_a_duty(street, donghu, mei, browse, why):
    load_rules()
    rule = VisitRule.objects.get(slug="alone-80")
    duty = make_visit_duty(
        donghu, rule=rule, why=why, last_visited_on=TODAY, next_due_on=TODAY - ONE_DAY
    )
    assert duty.basis == "街道走访频次表第1项（80岁以上独居，每周一次）"
    assert why == VisitDuty.Why.AGREED or "街道走访频次表第1项" in duty.explained
    assert "内蒙古" not in duty.explained
    visitor = browse(mei)
    line = next(one for one in items_for(mei, timezone.now()) if rule.name in one.title)
    assert line.source == duty.basis
    assert "内蒙古" not in visitor.get(duty.get_absolute_url()).content.decode()


def test_what_others_do_is_named_as_that_on_the_page_of_the_rule(street, mei, browse):
    load_rules()
    rule = VisitRule.objects.get(slug="alone-80")
    page = browse(mei).get(rule.get_absolute_url()).content.decode()
    assert f"参照资料，待街道发文确认：{TIERS}" in page
    assert "高风险一级" in page
    assert "参照资料（待核）" in page
    listed = browse(mei).get(reverse("visits:visitrule-list")).content.decode()
    assert "街道走访频次表第1项（80岁以上独居，每周一次）" in listed
    assert "内蒙古" not in listed


def test_a_law_is_cited_with_its_article(street, donghu):
    rule = make_visit_rule(
        street, number=4, source="某办法", article="第九条", source_mark="article"
    )
    duty = make_visit_duty(donghu, rule=rule, why="rule", last_visited_on=TODAY)
    assert duty.basis == "某办法，第九条"
    assert "依据：街道走访频次表第4项，某办法，第九条。" in duty.explained


def test_visits_have_one_table_of_frequencies(street):
    load_clock_limits()
    assert not ClockLimit.objects.filter(code="T15").exists()


def test_a_rule_made_by_hand_has_its_sources_on_its_page(street, mei, browse):
    rule = make_visit_rule(street, first_source="丙办法")
    page = browse(mei).get(rule.get_absolute_url()).content.decode()
    assert "丙办法" in page
    assert "街道自定" in page
    assert rule.next_after(TODAY) == TODAY + timedelta(days=7)
