"""Stored people whom a roster changes: their rows, search keys, events and history."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.codes import LISTS
from communities.finding.index import exchange_keys
from communities.finding.keys import packed
from communities.models import HEAD, Household, HouseholdEvent, Resident
from communities.pinyin import sort_key
from communities.roster.homes import Homes
from communities.roster.known import AT, COMPARED, COMPARED_SLOTS, SEALED, Home
from communities.roster.layout import BY_KEY, SLOT
from communities.roster.moving import Mover, moved
from communities.roster.placing import HOME_COLUMNS, home_cells
from communities.roster.planning import Change
from toolkit.history import IN_BULK
from toolkit.models import HistoryEntry
from toolkit.privacy.sealing import Sealer

AT_ONCE = 1000
KEYS_AT_ONCE = 200
UNKNOWN_RELATION = "00"
RELATION = AT["relation"]
ID = SLOT["id_number"]
INDEXED = {AT["name"], AT["phone"]}
COLUMNS = (
    "id",
    "household_id",
    "org_unit_id",
    *COMPARED,
    "name_key",
    "id_number",
    "id_blind",
    "updated_at",
)
TOKENS = ("org_unit_id", "uid", "id_number", "id_blind", *SEALED)


class Updater:
    """Writes the changes of a plan through a bulk writer, in its transaction."""

    def __init__(self, bulk, now: datetime, by):
        self.bulk, self.by, self.moment = bulk, by, bulk.moment(now)
        # The day of the office, which at night is another than that of UTC.
        self.day = timezone.localdate(now)
        self.mover = Mover(self.day, by)
        table = Resident._meta.db_table
        self.sealers = {name: Sealer(table, name) for name in (*SEALED, "id_number")}

    def write(self, changes: list[Change]) -> None:
        """Change the people: old heads step down first, so that no home has two."""
        stepping_down = [
            (self.bulk.number(change.person.pk), UNKNOWN_RELATION)
            for change in changes
            if change.person.stored[RELATION] == HEAD and self.leaves_head(change)
        ]
        self.bulk.update(Resident, ("id", "relation"), stepping_down)
        for some in batched_list(changes, AT_ONCE):
            self.write_some(some)

    @staticmethod
    def leaves_head(change: Change) -> bool:
        moves = change.person.household != change.home.pk
        return moves or RELATION in change.differing

    def write_some(self, changes: list[Change]) -> None:
        pks = [change.person.pk for change in changes]
        with self.bulk.alone():
            rows = Resident._base_manager.filter(pk__in=pks)
            stored = {row[0]: row[1:] for row in rows.values_list("pk", *TOKENS)}
            self.write_moves(changes, {pk: row[0] for pk, row in stored.items()})
        cells = [self.cells(one, *stored[one.person.pk][1:]) for one in changes]
        self.bulk.update(Resident, COLUMNS, cells)
        self.write_history(changes)
        self.write_events(changes)
        self.write_keys(changes)

    def write_moves(self, changes: list[Change], old: dict[int, int]) -> None:
        """Note who comes into another grid."""
        new = {one.person.pk: one.home.grid_of_file for one in changes}
        self.mover.people(moved(old, new))

    def cells(self, change: Change, uid, id_token, id_blind, *tokens) -> tuple:
        """Return the new row of a person, in the order of COLUMNS."""
        bulk, values, stored = self.bulk, change.values, change.person.stored
        fresh = [values[slot] or stored[at] for at, slot in enumerate(COMPARED_SLOTS)]
        name = fresh[0]
        row = [bulk.text(value) for value in fresh]
        row[AT["birth_on"]] = fresh[AT["birth_on"]] or bulk.null
        for column, token in zip(SEALED, tokens, strict=True):
            at = AT[column]
            if at in change.differing:
                token = self.sealers[column].seal(uid, fresh[at])
            row[at] = token or bulk.null
        blind = change.blind or id_blind
        if change.blind:
            id_token = self.sealers["id_number"].seal(uid, values[ID])
        return (
            bulk.number(change.person.pk),
            bulk.number(change.home.pk),
            bulk.number(change.home.grid_of_file),
            *row,
            bulk.text(sort_key(name)),
            id_token or bulk.null,
            bulk.blob(bytes(blind)) if blind else bulk.null,
            self.moment,
        )

    def write_keys(self, changes: list[Change]) -> None:
        """Bring the search keys of renamed people and of new numbers up to date."""
        touched = [
            change
            for change in changes
            if change.blind or INDEXED.intersection(change.differing)
        ]
        for some in batched_list(touched, KEYS_AT_ONCE):
            self.bulk.finish()
            rows = Resident._base_manager.in_bulk([one.person.pk for one in some])
            exchanged = []
            for row in rows.values():
                new = packed(row.name, row.id_number, row.phone)
                exchanged.append((row.pk, row.indexed_as, new))
            exchange_keys(exchanged)
            renewed = [
                (self.bulk.number(pk), self.bulk.blob(new))
                for pk, _old, new in exchanged
            ]
            self.bulk.update(Resident, ("id", "indexed_as"), renewed)

    # What becomes of it in the history

    def write_history(self, changes: list[Change]) -> None:
        """Add a line to the history of every person; numbers without their values."""
        bulk = self.bulk
        with bulk.alone():
            kind = ContentType.objects.get_for_model(Resident).pk
        head = (bulk.number(kind),)
        by = bulk.null if self.by is None else bulk.number(self.by.pk)
        label = bulk.text(_("名册导入"))
        rows = [
            (
                *head,
                bulk.number(change.person.pk),
                IN_BULK,
                label,
                "",
                "",
                bulk.text(json.dumps(told(change), ensure_ascii=False)),
                by,
                "",
                self.moment,
            )
            for change in changes
        ]
        names = ("content_type_id", "object_id", "verb", "label", "before", "after")
        bulk.insert(HistoryEntry, (*names, "changes", "by_id", "note", "at"), rows)

    def write_events(self, changes: list[Change]) -> None:
        """Add a line to the life of every household that someone joined or left."""
        common = {"happened_on": self.day, "reported_on": self.day, "by": self.by}
        common["reason"] = _("名册导入")
        events = []
        for change in changes:
            old, new = change.person.household, change.home.pk
            before = change.person.stored[RELATION]
            after = change.values[SLOT["relation"]]
            about = common | {"resident_id": change.person.pk}
            kinds = HouseholdEvent.Kind
            if old != new:
                if old is not None:
                    leaving = {"kind": kinds.LEAVE, "other_id": new, "before": before}
                    events.append(HouseholdEvent(household_id=old, **leaving, **about))
                joining = {"kind": kinds.JOIN, "other_id": old, "after": after}
                events.append(HouseholdEvent(household_id=new, **joining, **about))
            elif before != after:
                kind = kinds.NEW_HEAD if after == HEAD else kinds.RELATE
                turned = {"kind": kind, "before": before, "after": after}
                events.append(HouseholdEvent(household_id=new, **turned, **about))
        if events:
            self.bulk.finish()
            HouseholdEvent.objects.bulk_create(events, batch_size=AT_ONCE)

    def write_homes(self, homes: Homes, changed: list[Home]) -> None:
        """Change doors and grids of stored households, members included."""
        for some in batched_list(changed, AT_ONCE):
            self.bulk.finish()
            self.mover.homes({home.pk: home.grid_of_file for home in some})
            self.write_doors(homes, some)
            self.bulk.finish()
            self.take_members_along(some)
            moves = [
                home for home in some if home.old_address not in ("", home.address)
            ]
            HouseholdEvent.objects.bulk_create(map(self.move_of, moves))

    def write_doors(self, homes: Homes, some: list[Home]) -> None:
        """Write the doors that the file names; of the other households only the grid.

        What orders a door is worked out from its parts, which no pass has loaded.
        """
        number, doors, grids = self.bulk.number, [], []
        for home in some:
            if home.place is None:
                grids.append((number(home.pk), number(home.grid_of_file)))
            else:
                cells = home_cells(self.bulk, homes, home)
                doors.append((number(home.pk), *cells))
        self.bulk.update(Household, ("id", *HOME_COLUMNS), doors)
        self.bulk.update(Household, ("id", "org_unit_id"), grids)

    def take_members_along(self, some: list[Home]) -> None:
        by_grid: dict[int, list[int]] = {}
        for home in some:
            by_grid.setdefault(home.grid_of_file, []).append(home.pk)
        for grid, pks in by_grid.items():
            members = Resident._base_manager.filter(household_id__in=pks)
            self.mover.members(members.exclude(org_unit_id=grid), grid)

    def move_of(self, home: Home) -> HouseholdEvent:
        return HouseholdEvent(
            household_id=home.pk,
            kind=HouseholdEvent.Kind.MOVE,
            before=home.old_address,
            after=home.address,
            happened_on=self.day,
            reported_on=self.day,
            reason=_("名册导入"),
            by=self.by,
        )


def told(change: Change) -> list[dict]:
    """Return what changes, in words; numbers that are sealed carry no values."""
    lines = []
    if change.blind:
        lines.append({"field": "id_number", "label": BY_KEY["id_number"].title})
    for at in change.differing:
        key = COMPARED[at]
        line = {"field": key, "label": BY_KEY[key].title}
        if key not in SEALED:
            line["old"] = words(key, change.person.stored[at])
            line["new"] = words(key, change.values[COMPARED_SLOTS[at]])
        lines.append(line)
    return lines


def words(key: str, value: str | None) -> str:
    """Return a stored value as people read it."""
    if not value:
        return ""
    code_list = BY_KEY[key].code_list
    if code_list in LISTS and value in LISTS[code_list]:
        return str(LISTS[code_list].label(value))
    choices = dict(Resident._meta.get_field(key).choices or ())
    return str(choices.get(value, value))


def batched_list(rows: list, size: int) -> Iterator[list]:
    """Yield the rows some at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
