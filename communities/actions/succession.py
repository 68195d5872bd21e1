"""Who belongs to a household, and what its members are to one another afterwards."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from communities.actions.steps import Draft
from communities.models import HEAD, Household, Resident
from communities.relations import (
    UNKNOWN,
    Answer,
    Person,
    inverse,
    person_of,
    relation_to,
)

# The clerk's answers: the primary key of a resident to the code of his relation.
Relations = dict[int, str]


def members_on_rolls(household: Household) -> list[Resident]:
    """Return the members of a household, the head first, then by age."""
    members = list(household.members.registered().order_by("birth_on", "pk"))
    return sorted(members, key=lambda member: not member.is_head)


def head_among(members: list[Resident]) -> Resident | None:
    return next((member for member in members if member.is_head), None)


def regroup(
    draft: Draft,
    household: Household,
    members: list[Resident],
    head: Resident,
    old_head: Resident | None,
    relations: Relations | None,
) -> None:
    """Put members into a household under a head; work out what they are to him."""
    for member in members:
        if member == head:
            draft.put(member, household, HEAD)
            continue
        answer = Answer(UNKNOWN)
        if old_head is not None:
            answer = relation_to(
                person_of(member),
                new_head=person_of(head),
                old_head=person_of(old_head),
            )
        relate(draft, member, household, answer, relations)


def relate(
    draft: Draft,
    member: Resident,
    household: Household,
    answer: Answer,
    relations: Relations | None,
) -> None:
    """Put a member in with the certain relation, the clerk's answer, or unknown."""
    code = answer.code
    if code == UNKNOWN:
        code = (relations or {}).get(member.pk, UNKNOWN)
        draft.likely[member.pk] = answer.likely
    draft.put(member, household, code)


def succeed(
    draft: Draft,
    household: Household,
    staying: list[Resident],
    old_head: Resident | None,
    new_head: Resident | None,
    relations: Relations | None,
) -> None:
    """Give those who stay their new head where the old one goes."""
    if old_head is None or old_head in staying or not staying:
        return
    if new_head not in staying:
        raise ValidationError(
            _("户主离开本户，请从留下的%(count)d人中选一位接任户主。")
            % {"count": len(staying)},
            code="no_head",
        )
    regroup(draft, household, staying, new_head, old_head, relations)


def through(member, old_head, head_relation: str, head) -> Answer:
    """Work out a relation by way of the old head's relation to the other head."""
    if old_head is None or head is None:
        return Answer(UNKNOWN)
    to_old = Person(inverse(head_relation, head.sex), head.sex, head.birth_on)
    return relation_to(person_of(member), new_head=to_old, old_head=person_of(old_head))


def check_free_head(household: Household, relation: str) -> None:
    """Raise ValidationError when a second head would come into a household."""
    head = head_among(members_on_rolls(household))
    if relation == HEAD and head is not None:
        raise ValidationError(
            _("户号%(number)s已有户主%(name)s。请选别的关系，或先变更户主。")
            % {"number": household.number, "name": head.name},
            code="second_head",
        )
