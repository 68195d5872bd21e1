"""The public list of notices: what the address asks for, and one page of it by key.

A place in the list is the number of a notice. Pinned ones stand on top, then the
newest; page 200 costs what page 1 costs, and nothing is counted.
"""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from notices.models import Category, Notice
from portal.directory import Directory, Unit
from toolkit.paging import key_of
from toolkit.prepared import Prepared

PAGE_SIZE = 20
MOST_PINNED = 50
LONGEST_QUERY = 50
MOST_WORDS = 5
FIRST_YEAR = 2000
# As it stands in the address of the emergencies.
EMERGENCY = "1"


@dataclass(frozen=True)
class Wanted:
    """What the address of a list asks for; all empty for the plain list."""

    q: str = ""
    unit: Unit | None = None
    category: str = ""
    year: int | None = None
    is_emergency: bool = False
    after: int | None = None
    before: int | None = None

    @property
    def is_plain(self) -> bool:
        told = self.q, self.unit, self.category, self.year, self.is_emergency
        return not any(told)

    @property
    def is_first_page(self) -> bool:
        return self.is_plain and self.after is None and self.before is None

    def params(self, **changes) -> dict[str, str]:
        """Return the filters as parameters, with some changed; no place in the list."""
        unit = self.unit.code if self.unit else ""
        told = {
            "q": self.q,
            "unit": unit,
            "category": self.category,
            "year": self.year or "",
            "emergency": EMERGENCY if self.is_emergency else "",
        }
        return {name: str(v) for name, v in (told | changes).items() if v}

    def url(self, path: str, **changes) -> str:
        query = urlencode(self.params(**changes))
        return f"{path}?{query}" if query else path


def words_of(text: str | None) -> list[str]:
    """Return the words of a query; raises BadRequest on what no one would look for."""
    text = (text or "").strip()
    if "\x00" in text or len(text) > LONGEST_QUERY:
        raise BadRequest(_("查找的内容请不要超过%d个字。") % LONGEST_QUERY)
    return text.split()[:MOST_WORDS]


def wanted(params, known: Directory) -> Wanted:
    """Read the parameters of a list; raises BadRequest with a sentence on nonsense."""
    if not params:
        return Wanted()
    category = params.get("category", "")
    if category and category not in Category.values:
        raise BadRequest(_("没有这个类别，请重新选择。"))
    return Wanted(
        q=" ".join(words_of(params.get("q"))),
        unit=unit_of(params.get("unit", ""), known),
        category=category,
        year=year_of(params.get("year", "")),
        is_emergency=is_emergency(params.get("emergency", "")),
        after=key_of(params, "after"),
        before=key_of(params, "before"),
    )


def unit_of(code: str, known: Directory) -> Unit | None:
    """Return the unit with the code, None for no code; BadRequest for a wrong one."""
    if not code:
        return None
    unit = known.by_code.get(code)
    if unit is None:
        raise BadRequest(_("没有这个社区，请重新选择。"))
    return unit


def year_of(text: str) -> int | None:
    """Return the year, None for none; BadRequest for what is no year of ours."""
    if not text:
        return None
    is_number = text.isascii() and text.isdecimal() and len(text) == 4
    if not is_number or not FIRST_YEAR <= int(text) <= date.today().year + 1:
        raise BadRequest(_("年份不对，请重新选择。"))
    return int(text)


def is_emergency(text: str) -> bool:
    """Whether only emergencies are wanted; BadRequest for what is no answer to it."""
    if text not in ("", EMERGENCY):
        raise BadRequest(_("没有这种筛选，请重新选择。"))
    return text == EMERGENCY


def narrowed(notices: QuerySet, want: Wanted) -> QuerySet:
    """Return the notices that the filters keep."""
    if want.category:
        notices = notices.filter(category=want.category)
    if want.year:
        notices = notices.published_in_year(want.year)
    if want.is_emergency:
        notices = notices.emergencies()
    if want.unit:
        notices = notices.concerning(want.unit)
    for word in want.q.split():
        notices = notices.filter(
            Q(title__icontains=word) | Q(gist__icontains=word) | Q(body__icontains=word)
        )
    return notices


def pinned(notices: QuerySet, fields: tuple[str, ...]) -> list[tuple]:
    """Return the notices that stand on top of the first page."""
    rows = notices.filter(is_pinned=True).order_by("-publish_at", "-pk")
    return list(rows.values_list(*fields)[:MOST_PINNED])


def page_of(notices: QuerySet, want: Wanted, fields: tuple[str, ...]):
    """Return (rows, key before, key after) of notices that are not pinned.

    `fields` must begin with "pk". Keys are None where the list ends. Raises BadRequest
    for a place that is none.
    """
    backwards = want.before is not None
    place = want.before if backwards else want.after
    found = in_order(notices, backwards)
    if place is not None:
        found = found.filter(beyond(place, backwards))
    rows = list(found.values_list(*fields)[: PAGE_SIZE + 1])
    has_more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    if backwards and not has_more:
        # The beginning of the list is its first page, always the same.
        return page_of(notices, replace(want, before=None), fields)
    if backwards:
        rows.reverse()
    return (
        rows,
        rows[0][0] if rows and place is not None else None,
        rows[-1][0] if rows and (backwards or has_more) else None,
    )


def in_order(notices: QuerySet, backwards: bool = False) -> QuerySet:
    """Return the notices that are not pinned, the newest first or last."""
    signs = "" if backwards else "-"
    # SQLite finds its index for "IN (0)" but not for "NOT is_pinned".
    rest = notices.filter(is_pinned__in=(False,))
    return rest.order_by(f"{signs}publish_at", f"{signs}pk")


def first_page(fields: tuple[str, ...]) -> Prepared:
    """Return the query of the page that most residents ask for, ready to be asked."""
    return Prepared(
        lambda now: in_order(Notice.objects.published(now)).values_list(*fields)[
            : PAGE_SIZE + 1
        ]
    )


def cut(rows: list[tuple]) -> tuple:
    """Return (rows, key before, key after) of the first page, as `page_of` does."""
    after = rows[PAGE_SIZE - 1][0] if len(rows) > PAGE_SIZE else None
    return rows[:PAGE_SIZE], None, after


def beyond(place: int, backwards: bool) -> Q:
    """Return the condition for the notices that follow (or precede) one of them."""
    row = Notice.objects.published().filter(pk=place)
    published_at = row.values_list("publish_at", flat=True).first()
    if published_at is None:
        raise BadRequest(_("翻页位置无效，请回到第一页。"))
    side = "gt" if backwards else "lt"
    # One bound on the time, so that an index scan starts at the right row.
    return Q(**{f"publish_at__{side}e": published_at}) & (
        Q(**{f"publish_at__{side}": published_at}) | Q(**{f"pk__{side}": place})
    )
