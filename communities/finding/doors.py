"""Households for a question: by the parts of an address, or by household number."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from communities.codes import RELATION
from communities.finding.doorplates import Doorplate
from communities.finding.questions import Question, understand
from communities.models import HEAD, Household, Lane, Resident
from communities.models.places import leading_number
from communities.relations import SELF
from toolkit.paging import Sort

BY_ADDRESS = Sort("address_key")
MOST_LANES = 60


@dataclass
class Home:
    """One household in the results, with those of its members the user may see."""

    pk: int
    number: str
    address: str
    unit: str
    head: str = ""
    # (pk, name, relation) of the members, the head first.
    members: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("communities:household-detail", args=[self.pk])


@dataclass(frozen=True)
class Homes:
    """One page of households, and the place where the next one begins."""

    rows: list[Home]
    next: int | None = None


def find_households(
    user, text: str, limit: int = 26, after: int | None = None
) -> Homes:
    """Return a page of the households in the user's scope that the text means.

    Raises Refused with a sentence for text that cannot be searched for.
    """
    return homes_for(user, understand(text), limit, after)


def homes_for(
    user, question: Question, limit: int = 26, after: int | None = None
) -> Homes:
    """Return a page of the households in the user's scope for a question."""
    chosen = rows_for(question)
    if chosen is None:
        return Homes([])
    rows = Household.objects.open().in_scope_of(user).filter(chosen)
    if after is not None:
        # One out of the user's scope was not shown, and tells nothing by its place.
        place = Household.objects.in_scope_of(user).filter(pk=after)
        values = place.values_list(BY_ADDRESS.field, "pk").first()
        if values is None:
            return Homes([])
        rows = rows.filter(BY_ADDRESS.beyond(values))
    rows = rows.select_related("org_unit__community").order_by(*BY_ADDRESS.order())
    found = list(rows[: limit + 1])
    homes = [home(one) for one in found[:limit]]
    add_members(homes, user)
    return Homes(homes, homes[-1].pk if len(found) > limit else None)


def rows_for(question: Question) -> Q | None:
    """Return the condition on households, None where the question asks for none."""
    conditions = [at(doorplate) for doorplate in question.doors]
    if question.household_number:
        conditions.append(Q(number=question.household_number))
    for condition in filter(None, conditions):
        if Household._base_manager.filter(condition).exists():
            return condition
    return None


def at(doorplate: Doorplate) -> Q | None:
    """Return the condition for a door, None where no lane is called like that."""
    pks = lanes_called(doorplate.lane)
    if not pks:
        return None
    condition = Q(building__lane_id__in=pks)
    if doorplate.number:
        number = doorplate.number
        # 12 means the house 12, and 12-1 or 12A behind it as well; 1-1 is not 1-11.
        behind = f"{number}-" if "-" in number else number
        condition &= Q(building__number=number) | Q(
            building__order=leading_number(number), building__number__startswith=behind
        )
    for name in ("block", "staircase", "room"):
        wanted = getattr(doorplate, name)
        if wanted:
            column = "building__block" if name == "block" else name
            condition &= Q(**{column: wanted})
    return condition


def lanes_called(name: str) -> list[int]:
    """Return the lanes with the name, else those whose name begins like it."""
    # A name comes before all that begin with it.
    rows = Lane.objects.filter(name__startswith=name).order_by("name")
    found = list(rows.values_list("pk", "name")[:MOST_LANES])
    return [pk for pk, known in found if known == name] or [pk for pk, _known in found]


def home(household: Household) -> Home:
    return Home(
        pk=household.pk,
        number=household.number,
        address=household.address,
        unit=household.org_unit.full_name,
    )


def add_members(homes: list[Home], user) -> None:
    """Name the members whom the user may see, in one query for all homes."""
    by_pk = {one.pk: one for one in homes}
    members = Resident.objects.registered().in_scope_of(user)
    members = members.filter(household_id__in=by_pk).order_by("birth_on", "pk")
    values = members.values_list("household_id", "pk", "name", "relation")
    # Older rolls call the head 本人, what he is to himself.
    heads = (HEAD, SELF)
    for household, pk, name, relation in sorted(
        values, key=lambda row: row[3] not in heads
    ):
        word = RELATION.label(HEAD if relation in heads else relation)
        by_pk[household].members.append((pk, name, word))
        if relation in heads:
            by_pk[household].head = name
