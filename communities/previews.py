"""What a household step is about to do, found out by doing it and rolling back.

change = preview(split_household, household=…, members=…, …)
change.homes        # for each household: members now and afterwards
change.questions    # whose relation to the new head only the clerk can know
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from communities.codes import RELATION
from communities.household_state import fingerprint, members_of
from communities.models import HEAD, HouseholdStep, Resident
from communities.relations import UNKNOWN

ABSENT = ""


@dataclass
class MemberLine:
    """One person in one household, before and after."""

    resident: Resident
    before: str
    after: str
    asks: bool = False
    likely: str = ""

    @property
    def before_label(self) -> str:
        return RELATION.label(self.before) if self.before else ""

    @property
    def after_label(self) -> str:
        return RELATION.label(self.after) if self.after else ""

    @property
    def likely_label(self) -> str:
        return RELATION.label(self.likely) if self.likely else ""

    @property
    def changed(self) -> bool:
        return self.before != self.after

    @property
    def comes(self) -> bool:
        return not self.before

    @property
    def goes(self) -> bool:
        return not self.after


@dataclass
class HomeChange:
    """One household before and after: a sentence for each change, and its members."""

    number: str
    address: str
    sentences: list[str]
    members: list[MemberLine]


@dataclass
class Change:
    """All that a step changes."""

    homes: list[HomeChange]
    fingerprint: str
    questions: list[MemberLine] = field(default_factory=list)


def preview(action: Callable, **arguments) -> Change:
    """Return what the action would change; raises what the action raises."""
    with transaction.atomic():
        change = describe(action(**arguments))
        transaction.set_rollback(True)
    return change


def describe(step: HouseholdStep) -> Change:
    """Return what a step changed, household by household."""
    people = Resident.objects.in_bulk(
        [int(pk) for pk in {**step.before["members"], **step.after["members"]}]
    )
    likely = getattr(step, "likely", {})
    homes = [home_change(step, key, people, likely) for key in step.after["households"]]
    questions = [line for home in homes for line in home.members if line.asks]
    return Change(homes, fingerprint(step.before), questions)


def home_change(
    step: HouseholdStep, key: str, people: dict, likely: dict
) -> HomeChange:
    old, new = step.before["households"].get(key), step.after["households"][key]
    before, after = (members_of(s, int(key)) for s in (step.before, step.after))
    lines = [
        MemberLine(
            resident=people[int(pk)],
            before=before.get(pk, {}).get("relation", ABSENT),
            after=after.get(pk, {}).get("relation", ABSENT),
            asks=pk in after and int(pk) in likely,
            likely=likely.get(int(pk), ""),
        )
        for pk in {**before, **after}
    ]
    lines.sort(key=lambda line: (line.goes, line.after != HEAD, line.resident.pk))
    return HomeChange(new["number"], new["address"], sentences(old, new), lines)


def sentences(old: dict | None, new: dict) -> list[str]:
    """Say what happens to the household itself."""
    if old is None:
        return [_("新立一户，住址%(address)s。") % {"address": new["address"]}]
    said = []
    if old["address"] != new["address"]:
        said.append(
            _("住址由%(old)s改为%(new)s。")
            % {"old": old["address"], "new": new["address"]}
        )
    if old["org_unit_id"] != new["org_unit_id"]:
        said.append(_("转到另一网格，户内在册人员一并转过去。"))
    if old["closed_on"] is None and new["closed_on"]:
        said.append(_("本户销户，户号可以再用。"))
    if old["closed_on"] and new["closed_on"] is None:
        said.append(_("恢复这一户。"))
    return said


def unknown_relations(household) -> list[Resident]:
    """Return the members on the rolls whose relation to the head is not known."""
    members = household.members.registered().filter(relation=UNKNOWN)
    return list(members.order_by("birth_on", "pk"))
