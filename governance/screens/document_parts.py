"""The papers on the page of what they prove, and the form that puts one in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.forms import DocumentForm
from governance.models import Document, Recruitment
from toolkit import formats
from toolkit.permissions import permission_name


def documents_section(owner, user) -> dict:
    """Return the papers of a term, an upgrade or a recruitment."""
    name = owner._meta.model_name
    is_over = isinstance(owner, Recruitment) and owner.is_over
    may_change = user.has_perm(permission_name(type(owner), "change"), owner)
    may_add = may_change and not is_over
    rows = owner.documents.kept().select_related("added_by")
    return {
        "title": _("文件材料"),
        "template": "governance/_documents.html",
        "context": {
            "documents": [document_line(one, name, owner, may_add) for one in rows],
            "empty": _("还没有上传文件。"),
            "form": DocumentForm(owner=owner, by=user) if may_add else None,
            "url": reverse(f"governance:{name}-document-add", args=[owner.pk]),
        },
    }


def document_line(document: Document, name: str, owner, may_change: bool) -> dict:
    keys = [owner.pk, document.pk]
    is_open = document.stage in ("", getattr(owner, "status", ""))
    about = [
        str(document.get_stage_display()) if document.stage else "",
        document.kind.upper(),
        formats.file_size(document.size) if document.file else "",
        str(document.added_by or ""),
        formats.cn_datetime(document.added_at),
    ]
    shown, taken = (f"governance:{name}-document{tail}" for tail in ("", "-remove"))
    return {
        "title": document.title,
        "statement": document.statement,
        "about": formats.phrased(about),
        "url": reverse(shown, args=keys) if document.file else "",
        "remove_url": reverse(taken, args=keys) if may_change and is_open else "",
    }
