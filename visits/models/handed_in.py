import json
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import models
from django.db.models import Q
from django.db.models.query import ModelIterable
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Household, Organisation, OrgUnit, Resident
from communities.scoping import NOTHING, Scope, ScopedQuerySet, scope_of
from toolkit.models import SyncItem
from toolkit.permissions import permission_name
from toolkit.sync.fields import key_in
from visits.models.passed_on import stays_within
from visits.models.visits import Visit

SUBJECT_MODELS = {
    one._meta.model_name: one for one in (Resident, Household, Organisation)
}
LONGEST_REASON = 200
VISIT, CORRECTION = "visit", "visit-correction"
# As many as one page shows, or one turn of a file.
READ_AT_ONCE = 500
# Of a visit, what its page beside a text tells.
RELATED = ("resident", "household", "organisation", "org_unit", "logged_by")
Item = SyncItem


class WithSubjects(ModelIterable):
    """Reads items some hundred at a time, and with them whom they are about."""

    def __iter__(self) -> Iterator["HandedIn"]:
        rows = super().__iter__()
        while some := list(islice(rows, READ_AT_ONCE)):
            find_subjects(some)
            find_units(some)
            find_ways(some)
            for one in some:
                one.reach = self.queryset.reach
            yield from some


class HandedInQuerySet(ScopedQuerySet):
    """Items lie in a unit by the path that they bear, not by a link.

    Who sees them is remembered: a text may name somebody outside of his reach.
    """

    reach: Scope | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._iterable_class = WithSubjects

    def _clone(self):
        clone = super()._clone()
        clone.reach = self.reach
        return clone

    def of_units(self, path_condition):
        return self.filter(unit_path__in=paths_of(path_condition))

    def in_scope_of(self, user, action: str = "view"):
        """Items of the user's units; of no known unit for whoever holds the street."""
        scope = scope_of(user, permission_name(self.model, action))
        rows = self._chain()
        if not scope.everywhere:
            nowhere = Q(unit_path="") if scope.holds_street else NOTHING
            rows = rows.filter(Q(unit_path__in=paths_of(scope.as_q)) | nowhere)
        rows.reach = scope
        return rows

    def waiting(self):
        """Items of which nobody has decided."""
        return self.filter(status=Item.Status.WAITING)


class HandedInManager(models.Manager.from_queryset(HandedInQuerySet)):
    """Visits that could not be taken over as they came."""

    def get_queryset(self):
        kept = (Item.Result.CONFLICT, Item.Result.HANDOVER)
        kinds = (VISIT, CORRECTION)
        return super().get_queryset().filter(kind__in=kinds, result__in=kept)


