"""A table of figures as a file; every one is written down as an export."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from toolkit import audit, formats, spreadsheets


def file_response(
    request, kind: str, title: str, heads: list[str], rows: list[list], facts: dict
) -> HttpResponse:
    """Return the table as XLSX or CSV under a Chinese name; 404 for any other kind."""
    if kind not in spreadsheets.FORMATS:
        raise Http404(_("没有这份文件。"))
    form = spreadsheets.FORMATS[kind]
    facts = {
        _("报表"): title,
        **facts,
        _("导出人"): str(request.user),
        _("导出时间"): formats.cn_datetime(timezone.now()),
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{form.extension}"
        form.write(path, heads, rows, facts)
        content = path.read_bytes()
    audit.record("exported", count=len(rows), batch="reports.report", purpose=title)
    response = HttpResponse(content, content_type=form.media_type)
    name = content_disposition_header(True, f"{title}.{form.extension}")
    response.headers["Content-Disposition"] = name
    return response
