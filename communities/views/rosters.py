"""Workbooks of the roster import on their way out."""

from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.models import RosterImport
from communities.models.roster import IMPORT
from communities.roster.files import has_marked, marked_path
from communities.roster.workbooks import write_template
from toolkit import audit
from toolkit.downloads import as_download
from toolkit.policy import requires
from toolkit.refusals import not_found
from toolkit.uploads import KINDS

XLSX = KINDS["xlsx"].media_type


@require_safe
@requires(IMPORT)
def template(request):
    """Hand out the workbook to fill in."""
    name = content_disposition_header(True, _("居民名册模板.xlsx"))
    headers = {"Content-Disposition": name}
    return HttpResponse(write_template(), content_type=XLSX, headers=headers)


@require_safe
@requires(IMPORT)
def marked(request, pk):
    """Hand out the file with comments on its bad cells; it holds whole numbers."""
    rosters = RosterImport.objects.in_scope_of(request.user, "import")
    roster = rosters.filter(pk=pk).first()
    if roster is None or not has_marked(roster):
        raise not_found(request.user, IMPORT, RosterImport.objects.filter(pk=pk))
    audit.record(
        "exported",
        subject=roster,
        count=roster.rows,
        batch=f"roster:{roster.pk}",
        purpose=roster.purpose,
    )
    name = _("%(name)s-批注.xlsx") % {"name": Path(roster.file_name).stem}
    return as_download(marked_path(roster), name=name, media_type=XLSX)