class HandedIn(SyncItem):
    """A visit that a phone handed in and of which a person has to decide.

    Either another text was stored under its number, or the person did not belong to
    the units of whoever wrote it down. Or it is a correction of a stored visit, which
    somebody had put right meanwhile. Nothing counts it before it is decided.
    """

    # How far its reader sees, None for nobody in particular.
    reach: Scope | None = None

    objects = HandedInManager()
    scope_path = "unit_path"
    fact_labels = {
        "unit_name": _("所属社区或网格"),
        "why": _("原因"),
        "told_reason": _("更正原因"),
    }

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = SyncItem._meta.verbose_name

    def __str__(self):
        return gettext("第 %(number)d 号离线登记") % {"number": self.pk}

    def get_absolute_url(self):
        return reverse("visits:handedin-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        """Return the path of its unit; of the street where no unit is known."""
        return self.unit_path or street_path()

    @property
    def why(self) -> str:
        """Why it lies here, in the language of who reads it where that is known."""
        return gettext(self.reason) if self.reason else ""

    @cached_property
    def told(self) -> dict:
        """What the text says, field by field, as the phone wrote it."""
        try:
            return json.loads(self.body)
        except RecursionError:
            # Nested as deep as could just be read when it came.
            return {}

    @cached_property
    def is_for_another_grid(self) -> bool:
        """Whether it was passed on to another grid of its author's own community."""
        find_ways([self])
        return self.__dict__["is_for_another_grid"]

    def get_result_display(self) -> str:
        """Name what the phone was told, and of what was passed on to whom."""
        if self.is_for_another_grid:
            return gettext("转现责任网格")
        return super().get_result_display()

    @property
    def is_correction(self) -> bool:
        """Whether it puts a stored visit right, and is none of its own."""
        return self.kind == CORRECTION

    @property
    def told_reason(self) -> str:
        """Why a stored visit was to be put right, as its author wrote it."""
        reason = self.told.get("reason") if self.is_correction else ""
        told = reason[:LONGEST_REASON] if isinstance(reason, str) else ""
        # Halves of characters stand on no page.
        return told.encode(errors="replace").decode()

    @property
    def corrects(self) -> int | None:
        """The number of the visit that a correction puts right, None for none."""
        return key_in(self.told.get("number")) if self.is_correction else None

    @property
    def named(self) -> tuple[str, int] | None:
        """Kind and key of whom the text is about, None where it names nobody."""
        if self.is_correction:
            whom = self.stored and self.stored.subject
            return (whom._meta.model_name, whom.pk) if whom else None
        about = self.told.get("subject")
        kind = about.get("kind") if isinstance(about, dict) else None
        if not isinstance(kind, str) or kind not in SUBJECT_MODELS:
            return None
        # As VisitSerializer reads it: 7, "7", 7.0 and " ７" are one number.
        key = key_in(about.get("id"))
        return (kind, key) if key else None

    @cached_property
    def subject(self) -> Resident | Household | Organisation | None:
        """Whom the text is about, None where there is nobody like that."""
        find_subjects([self])
        return self.__dict__["subject"]

    @cached_property
    def unit_name(self) -> str:
        """The name of the unit in whose tray it lies, 东湖社区01网格."""
        find_units([self])
        return self.__dict__["unit_name"]

    @property
    def whom(self) -> str:
        """The subject, unless that lies outside of the reader's units.

        Where it lies with no unit, its sender is not told whether there is anybody.
        """
        subject = self.subject
        is_seen = subject is not None and self.sees(subject.get_scope_path())
        if is_seen:
            return str(subject)
        is_told = subject is not None and self.unit_path
        return gettext("不在工作范围的对象") if is_told else gettext("查无此对象")

    def sees(self, path: str) -> bool:
        """Answer whether its reader reaches a unit path."""
        return self.reach is not None and self.reach.covers(path)

    @cached_property
    def stored(self) -> Visit | None:
        """The visit that is stored under its number, or that it puts right."""
        if self.is_correction:
            find_corrected([self])
            return self.__dict__["stored"]
        rows = Visit.objects.select_related(*RELATED)
        return rows.filter(client_uuid=self.client_uuid).first()

    @property
    def became(self) -> Visit | None:
        """The visit that it has become, or that was corrected by it."""
        return self.record and Visit.objects.filter(client_uuid=self.record).first()

    @property
    def beside(self) -> Visit | None:
        """The visit with which it is compared; none where it became that one itself."""
        stored = self.stored
        is_itself = not self.replaced and self.became == stored
        return None if is_itself else stored


def paths_of(path_condition) -> models.QuerySet:
    """Return the paths of the units that meet a condition, a function of the lookup."""
    return OrgUnit._base_manager.filter(path_condition("path")).values("path")


def street_path() -> str:
    """Return the path of the street, "" where there is none."""
    streets = OrgUnit.objects.filter(level=OrgUnit.Level.STREET).order_by("path")
    return streets.values_list("path", flat=True).first() or ""


def find_subjects(items: Sequence[HandedIn]) -> None:
    """Read whom the texts of items are about, all of a kind at once."""
    find_corrected([one for one in items if one.is_correction])
    found: dict[tuple[str, int], models.Model] = {}
    wanted = {one.named for one in items} - {None}
    for kind, model in SUBJECT_MODELS.items():
        keys = {key for name, key in wanted if name == kind}
        rows = model.objects.select_related("org_unit")
        found |= {(kind, key): row for key, row in rows.in_bulk(keys).items()}
    for one in items:
        one.__dict__["subject"] = found.get(one.named)


def find_corrected(items: Sequence[HandedIn]) -> None:
    """Read the visits that corrections put right: their authors' own."""
    keys = {one.corrects for one in items} - {None}
    rows = Visit.objects.select_related(*RELATED).in_bulk(keys).values()
    found = {(visit.pk, visit.logged_by_id): visit for visit in rows}
    for one in items:
        one.__dict__["stored"] = found.get((one.corrects, one.by_id))


def find_units(items: Sequence[HandedIn]) -> None:
    """Read the names of the units in which items lie."""
    paths = {one.unit_path for one in items} - {""}
    units = OrgUnit.objects.filter(path__in=paths).select_related("community")
    names = {unit.path: unit.full_name for unit in units} if paths else {}
    for one in items:
        one.__dict__["unit_name"] = names.get(one.unit_path, "")


def find_ways(items: Sequence[HandedIn]) -> None:
    """Read which items passed on to another grid of their author's community."""
    passed_on = [one for one in items if one.result == Item.Result.HANDOVER]
    for one in items:
        one.__dict__["is_for_another_grid"] = False
    for one, stays in zip(passed_on, stays_within(passed_on), strict=True):
        one.__dict__["is_for_another_grid"] = stays
