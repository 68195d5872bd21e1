"""What a body lacks, by the law of its unit."""

from datetime import timedelta

import pytest

from governance.checks import FAULT, LATE, NEAR, SOON, findings_of
from governance.models import Body, KinTie, Member
from tests.factories import (
    make_body,
    make_household,
    make_member,
    make_org_unit,
    make_resident,
    make_resident_group,
)
from tests.factories.elections import make_election
from tests.governance.conftest import FEMALE, MALE, TODAY

COMMITTEE, SUPERVISION = Body.Kind.COMMITTEE, Body.Kind.SUPERVISION


@pytest.fixture
def village(street):
    return make_org_unit(
        "village", "330381002201", parent=street, rule_profile="village"
    )


def said(body):
    return " ".join(one.text for one in findings_of(body))


def tones(body):
    return [one.tone for one in findings_of(body)]


def test_a_committee_as_the_law_wants_it_has_nothing_to_say(committee):
    assert findings_of(committee) == []


@pytest.mark.parametrize(
    ("count", "is_fine"), [(4, False), (5, True), (9, True), (10, False)]
)
def test_a_committee_has_five_to_nine(seat, donghu, count, is_fine):
    body = seat(donghu, COMMITTEE, [FEMALE] * count)
    assert (tones(body) == []) is is_fine
    assert is_fine or "第八条第一款" in said(body)


@pytest.mark.parametrize(
    ("count", "is_fine"), [(2, False), (3, True), (7, True), (8, False)]
)
def test_a_committee_of_a_village_has_three_to_seven(seat, village, count, is_fine):
    body = seat(village, COMMITTEE, [FEMALE] * count)
    assert (tones(body) == []) is is_fine
    assert is_fine or "村民委员会组织法" in said(body)


def test_a_committee_has_a_woman(seat, donghu):
    body = seat(donghu, COMMITTEE, [MALE] * 5)
    assert tones(body) == [FAULT]
    assert "第八条第二款" in said(body)


def test_who_left_is_not_counted(committee):
    woman = committee.term.members.get(sex=FEMALE)
    Member.objects.filter(pk=woman.pk).update(left_on=TODAY)
    assert "妇女" in said(Body.objects.get(pk=committee.pk))


@pytest.mark.parametrize(
    ("left", "tone"),
    [(-1, LATE), (0, NEAR), (SOON.days, NEAR), (SOON.days + 1, None)],
)
def test_a_term_is_named_before_it_ends_and_after(seat, donghu, left, tone):
    end = TODAY + timedelta(days=left)
    body = seat(donghu, COMMITTEE, [FEMALE] * 5, ends_on=end)
    make_election(donghu, body=body)
    assert tones(body) == ([tone] if tone else [])
    assert tone is None or "第十四条第二款" in said(body)


def test_without_a_document_or_a_term_a_body_is_missing(seat, donghu):
    assert "文号" in said(seat(donghu, COMMITTEE, [FEMALE] * 5, document=""))
    assert "按缺少" in said(make_body(donghu))


def test_declared_relatives_do_not_sit_in_one_committee(committee, donghu):
    people = [make_resident(donghu) for _one in range(2)]
    for one, member in zip(people, committee.term.serving[:2], strict=True):
        Member.objects.filter(pk=member.pk).update(resident=one)
    assert findings_of(Body.objects.get(pk=committee.pk)) == []
    KinTie.objects.create(
        first=people[0], second=people[1], relation="sibling", declared_on=TODAY
    )
    text = said(Body.objects.get(pk=committee.pk))
    assert "兄弟姐妹" in text
    assert "近亲属回避" in text


@pytest.mark.parametrize(
    ("first", "second", "is_kin"),
    [("02", "10", True), ("20", "30", True), ("02", "99", False), ("28", "20", False)],
)
def test_relatives_of_one_household_are_to_be_looked_at(
    committee, donghu, first, second, is_kin
):
    home = make_household(donghu)
    for relation, member in zip(
        (first, second), committee.term.serving[:2], strict=True
    ):
        person = make_resident(donghu, household=home, relation=relation)
        Member.objects.filter(pk=member.pk).update(resident=person)
    assert bool(findings_of(Body.objects.get(pk=committee.pk))) is is_kin


