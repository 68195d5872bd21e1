"""django-import-export reading the roster of the benchmark into a plain table.

As fast as its manual makes it: use_bulk, known rows looked up at once, no reports. It
neither checks a number nor seals one, and keeps no household. Prints a line of JSON.

    python -m benchmarks.peers.importing roster.xlsx
    python -m benchmarks.peers.importing roster.xlsx --copy      # read + COPY, no more
"""

import io
import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.peers.setting import configure

# The keys of the roster's columns, in the order of the file.
KEYS = tuple(
    """
    name id_kind id_number no_id_reason sex birth_on ethnicity marital education
    political occupation health registration living phone number relation community
    grid lane door block staircase room emergency_name emergency_relation
    emergency_phone
    """.split()  # noqa: SIM905
)
# The title row and the row that explains how to fill it in.
HEADS = 2


def import_with_library(path: Path) -> int:
    """Import the file as django-import-export does; return how many rows are there."""
    from import_export.instance_loaders import CachedInstanceLoader
    from import_export.resources import ModelResource
    from tablib import Dataset

    from benchmarks.peers.plain_app.models import Person

    class People(ModelResource):
        class Meta:
            model = Person
            fields = KEYS
            import_id_fields = ("id_number",)
            use_bulk = True
            batch_size = 2000
            skip_diff = True
            skip_html_diff = True
            instance_loader_class = CachedInstanceLoader

    data = Dataset().load(path.read_bytes(), format="xlsx")
    del data[: HEADS - 1]
    data.headers = KEYS
    result = People().import_data(data, raise_errors=True, use_transactions=True)
    return result.totals["new"]


def copy(path: Path) -> int:
    """Read the file and COPY its cells as they are: below that nobody gets."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    from benchmarks.peers.plain_app.models import Person

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    birth = KEYS.index("birth_on")
    for row in rows:
        row[birth] = row[birth] or r"\N"
    data = io.StringIO("\n".join("\t".join(map(str, row)) for row in rows[HEADS:]))
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(KEYS)
        cursor.copy_expert(f"COPY {Person._meta.db_table} ({names}) FROM STDIN", data)
    return len(rows) - HEADS


def main(path: Path, work) -> None:
    """Import into an empty table and tell seconds, rows and peak memory."""
    configure(urls="benchmarks.peers.plain_urls", apps=["benchmarks.peers.plain_app"])
    from django.core.management import call_command

    from benchmarks.peers.plain_app.models import Person

    call_command("migrate", verbosity=0, run_syncdb=True)
    Person.objects.all().delete()
    began = time.perf_counter()
    rows = work(path)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "rows": rows, "megabytes": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), copy if "--copy" in sys.argv else import_with_library)
