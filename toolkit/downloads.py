"""Stored uploads on their way out: always as a download, never run by the browser.

The view that calls this has asked whether the reader may have the file.
"""

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _


def as_download(file, *, name: str, media_type: str, cache: str = "private, no-store"):
    """Return a stored file as an attachment; raises Http404 if it is gone."""
    try:
        handle = file.open("rb")
    except FileNotFoundError:
        raise Http404(_("文件不在了，请联系系统管理员。")) from None
    answer = FileResponse(
        handle, as_attachment=True, filename=name, content_type=media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = cache
    return answer
