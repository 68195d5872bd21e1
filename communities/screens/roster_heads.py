"""What the page of a roster import says of the households without a head."""

from collections import Counter

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communities.models import Household, RosterImport
from toolkit import formats

SHOWN = 5
State = RosterImport.State
TOLD_IN = (State.CHECKED, State.COMMITTING, State.COMMITTED)


def headless_section(row: RosterImport, sheets: list[dict], user) -> dict:
    """The households that have no head: how many, and where the first ones stand.

    Once they are written, each leads to its page.
    """
    is_written = row.state == State.COMMITTED
    if is_written:
        text = _("%(count)s 户没有户主：%(homes)s。请补一位户主。")
    else:
        text = _("%(count)s 户没有户主：%(homes)s。写入以后请补一位户主。")
    homes = [
        (number, line, sheet["name"] if len(sheets) > 1 else "")
        for sheet in sheets
        for number, line in (sheet.get("headless") or {"first": ()})["first"]
    ][:SHOWN]
    numbers = [number for number, _line, _sheet in homes]
    pages = pages_of(numbers, row, user) if is_written else {}
    named = formats.listed(place_words(*home, pages.get(home[0])) for home in homes)
    if row.headless > SHOWN:
        named = _("%(homes)s等") % {"homes": named}
    words = {"count": formats.count(row.headless), "homes": named}
    return {
        "title": _("没有户主的户"),
        "template": "communities/_roster_headless.html",
        # The words of the file were escaped one by one.
        "context": {"text": SafeString(text % words)},
    }


def place_words(number: str, line: int, sheet: str, page: str | None) -> SafeString:
    """Return a household by its number, its first line, and its sheet if it matters."""
    where = _("第 %(line)d 行") % {"line": line}
    about = {
        "number": format_html('<a href="{}">{}</a>', page, number) if page else number,
        "where": f"{sheet}　{where}" if sheet else where,
    }
    escaped = {name: conditional_escape(word) for name, word in about.items()}
    return SafeString(_("%(number)s（%(where)s）") % escaped)


def pages_of(numbers: list[str], row: RosterImport, user) -> dict[str, str]:
    """Return the pages of households of the import's unit, by number.

    Two grids may have one number; then it says nothing.
    """
    homes = Household.objects.open().within(row.org_unit).filter(number__in=numbers)
    found = list(homes.in_scope_of(user, "view"))
    times = Counter(home.number for home in found)
    return {
        home.number: home.get_absolute_url()
        for home in found
        if times[home.number] == 1
    }
