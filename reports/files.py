"""A table of figures as a file; every one is written down as an export."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from reports.models import Report
from toolkit import audit, formats, spreadsheets


def file_response(
    request,
    kind: str,
    title: str,
    heads: list[str],
    rows: list[list],
    facts: dict,
    further: Iterable[spreadsheets.Table] = (),
) -> HttpResponse:
    """Return the table as XLSX or CSV under a Chinese name; 404 for any other kind.

    `further` tables belong to it, such as the corrections of a report.
    """
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
        form.write(path, heads, rows, facts, further)
        content = path.read_bytes()
    days = f"{_('时段')}：{facts[_('时段')]}"
    about = {"conditions": days, "form": form.extension}
    tell_exported(request.user, title, heads, len(rows), about)
    response = HttpResponse(content, content_type=form.media_type)
    name = content_disposition_header(True, f"{title}.{form.extension}")
    response.headers["Content-Disposition"] = name
    return response


def tell_exported(user, title: str, heads: list, count: int, about: dict) -> None:
    """Write down that figures left: which table, of which part of the street."""
    audit.record(
        "exported",
        count=count,
        batch="reports.report",
        purpose=title,
        reach=Report.objects.reach_of(user),
        fields=heads[1:],
        about=about,
    )
