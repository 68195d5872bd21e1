"""The steps in the life of a household: found, split, merge, transfer, new head, move,
close, fill in relations, and take the last step back.

Every function runs in one transaction and returns the HouseholdStep it wrote; each
raises ValidationError with a sentence for the clerk. `expected` is the fingerprint of
the state that the clerk saw before confirming, `relations` his answers (resident's
primary key to code) where a relation cannot be worked out.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from communities.actions.steps import Kind, step
from communities.actions.succession import (
    Relations,
    check_free_head,
    head_among,
    members_on_rolls,
    regroup,
    relate,
    succeed,
    through,
)
from communities.addresses import Address
from communities.household_state import state_of
from communities.models import HEAD, Household, HouseholdStep, OrgUnit, Resident
from communities.relations import UNKNOWN, Answer


def found_household(
    *,
    org_unit: OrgUnit,
    number: str,
    kind: str,
    address: Address,
    happened_on: date,
    reason: str = "",
    by=None,
    expected: str = "",
) -> HouseholdStep:
    """Enter a household that nobody belongs to yet."""
    household = Household(org_unit=org_unit, number=number, kind=kind)
    address.write_to(household)
    with step(
        Kind.FOUND, households=[], happened_on=happened_on, reason=reason, by=by
    ) as draft:
        draft.save(household)
    return draft.step


def split_household(
    *,
    household: Household,
    members: list[Resident],
    head: Resident,
    number: str,
    org_unit: OrgUnit,
    address: Address,
    happened_on: date,
    remaining_head: Resident | None = None,
    relations: Relations | None = None,
    reason: str = "",
    by=None,
    expected: str = "",
) -> HouseholdStep:
    """Let some members found a household of their own with one of them as its head."""
    with step(
        Kind.SPLIT,
        households=[household],
        happened_on=happened_on,
        reason=reason,
        by=by,
        expected=expected,
    ) as draft:
        everybody = members_on_rolls(household)
        leaving = [m for m in everybody if m in members]
        check_split(everybody, leaving, head)
        new = Household(org_unit=org_unit, number=number, kind=household.kind)
        address.write_to(new)
        draft.save(new)
        old_head = head_among(everybody)
        regroup(draft, new, leaving, head, old_head, relations)
        staying = [m for m in everybody if m not in leaving]
        succeed(draft, household, staying, old_head, remaining_head, relations)
    return draft.step


def check_split(everybody: list, leaving: list, head: Resident) -> None:
    """Raise ValidationError unless some stay, some go, and the head goes."""
    if not leaving or len(leaving) == len(everybody):
        raise ValidationError(_("分户要有人分出，也要有人留下。"), code="nobody_parts")
    if head not in leaving:
        raise ValidationError(_("新户户主须从分出的人中选。"), code="head_stays")


def merge_households(
    *,
    household: Household,
    into: Household,
    head_relation: str,
    happened_on: date,
    relations: Relations | None = None,
    reason: str = "",
    by=None,
    expected: str = "",
) -> HouseholdStep:
    """Let all members join another household, whose head stays; close this one.

    `head_relation` says what the head of the closed household is to the other head.
    """
    check_apart(household, into)
    with step(
        Kind.MERGE,
        households=[household, into],
        happened_on=happened_on,
        reason=reason,
        by=by,
        expected=expected,
    ) as draft:
        joining, head = members_on_rolls(household), head_among(members_on_rolls(into))
        old_head = head_among(joining)
        for member in joining:
            if member == old_head:
                answer = Answer(head_relation)
            else:
                answer = through(member, old_head, head_relation, head)
            relate(draft, member, into, answer, relations)
        draft.close(household)
    return draft.step


def check_apart(household: Household, into: Household) -> None:
    """Raise ValidationError unless these are two open households."""
    if household == into:
        raise ValidationError(
            _("对方住户就是本户，请填另一户的户号。"), code="same_home"
        )
    for one in (household, into):
        if not one.is_open:
            raise ValidationError(
                _("户号%(number)s已经销户。") % {"number": one.number}
            )


def transfer_member(
    *,
    resident: Resident,
    into: Household,
    relation: str,
    happened_on: date,
    remaining_head: Resident | None = None,
    relations: Relations | None = None,
    reason: str = "",
    by=None,
    expected: str = "",
) -> HouseholdStep:
    """Let a resident join a household, leaving the one he belongs to, if any."""
    source = resident.household
    if source is not None and source.is_open:
        check_apart(source, into)
    kind = Kind.TRANSFER if source is not None else Kind.JOIN
    with step(
        kind,
        households=[home for home in (source, into) if home is not None],
        residents=[resident],
        happened_on=happened_on,
        reason=reason,
        by=by,
        expected=expected,
    ) as draft:
        check_free_head(into, relation)
        draft.put(resident, into, relation)
        if source is not None:
            members = members_on_rolls(source)
            staying = [m for m in members if m != resident]
            old_head = head_among(members)
            succeed(draft, source, staying, old_head, remaining_head, relations)
    return draft.step


def change_head(
    *,
    household: Household,
    head: Resident,
    happened_on: date,
    relations: Relations | None = None,
    reason: str = "",
    by=None,
    expected: str = "",
) -> HouseholdStep:
    """Make another member the head."""
    with step(
        Kind.NEW_HEAD,
        households=[household],
        happened_on=happened_on,
        reason=reason,
        by=by,
        expected=expected,
    ) as draft:
        members = members_on_rolls(household)
        old_head = head_among(members)
        if head not in members or head == old_head:
            raise ValidationError(_("请从本户其他在册成员中选新户主。"))
        regroup(draft, household, members, head, old_head, relations)
    return draft.step


def move_household(
    *,
    household: Household,
    org_unit: OrgUnit,
    address: Address,
    happened_on: date,
    reason: str = "",
    by=None,
    expected: str = "",
) -> HouseholdStep:
    """Let a household with all its members live at another address."""
    with step(
        Kind.MOVE,
        households=[household],
        happened_on=happened_on,
        reason=reason,
        by=by,
        expected=expected,
    ) as draft:
        moved = Household.objects.get(pk=household.pk)
        moved.org_unit = org_unit
        address.write_to(moved)
        for member in members_on_rolls(household):
            draft.put(member, moved, member.relation)
        draft.save(moved)
        if state_of({household.pk})["households"] == draft.before["households"]:
            raise ValidationError(_("新住址和原住址一样。"))
    return draft.step


def close_household(
    *,
    household: Household,
    happened_on: date,
    reason: str = "",
    by=None,
    expected: str = "",
) -> HouseholdStep:
    """End a household in which nobody is left."""
    with step(
        Kind.CLOSE,
        households=[household],
        happened_on=happened_on,
        reason=reason,
        by=by,
        expected=expected,
    ) as draft:
        draft.close(household)
    return draft.step


def fill_relations(
    *,
    household: Household,
    relations: Relations,
    happened_on: date,
    reason: str = "",
    by=None,
    expected: str = "",
) -> HouseholdStep:
    """Set the relations that were left unknown."""
    with step(
        Kind.RELATE,
        households=[household],
        happened_on=happened_on,
        reason=reason,
        by=by,
        expected=expected,
    ) as draft:
        for member in members_on_rolls(household):
            code = relations.get(member.pk, UNKNOWN)
            if member.relation == UNKNOWN and code not in (UNKNOWN, HEAD):
                draft.put(member, household, code)
        if not draft.moves:
            raise ValidationError(_("没有要补填的关系。"))
    return draft.step
