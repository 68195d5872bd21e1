"""Queries that are composed and compiled once, and from then on only asked.

    newest = Prepared(lambda now: Notice.objects.published(now)….values_list("pk", …))
    rows = newest.rows(timezone.now())

    owed = PreparedFor(lambda reach, day: VisitDuty.objects….values_list("pk", …))
    rows = owed.rows(reach, timezone.localdate())

    waiting = PreparedFor(lambda scope: number_of(Notice.objects….in_scope(scope)))
    number = waiting.number(scope)

Composing an ORM query and turning it into SQL takes longer than the database needs for
a page of it. The first kind depends on one moment and on nothing else, the second on
what it is asked for: hashable, equal only where the query is the same.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Count, QuerySet, Value

from toolkit.first_question import answers

# Stands for the moment while the query is compiled; no query of ours names that day.
MARK = datetime(1583, 1, 1, 1, 2, 3, tzinfo=UTC)
# So many questions of one kind are kept by a thread: those of whoever is at work.
KEPT = 256


class Compiled:
    """A query as the SQL of one connection; a compiler belongs to its thread."""

    def __init__(self, query: QuerySet):
        self._compiler = query.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.parameters = self._compiler.as_sql()
        fields = [column for column, _sql, _alias in self._compiler.select]
        self._converters = self._compiler.get_converters(fields)

    def rows(self, parameters) -> list[tuple]:
        """Return what the database answers to these parameters."""
        found = answers(self.sql, parameters)
        if not self._converters:
            return found
        return list(
            map(tuple, self._compiler.apply_converters(found, self._converters))
        )


class Prepared:
    """A list of rows at a moment; `compose` returns its query as a `values_list`."""

    def __init__(self, compose: Callable[[datetime], QuerySet]):
        self._compose = compose
        self._held = threading.local()

    def rows(self, moment: datetime) -> list[tuple]:
        """Return the rows of the query at the moment."""
        compiled = getattr(self._held, "compiled", None)
        if compiled is None:
            compiled = self._held.compiled = Compiled(self._compose(MARK))
        mark = connection.ops.adapt_datetimefield_value(MARK)
        given = connection.ops.adapt_datetimefield_value(moment)
        return compiled.rows(
            [given if one == mark else one for one in compiled.parameters]
        )


class PreparedFor:
    """A list of rows for whatever is asked; `compose` returns it as a `values_list`."""

    def __init__(self, compose: Callable[..., QuerySet]):
        self._compose = compose
        self._held = threading.local()

    def rows(self, *asked) -> list[tuple]:
        """Return the rows of the query for what is asked."""
        compiled_for = getattr(self._held, "compiled_for", None)
        if compiled_for is None:
            compiled_for = lru_cache(KEPT)(self._compiled)
            self._held.compiled_for = compiled_for
        compiled = compiled_for(*asked)
        return compiled.rows(compiled.parameters) if compiled else []

    def number(self, *asked) -> int:
        """Return the number for what is asked, where the query is a `number_of`."""
        rows = self.rows(*asked)
        return rows[0][0] if rows else 0

    def _compiled(self, *asked) -> Compiled | None:
        """Return the compiled query, None for one that no row can answer."""
        try:
            return Compiled(self._compose(*asked))
        except EmptyResultSet:
            return None


def number_of(rows: QuerySet, field: str = "pk") -> QuerySet:
    """Return the query how many rows there are, or different values of a field."""
    together = rows.order_by().values(all_of_them=Value(1))
    number = Count(field, distinct=field != "pk")
    return together.annotate(number=number).values_list("number")
