"""Relations to the head of a household, worked out anew when the head changes.

    relation_to(son, new_head=wife, old_head=father)   # Answer("00", likely="22")

Codes are those of GB/T 4761. Only what follows for certain is answered: the child of a
man is perhaps the step-child of his wife, so it is left unknown with the likely code
beside it, and the clerk decides.
"""

from dataclasses import dataclass
from datetime import date

from communities.codes import RELATION, SELF
from communities.identity import FEMALE, MALE
from communities.models import HEAD

UNKNOWN = RELATION.unknown
NOT_RELATED = "99"
SPOUSES = frozenset({"10", "11", "12"})
CHILDREN = frozenset(
    {"20", "21", "22", "23", "24", "25", "26", "29"}
    | {"30", "31", "32", "33", "34", "35", "36", "39"}
)
ADOPTED = frozenset({"27", "37"})
PARENTS = frozenset({"50", "51", "52"})
SIBLINGS = frozenset({"70", "71", "73", "75", "77"})
ELDER = frozenset({"71", "75"})
YOUNGER = frozenset({"73", "77"})
SONS_CHILDREN, DAUGHTERS_CHILDREN = frozenset({"41", "42"}), frozenset({"43", "44"})
GRANDCHILDREN = SONS_CHILDREN | DAUGHTERS_CHILDREN
SON_IN_LAW, DAUGHTER_IN_LAW = "28", "38"
# What a sibling of the old head is to the child of the old head.
FATHERS_SIDE = {"71": "81", "73": "83", "75": "90", "77": "90"}
MOTHERS_SIDE = {"71": "85", "73": "85", "75": "88", "77": "88"}


@dataclass(frozen=True)
class Person:
    """A member as far as relations go: what he is to the old head, sex and birth."""

    relation: str
    sex: str = ""
    birth_on: date | None = None


@dataclass(frozen=True)
class Answer:
    """A relation code for certain, or unknown with the code that is likely."""

    code: str
    likely: str = ""


def choices(*, with_head: bool) -> list[tuple]:
    """Return what a member can be to the head, and the head himself if he is asked."""
    left_out = {SELF} if with_head else {SELF, HEAD}
    return [choice for choice in RELATION.choices if choice[0] not in left_out]


def person_of(resident) -> Person:
    """Return what a resident's row says of his relation to the head."""
    return Person(resident.relation, resident.sex, resident.birth_on)


def certain(code: str) -> Answer:
    return Answer(code or UNKNOWN)


def likely(code: str) -> Answer:
    return Answer(UNKNOWN, code)


def by_sex(sex: str, male: str, female: str, other: str = "") -> str:
    """Return the code for the sex, `other` where it is not known."""
    return {MALE: male, FEMALE: female}.get(sex, other)


def inverse(code: str, sex: str) -> str:
    """Return what A is to B, given what B is to A and the sex of A; "00" if unsure."""
    pairs = (
        (SPOUSES, ("11", "12", "10")),
        (CHILDREN, ("51", "52", "50")),
        (ADOPTED, ("57", "58", "59")),
        (PARENTS, ("20", "30", "")),
        ({"57", "58"}, ("27", "37", "")),
        ({SON_IN_LAW}, ("55", "56", "")),
        ({DAUGHTER_IN_LAW}, ("53", "54", "")),
        ({"53", "54"}, ("", DAUGHTER_IN_LAW, DAUGHTER_IN_LAW)),
        ({"55", "56"}, (SON_IN_LAW, "", SON_IN_LAW)),
        (SONS_CHILDREN, ("61", "62", "60")),
        (DAUGHTERS_CHILDREN, ("63", "64", "60")),
        ({"61", "62"}, ("41", "42", "40")),
        ({"63", "64"}, ("43", "44", "40")),
        (ELDER, ("73", "77", "70")),
        (YOUNGER, ("71", "75", "70")),
        ({"70"}, ("70", "70", "70")),
        ({NOT_RELATED}, (NOT_RELATED, NOT_RELATED, NOT_RELATED)),
    )
    for codes, answers in pairs:
        if code in codes:
            return by_sex(sex, *answers) or UNKNOWN
    return UNKNOWN


def relation_to(member: Person, *, new_head: Person, old_head: Person) -> Answer:
    """Return what a member is to the new head.

    The relations of both are those to the old head, whose own relation is HEAD.
    """
    if member.relation == HEAD:
        return certain(inverse(new_head.relation, member.sex))
    for codes, answer in (
        (SPOUSES, seen_by_spouse),
        (CHILDREN | ADOPTED, seen_by_child),
        (PARENTS, seen_by_parent),
        (SIBLINGS, seen_by_sibling),
        ({SON_IN_LAW, DAUGHTER_IN_LAW}, seen_by_child_in_law),
    ):
        if new_head.relation in codes:
            return answer(member, new_head, old_head)
    return Answer(UNKNOWN)


