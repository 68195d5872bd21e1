"""A query that is composed and compiled once, and from then on only asked.

    newest = Prepared(lambda now: Notice.objects.published(now)….values_list("pk", …))
    rows = newest.rows(timezone.now())

Composing an ORM query and turning it into SQL takes longer than the database needs for
a page of it. The query may depend on one moment and on nothing else.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from toolkit.first_question import answers

# Stands for the moment while the query is compiled; no query of ours names that day.
MARK = datetime(1583, 1, 1, 1, 2, 3, tzinfo=UTC)


class Prepared:
    """A list of rows at a moment; `compose` returns its query as a `values_list`."""

    def __init__(self, compose: Callable[[datetime], QuerySet]):
        self._compose = compose
        # A compiler belongs to the connection of its thread.
        self._held = threading.local()

    def rows(self, moment: datetime) -> list[tuple]:
        """Return the rows of the query at the moment."""
        compiler, sql, parameters, mark, converters = self._compiled()
        given = connection.ops.adapt_datetimefield_value(moment)
        bound = [given if one == mark else one for one in parameters]
        found = answers(sql, bound)
        if not converters:
            return found
        return list(map(tuple, compiler.apply_converters(found, converters)))

    def _compiled(self) -> tuple:
        compiled = getattr(self._held, "compiled", None)
        if compiled is None:
            compiler = self._compose(MARK).query.get_compiler(DEFAULT_DB_ALIAS)
            sql, parameters = compiler.as_sql()
            mark = connection.ops.adapt_datetimefield_value(MARK)
            fields = [column for column, _sql, _alias in compiler.select]
            converters = compiler.get_converters(fields)
            compiled = (compiler, sql, parameters, mark, converters)
            self._held.compiled = compiled
        return compiled