def test_who_rules_does_not_supervise(committee, seat, donghu):
    person = make_resident(donghu)
    Member.objects.filter(pk=committee.term.serving[1].pk).update(resident=person)
    body = seat(donghu, SUPERVISION, [FEMALE, MALE])
    assert findings_of(body) == []
    make_member(donghu, term=body.term, resident=person, name="王阿婆")
    text = said(Body.objects.get(pk=body.pk))
    assert "王阿婆" in text
    assert "第三十六条第一款" in text


def test_the_meeting_of_a_village_is_a_third_women(seat, village):
    kind, delegate = Body.Kind.CONGRESS, Member.Post.DELEGATE
    body = seat(village, kind, [MALE] * 7 + [FEMALE] * 3, post=delegate)
    assert "第二十九条第一款" in said(body)
    body = seat(village, kind, [MALE] * 6 + [FEMALE] * 4, post=delegate)
    assert findings_of(body) == []


def test_four_fifths_of_a_meeting_are_delegates(seat, donghu):
    kind = Body.Kind.CONGRESS
    body = seat(donghu, kind, [FEMALE] * 5, post=Member.Post.DELEGATE)
    assert findings_of(body) == []
    make_member(donghu, term=body.term, post=Member.Post.MEMBER)
    assert "第二十八条第一款" in said(Body.objects.get(pk=body.pk))


def test_a_group_without_a_delegate_is_named(seat, donghu):
    body = seat(donghu, Body.Kind.CONGRESS, [FEMALE] * 5, post=Member.Post.DELEGATE)
    group = make_resident_group(donghu, name="第3居民小组", households=45)
    assert "第3居民小组还没有代表" in said(body)
    Member.objects.filter(pk=body.term.serving[1].pk).update(group=group)
    assert findings_of(Body.objects.get(pk=body.pk)) == []
    type(group).objects.update(households=51)
    assert "第十三条第二款" in said(Body.objects.get(pk=body.pk))


def sit(body, seat, person):
    """Let a resident take one of the seats of a body."""
    Member.objects.filter(pk=body.term.serving[seat].pk).update(resident=person)


@pytest.fixture
def siblings(donghu):
    people = [make_resident(donghu) for _one in range(2)]
    KinTie.objects.create(
        first=people[0], second=people[1], relation="sibling", declared_on=TODAY
    )
    return people


@pytest.fixture
def supervision(committee, seat, donghu):
    return seat(donghu, SUPERVISION, [FEMALE, MALE])


def test_a_relative_of_who_rules_does_not_supervise(committee, supervision, siblings):
    sit(committee, 1, siblings[0])
    sit(supervision, 1, siblings[1])
    text = said(Body.objects.get(pk=supervision.pk))
    assert "不得担任监督委员会成员" in text
    assert "第三十六条第一款" in text


def test_relatives_who_both_supervise_are_none_of_the_committee(supervision, siblings):
    for number, person in enumerate(siblings):
        sit(supervision, number, person)
    assert findings_of(Body.objects.get(pk=supervision.pk)) == []


def test_relatives_who_both_rule_are_no_fault_of_the_supervision(
    committee, supervision, siblings
):
    for number, person in enumerate(siblings):
        sit(committee, number, person)
    assert findings_of(Body.objects.get(pk=supervision.pk)) == []


def test_heads_and_wives_of_two_homes_are_no_relatives(committee, donghu):
    for number, relation in enumerate(("02", "10")):
        home = make_household(donghu)
        sit(committee, number, make_resident(donghu, household=home, relation=relation))
    assert findings_of(Body.objects.get(pk=committee.pk)) == []


def test_people_without_a_home_are_no_relatives(committee, donghu):
    for number, relation in enumerate(("02", "10")):
        sit(committee, number, make_resident(donghu, relation=relation))
    assert findings_of(Body.objects.get(pk=committee.pk)) == []
