"""Columns of list screens: one set for the page, the export and the API.

    columns = (
        LinkColumn("name"),
        Column("org_unit__community__name", _("社区（村）")),
        MaskedColumn("phone", mask_phone),
        StateColumn("status", tones={"published": "done"}),
    )

`render` gives what the page shows, `value` what a spreadsheet or the API gets. A cell
is a prepared string: a template that formats dates in a loop costs most of a page.
"""

from collections.abc import Callable

import django_tables2 as tables
from django.utils.html import format_html
from django_tables2.utils import Accessor

from toolkit import formats
from toolkit.sharing import Shared


class Column(Shared, tables.Column):
    """A plain column: a field, a property or a path of relations on the row.

    `is_lead` puts the cell beside the name on a phone, `is_dropped` leaves it out
    there, `is_number` aligns it right. `is_filed` keeps it for file and API: on pages
    the record itself tells what few rows have.
    """

    css_class = ""
    # The field paths out of which `export` makes the cell, where that is not the one
    # field at the column's own path: lists become files without reading more.
    reads: tuple[str, ...] = ()

    def __init__(
        self,
        accessor: str,
        label=None,
        *,
        is_lead: bool = False,
        is_dropped: bool = False,
        is_number: bool = False,
        is_filed: bool = False,
        **kwargs,
    ):
        self.is_filed = is_filed
        classes = [self.css_class]
        classes += ["yh-lead"] * is_lead + ["yh-drop"] * is_dropped
        classes += ["yh-num"] * is_number
        self.path = accessor
        self.classes = " ".join(filter(None, classes))
        kwargs.setdefault("orderable", False)
        super().__init__(accessor=Accessor(accessor), verbose_name=label, **kwargs)

    @property
    def key(self) -> str:
        """Name of the column in the API and in tables."""
        return self.path.replace("__", "_")

    def raw(self, row):
        """Return the value of the row at the column's path, None on a missing link."""
        value = row
        *links, last = self.path.split("__")
        for name in links:
            value = getattr(value, name, None)
        display = getattr(value, f"get_{last}_display", None)
        if display is not None:
            return display()
        return getattr(value, last, None)

    def export(self, row):
        """Return the cell for spreadsheets and the API: typed where it has a type."""
        value = self.raw(row)
        return "" if value is None else value

    def show(self, row) -> str:
        """Return the cell for the page: prepared text or safe HTML."""
        value = self.raw(row)
        if isinstance(value, bool):
            return formats.yes_no(value)
        return "" if value is None else str(value)


class LinkColumn(Column):
    """The name of the row, leading to its page."""

    def show(self, row) -> str:
        return format_html(
            '<a href="{}">{}</a>', row.get_absolute_url(), super().show(row)
        )


class DateColumn(Column):
    """A day as 2026年11月23日."""

    css_class = "text-nowrap"

    def show(self, row) -> str:
        return formats.cn_date(self.raw(row))


class DateTimeColumn(Column):
    """A moment in the street's own time."""

    css_class = "text-nowrap"

    def show(self, row) -> str:
        return formats.cn_datetime(self.raw(row))

    def export(self, row):
        return formats.cn_datetime(self.raw(row))


class NumberColumn(Column):
    """A number with its unit, aligned right: 1,204 人."""

    def __init__(self, accessor, label=None, *, unit="", **kwargs):
        super().__init__(accessor, label, is_number=True, **kwargs)
        self.unit = unit

    def show(self, row) -> str:
        value = self.raw(row)
        if value is None:
            return ""
        return f"{value:,} {self.unit}".strip()


class MaskedColumn(Column):
    """A sealed field, masked on the page, in the export and in the API alike."""

    css_class = "text-nowrap"

    def __init__(self, accessor: str, mask: Callable[[str], str], label=None, **kwargs):
        super().__init__(accessor, label, **kwargs)
        self.mask = mask

    def raw(self, row):
        return self.mask(super().raw(row) or "")


class StateColumn(Column):
    """The state of a case as a chip; `tones` maps values to open, wait, done, bad."""

    def __init__(self, accessor: str, label=None, *, tones: dict, **kwargs):
        super().__init__(accessor, label, **kwargs)
        self.tones = tones

    def show(self, row) -> str:
        tone = self.tones.get(getattr(row, self.path), "")
        modifier = f" yh-state--{tone}" if tone else ""
        return format_html(
            '<span class="yh-state{}">{}</span>', modifier, self.raw(row)
        )
