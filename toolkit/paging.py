"""Pages by key: page 5,000 costs what page 1 costs; nothing is counted on the way.

The place in a list is the primary key of a row: no value of a person goes into a URL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from toolkit.row_numbers import row_number

COUNT_CAP = 10_000
# Larger counts cost more than the page; nobody misses the row of the last minute.
COUNTED_ANEW = 1000
KEPT_SECONDS = 60
SIZES = (20, 50, 100)


@dataclass(frozen=True)
class Sort:
    """An order of a list: one field that is never null, then the primary key."""

    field: str = "pk"
    descending: bool = False

    def order(self, backwards: bool = False) -> list[str]:
        sign = "-" if self.descending != backwards else ""
        fields = [self.field] if self.field == "pk" else [self.field, "pk"]
        return [f"{sign}{name}" for name in fields]

    def beyond(self, row_values: tuple, backwards: bool = False) -> Q:
        """Return the condition for rows after (or before) the given (value, pk)."""
        value, pk = row_values
        side = "lt" if self.descending != backwards else "gt"
        if self.field == "pk":
            return Q(**{f"pk__{side}": pk})
        # One lower bound on the field, so that an index scan starts at the right row.
        return Q(**{f"{self.field}__{side}e": value}) & (
            Q(**{f"{self.field}__{side}": value}) | Q(**{f"pk__{side}": pk})
        )


@dataclass(frozen=True)
class Page:
    """One page of rows and the keys of its neighbours (None where there is none)."""

    rows: list
    size: int
    previous: int | None
    next: int | None
    is_first: bool


def key_of(params, name: str) -> int | None:
    """Return the key in a parameter; raises BadRequest on anything but a number."""
    text = params.get(name)
    if not text:
        return None
    number = row_number(text)
    if number is None:
        raise BadRequest(_("翻页位置无效，请回到第一页。"))
    return number


def page_of(
    queryset: QuerySet,
    sort: Sort,
    params,
    size: int,
    read: Callable = list,
    places: Callable[[], QuerySet] | None = None,
) -> Page:
    """Return the page that `after` or `before` in the parameters asks for.

    `read` turns the queryset of a page into its rows. `places` returns the rows that
    may be a place: those in the person's scope, also when the filters keep them out by
    now. A row out of scope must not tell by its place how it sorts, or that it exists.
    """
    after, before = key_of(params, "after"), key_of(params, "before")
    backwards = before is not None
    place = before if backwards else after
    found = queryset.order_by(*sort.order(backwards))
    if place is not None:
        field = sort.field
        known = (queryset if places is None else places()).order_by()
        row_values = known.filter(pk=place).values_list(field, "pk").first()
        if row_values is None:
            raise BadRequest(_("翻页位置无效，请回到第一页。"))
        found = found.filter(sort.beyond(row_values, backwards))
    rows = read(found[: size + 1])
    has_more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_previous = has_more if backwards else place is not None
    has_next = True if backwards else has_more
    return Page(
        rows=rows,
        size=size,
        previous=rows[0].pk if rows and has_previous else None,
        next=rows[-1].pk if rows and has_next else None,
        is_first=place is None,
    )


def count_up_to_cap(queryset: QuerySet, asked: tuple | None) -> int:
    """Count rows, but never more than one above the cap.

    A large count is remembered for a minute under what was asked for, and by whom; a
    small one is always that of now, and so is any for which `asked` is None.
    """
    if asked is None:
        return count_now(queryset)
    key = f"count-{blake2b(repr(asked).encode(), digest_size=16).hexdigest()}"
    count = cache.get(key)
    if count is None:
        count = count_now(queryset)
        if count > COUNTED_ANEW:
            cache.set(key, count, KEPT_SECONDS)
    return count


def count_now(queryset: QuerySet) -> int:
    """Count rows up to the cap; the keys alone, without what a list reads beside."""
    return queryset.order_by().values("pk")[: COUNT_CAP + 1].count()
