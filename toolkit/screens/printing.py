"""Lists and records on paper: `?print=1` gives a page without menu, named and dated.

What is on it is what the screen shows: its filters, its masks, and of its rows those
that may be taken away. Paper leaves the office as a file does, so it is written down,
and a list that asks for a purpose as a file asks for it on paper, too
(`toolkit/screens/paper.py`).
"""

from django.utils.translation import gettext as _

from toolkit import formats, paging

# A thicker pile is a file.
MOST_PRINTED = 2000
ASKED = {"print": "1"}


def is_asked(request) -> bool:
    """Answer whether the page is asked for on paper."""
    return request.GET.get("print") == ASKED["print"]


def sheet_of(user, back_url: str, purpose: str = "") -> dict:
    """Return what the frame needs to leave its menu away: `printing`."""
    return {"unit": user.unit_words, "back_url": back_url, "purpose": purpose}


def rows_on_paper(screen, queryset) -> paging.Page:
    """Return the rows of a list that are printed, from its beginning."""
    read, sort = screen.screens.row_reader, screen.get_sort()
    return paging.page_of(queryset, sort, {}, MOST_PRINTED, read)


def rest_words(page: paging.Page) -> str:
    """Say that there is more than was printed, "" where there is not."""
    if page.next is None:
        return ""
    count = formats.count(page.size)
    return _("只印前 %(count)s 条，其余的请用导出。") % {"count": count}
