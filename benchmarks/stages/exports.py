"""The whole resident list as a workbook, by our export and by xlsxwriter."""

from collections.abc import Callable

import xlsxwriter
from django.conf import settings

from accounts.models import User
from communities.screens.residents import ResidentScreens
from toolkit.models import Job
from toolkit.screens import screens
from toolkit.screens.cells import CellReader
from toolkit.screens.exports import make_export


def actions() -> dict[str, Callable]:
    """Return our export and the writing of the same cells, which it finds ready."""
    leader = User.objects.get(username="leader")
    payload = {
        "model": "communities.resident",
        "query": "",
        "format": "xlsx",
        "purpose": "-",
    }
    Job.objects.filter(key="bench").delete()
    order = Job.objects.create(kind="export", key="bench", payload=payload, by=leader)
    rows = ResidentScreens.get_queryset().in_scope_of(leader).registered()
    reader = CellReader(ResidentScreens.model, ResidentScreens.columns)
    cells = list(reader.rows(rows.order_by("name_key", "pk")))
    return {
        "export": lambda: export(order),
        "export with xlsxwriter": lambda: write_with_library(cells),
    }


def export(order: Job) -> None:
    """Do what the worker does: query, open, mask, write, record."""
    made = make_export(order, screens)
    (settings.VAR_DIR / "exports" / made["file"]).unlink()


def write_with_library(rows: list[list]) -> None:
    """Write the cells with xlsxwriter in constant memory."""
    path = settings.VAR_DIR / "peer.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [str(c.verbose_name) for c in ResidentScreens.columns])
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    path.unlink()
