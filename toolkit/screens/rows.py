"""The rows of a page, read as values and put together here.

    read = row_reader(Resident, ResidentScreens.columns)
    rows = read(queryset[:21])           # instances, their related rows in place

The ORM's own way makes every field of every related row and takes twice as long, most
of a page. Here a row holds what the columns read; anything else is fetched when it is
asked for, as after `only()`, so an instance is as good as any other.
"""

from collections.abc import Callable
from itertools import chain

from django.db import models

from toolkit.columns import Column
from toolkit.privacy.fields import SealedTextField
from toolkit.screens.cells import field_at, reads_of, uid_beside


def row_reader(model: type[models.Model], columns: tuple[Column, ...]) -> Callable:
    """Return the function that reads the rows of a queryset for these columns.

    Where a column cannot say what it reads, rows are read as the ORM does.
    """
    reads = [reads_of(model, column) for column in columns]
    if None in reads:
        return list
    paths = {*chain.from_iterable(reads), *scope_paths(model)}
    sealed = [p for p in paths if isinstance(field_at(model, p), SealedTextField)]
    return RowReader(model, paths | set(map(uid_beside, sealed)))


def scope_paths(model: type[models.Model]) -> list[str]:
    """Return the path of the unit that a row belongs to, by which it may be asked for.

    `user.has_perm(p, row)` then costs no query.
    """
    path = getattr(model, "scope_path", "")
    return [path] if path and field_at(model, path) else []


class RowReader:
    """Reads rows with the fields at some paths, which may cross relations."""

    def __init__(self, model: type[models.Model], paths: set[str]):
        own = Part(model, "")
        # By the path that leads there; an owner stands before what it owns.
        self.parts = {"": own}
        for path in sorted(paths):
            link, _dot, name = path.rpartition("__")
            self.part(link).take(name)
        self.names: list[str] = []
        for part in self.parts.values():
            part.start = len(self.names)
            self.names += part.paths

    def part(self, link: str) -> "Part":
        """Return the part of a row at the end of a path of relations."""
        if link not in self.parts:
            before, _dot, name = link.rpartition("__")
            owner = self.part(before)
            owner.take(name)
            model = owner.model._meta.get_field(name).related_model
            self.parts[link] = Part(model, link)
        return self.parts[link]

    def __call__(self, queryset: models.QuerySet) -> list[models.Model]:
        """Return the rows of the queryset."""
        rows = queryset.values_list(*self.names)
        return [self.put_together(values, queryset.db) for values in rows]

    def put_together(self, values: tuple, db: str) -> models.Model:
        """Return one row with its related rows."""
        made: dict[str, models.Model | None] = {}
        for link, part in self.parts.items():
            made[link] = row = part.row(values, db)
            owner = made[part.owner] if link else None
            if owner is not None:
                owner._state.fields_cache[part.name] = row
        return made[""]


class Part:
    """The fields that are read of the row itself, or of one related row."""

    def __init__(self, model: type[models.Model], link: str):
        self.model = model
        self.owner, _dot, self.name = link.rpartition("__")
        self.fields = [model._meta.pk.attname]
        self.before = f"{link}__" if link else ""
        self.paths = [f"{self.before}pk"]
        # Where its values begin among those of a row.
        self.start = 0

    def take(self, name: str) -> None:
        """Read a field, too."""
        attname = self.model._meta.get_field(name).attname
        if attname not in self.fields:
            self.fields.append(attname)
            self.paths.append(f"{self.before}{attname}")

    def row(self, values: tuple, db: str) -> models.Model | None:
        """Return the row made of its values, None where there is none."""
        if values[self.start] is None:
            return None
        row = self.model.__new__(self.model)
        state = row._state = models.base.ModelState()
        state.adding, state.db = False, db
        own = values[self.start : self.start + len(self.fields)]
        row.__dict__.update(zip(self.fields, own, strict=True))
        return row
