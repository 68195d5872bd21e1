"""The cells of a long list, read as values: no row becomes a model instance.

    reader = CellReader(Resident, ResidentScreens.columns)
    for cells in reader.rows(queryset): …

The columns stay the ones that the page shows. A column says what it reads (by default
the field at its path); equal values give equal cells, so each combination is worked
out once, on a stand-in row that holds just these values. Only sealed values, which
never come twice, are opened one by one. Where a column cannot say what it reads, the
rows are read as instances, which is slower and gives the same cells.
"""

from collections.abc import Callable, Iterator
from operator import itemgetter

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from toolkit.columns import Column, MaskedColumn
from toolkit.privacy.fields import SealedTextField
from toolkit.privacy.sealing import Sealer

CHUNK = 2000
# Cells of a column that are remembered; beyond that they are worked out anew.
MOST_KNOWN = 20_000


class Undeclared(Exception):  # noqa: N818
    """A column reads more of a row than it says in `reads`."""


def reads_of(model: type[models.Model], column: Column) -> tuple[str, ...] | None:
    """Return the field paths that a column reads, None where nobody knows."""
    paths = column.reads or (column.path,)
    return paths if all(field_at(model, path) for path in paths) else None


def uid_beside(path: str) -> str:
    """Return the path of the uid without which the sealed value at a path is shut."""
    link = path.rpartition("__")[0]
    return f"{link}__uid" if link else "uid"


def field_at(model: type[models.Model], path: str) -> models.Field | None:
    """Return the plain field at the end of a path, None if there is none."""
    *links, last = path.split("__")
    try:
        for name in links:
            model = model._meta.get_field(name).related_model
            if model is None:
                return None
        found = model._meta.get_field(last)
    except FieldDoesNotExist:
        return None
    is_plain = isinstance(found, models.Field) and not found.is_relation
    return found if is_plain else None


class CellReader:
    """Reads the rows of a queryset as lists of cells, one for each column."""

    def __init__(self, model: type[models.Model], columns: tuple[Column, ...]):
        self.model, self.columns = model, columns
        reads = [reads_of(model, column) for column in columns]
        self.is_quick = None not in reads
        self.paths: list[str] = []
        if self.is_quick:
            self.makers = [
                self.maker(column, paths)
                for column, paths in zip(columns, reads, strict=True)
            ]

    def rows(self, queryset: models.QuerySet) -> Iterator[list]:
        """Yield the cells of each row, in the order of the queryset."""
        if not self.is_quick:
            for row in queryset.iterator(chunk_size=CHUNK):
                yield [column.export(row) for column in self.columns]
            return
        found = queryset.values_list(*self.paths)
        for values in found.iterator(chunk_size=CHUNK):
            yield [make(values) for make in self.makers]

    def place(self, path: str) -> int:
        """Return where the value of a path stands in the values of a row."""
        if path not in self.paths:
            self.paths.append(path)
        return self.paths.index(path)

    def maker(self, column: Column, paths: tuple[str, ...]) -> Callable:
        """Return the function that makes a column's cell out of a row's values."""
        field = field_at(self.model, paths[0])
        if isinstance(field, SealedTextField):
            return self.sealed_maker(column, paths[0], field)
        if is_plain(column, field):
            at = self.place(paths[0])
            return lambda values: "" if values[at] is None else values[at]
        return self.known_maker(column, paths)

    def sealed_maker(self, column: Column, path: str, field) -> Callable:
        """Cells of a sealed field: opened with the uid of its own row, then masked."""
        if type(column).raw is not MaskedColumn.raw:
            raise TypeError(f"{column.path} is sealed: show it in a MaskedColumn")
        at, mask = self.place(path), column.mask
        uid_at = self.place(uid_beside(path))
        opened = Sealer(field.model._meta.db_table, field.column).open

        def make(values):
            token = values[at]
            return mask(opened(values[uid_at], token)) if token else ""

        return make

    def known_maker(self, column: Column, paths: tuple[str, ...]) -> Callable:
        """Cells that follow from a few values: worked out once for each combination."""
        pick = itemgetter(*[self.place(path) for path in paths])
        stand_in = StandIn(self.model, paths)
        known: dict = {}

        def make(values):
            key = pick(values)
            cell = known.get(key)
            if cell is None:
                cell = column.export(stand_in.row(key if len(paths) > 1 else (key,)))
                if len(known) < MOST_KNOWN:
                    known[key] = cell
            return cell

        return make


def is_plain(column: Column, field: models.Field) -> bool:
    """Whether the cell of a column is the stored value as it is."""
    own = type(column)
    same = own.raw is Column.raw and own.export is Column.export
    return same and not column.reads and not field.choices


class StandIn:
    """Rows that hold a few values and refuse to fetch any other."""

    def __init__(self, model: type[models.Model], paths: tuple[str, ...]):
        self.model, self.paths = model, [path.split("__") for path in paths]

    def row(self, values: tuple) -> models.Model:
        """Return a row of the model with these values at the paths."""
        row = self.empty(self.model)
        for path, value in zip(self.paths, values, strict=True):
            owner = row
            for name in path[:-1]:
                owner = self.related(owner, name)
            owner.__dict__[owner._meta.get_field(path[-1]).attname] = value
        return row

    def related(self, owner: models.Model, name: str) -> models.Model:
        field = owner._meta.get_field(name)
        cache = owner._state.fields_cache
        if name not in cache:
            cache[name] = self.empty(field.related_model)
            # The link itself counts as set, or its row would not be asked for.
            owner.__dict__.setdefault(field.attname, 0)
        return cache[name]

    @staticmethod
    def empty(model: type[models.Model]) -> models.Model:
        """Return an instance without values."""
        row = model.__new__(model)
        row._state = models.base.ModelState()
        row.__dict__["refresh_from_db"] = refuse
        return row


def refuse(*args, fields=(), **kwargs):
    """Stand for the query that would fetch a value nobody declared."""
    raise Undeclared(", ".join(fields))
