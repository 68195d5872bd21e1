"""The photos of a visit, or of a text that has become none, on its page."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _


def photos_shown(urls: Iterable[str]) -> list[dict]:
    """Return the section that shows the pictures at some addresses, none for none."""
    found = list(urls)
    shown = {"title": _("照片"), "template": "visits/_photos.html"}
    return [shown | {"context": {"photos": found}}] if found else []