def seen_by_spouse(member: Person, new_head: Person, old_head: Person) -> Answer:
    """The new head is husband or wife of the old one."""
    if member.relation in PARENTS:
        father, mother = by_sex(new_head.sex, "55 56", "53 54", " ").split(" ")
        return certain({"51": father, "52": mother}.get(member.relation, ""))
    if member.relation in {"53", "54", "55", "56"}:
        return certain("51" if member.relation in {"53", "55"} else "52")
    kept = CHILDREN | ADOPTED | GRANDCHILDREN | {SON_IN_LAW, DAUGHTER_IN_LAW}
    if member.relation in kept | {NOT_RELATED}:
        return likely(member.relation)
    return Answer(UNKNOWN)


def seen_by_child(member: Person, new_head: Person, old_head: Person) -> Answer:
    """The new head is a son or daughter of the old one."""
    if member.relation in SPOUSES:
        return likely(by_sex(member.sex, "51", "52", "50"))
    if member.relation in CHILDREN | ADOPTED:
        return certain(sibling_code(member, new_head))
    if member.relation in PARENTS:
        return certain(
            by_sex(
                old_head.sex,
                by_sex(member.sex, "61", "62", "60"),
                by_sex(member.sex, "63", "64", "60"),
                "60",
            )
        )
    if member.relation in SIBLINGS:
        side = {MALE: FATHERS_SIDE, FEMALE: MOTHERS_SIDE}.get(old_head.sex, {})
        return certain(side.get(member.relation, ""))
    if member.relation in {SON_IN_LAW, DAUGHTER_IN_LAW}:
        return likely("11" if member.relation == SON_IN_LAW else "12")
    own = by_sex(new_head.sex, "41 42", "43 44").split()
    if member.relation in own:
        return likely(by_sex(member.sex, "20", "30"))
    return Answer(UNKNOWN)


def seen_by_parent(member: Person, new_head: Person, old_head: Person) -> Answer:
    """The new head is father or mother of the old one."""
    if member.relation in SPOUSES:
        return certain(by_sex(old_head.sex, DAUGHTER_IN_LAW, SON_IN_LAW))
    if member.relation in CHILDREN | ADOPTED:
        return certain(
            by_sex(
                old_head.sex,
                by_sex(member.sex, "41", "42", "40"),
                by_sex(member.sex, "43", "44", "40"),
                "40",
            )
        )
    if member.relation in PARENTS:
        return likely(by_sex(member.sex, "11", "12", "10"))
    if member.relation in SIBLINGS:
        return likely(by_sex(member.sex, "20", "30"))
    return Answer(UNKNOWN)


def seen_by_sibling(member: Person, new_head: Person, old_head: Person) -> Answer:
    """The new head is a brother or sister of the old one."""
    if member.relation in SPOUSES:
        elder = new_head.relation in YOUNGER
        known = elder or new_head.relation in ELDER
        code = by_sex(old_head.sex, *(("72", "76") if elder else ("74", "78")))
        return certain(code if known else "")
    if member.relation in CHILDREN | ADOPTED:
        return certain(
            by_sex(
                old_head.sex,
                by_sex(member.sex, "93", "94"),
                by_sex(member.sex, "95", "96"),
            )
        )
    if member.relation in SIBLINGS:
        return likely(sibling_code(member, new_head))
    if member.relation in PARENTS:
        return likely(member.relation)
    return Answer(UNKNOWN)


def seen_by_child_in_law(member: Person, new_head: Person, old_head: Person) -> Answer:
    """The new head is married to a child of the old one."""
    by_marriage = new_head.relation == DAUGHTER_IN_LAW
    if member.relation in CHILDREN | ADOPTED:
        return likely("11" if by_marriage else "12")
    own = SONS_CHILDREN if by_marriage else DAUGHTERS_CHILDREN
    if member.relation in own:
        return likely(by_sex(member.sex, "20", "30"))
    return Answer(UNKNOWN)


def sibling_code(member: Person, new_head: Person) -> str:
    """Return elder or younger brother or sister by birth dates, else sibling."""
    days = (member.birth_on, new_head.birth_on)
    if None in days or days[0] == days[1]:
        return "70"
    if days[0] < days[1]:
        return by_sex(member.sex, "71", "75", "70")
    return by_sex(member.sex, "73", "77", "70")
