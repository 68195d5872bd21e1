"""Papers of a term, an upgrade or a recruitment: put in, handed out, taken off."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.generic import View

from governance.actions import take_off
from governance.forms import DocumentForm
from governance.models import Document, Recruitment, Term, Upgrade
from toolkit import audit
from toolkit.downloads import as_download
from toolkit.permissions import permission_name
from toolkit.policy import Policy
from toolkit.refusals import not_found

PLACES = {Term: "terms", Upgrade: "upgrades", Recruitment: "recruitments"}


class OwnerView(View):
    """A page about the papers of one thing, for who may see or change that thing."""

    model = None
    action = "change"

    def get_owner(self, pk: int):
        """Return the owner within the user's scope; 404 for any other."""
        rows = self.model.objects.in_scope_of(self.request.user, self.action)
        owner = rows.filter(pk=pk).first()
        if owner is None:
            permission = permission_name(self.model, self.action)
            there = self.model.objects.filter(pk=pk)
            raise not_found(self.request.user, permission, there)
        return owner

    @staticmethod
    def back_to(owner):
        """Lead to the page with the papers; that of a term is not its body's."""
        name = owner._meta.model_name
        return redirect(f"governance:{name}-detail", pk=owner.pk)

    def get_document(self, owner, pk: int) -> Document:
        document = owner.documents.kept().filter(pk=pk).first()
        if document is None:
            raise Http404(_("没有这份材料。"))
        return document


class AddDocument(OwnerView):
    """Put a paper in; a refusal comes back as a sentence on the page of the owner."""

    http_method_names = ["post"]

    def post(self, request, pk):
        owner = self.get_owner(pk)
        form = DocumentForm(request.POST, request.FILES, owner=owner, by=request.user)
        document = form.is_valid() and form.put_in()
        if document:
            messages.success(request, _("已添加材料：%(title)s") % {"title": document})
        else:
            reason = next(iter(form.errors.values()))[0]
            messages.error(request, _("材料没有添加：%(reason)s") % {"reason": reason})
        return self.back_to(owner)


class ShowDocument(OwnerView):
    """Hand out a file; who read it is written down, for it may name people."""

    http_method_names = ["get"]
    action = "view"

    def get(self, request, pk, document_pk):
        owner = self.get_owner(pk)
        document = self.get_document(owner, document_pk)
        if not document.file:
            raise Http404(_("这份材料没有文件。"))
        audit.record("read", subject=owner, fields=["documents"])
        return as_download(
            document.file, name=document.file_name, media_type=document.media_type
        )


class RemoveDocument(OwnerView):
    """Take a paper off; its row stays, closed."""

    http_method_names = ["post"]

    def post(self, request, pk, document_pk):
        owner = self.get_owner(pk)
        document = self.get_document(owner, document_pk)
        try:
            take_off(document=document, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("已移除材料：%(title)s") % {"title": document})
        return self.back_to(owner)


def document_urls(model) -> list:
    """Return the addresses of the papers of one kind of owner, with their policies."""
    name, place = model._meta.model_name, f"{PLACES[model]}/<int:pk>/documents/"
    one = f"{place}<int:document_pk>/"
    routes = (
        (place, AddDocument, f"{name}-document-add"),
        (one, ShowDocument, f"{name}-document"),
        (f"{one}remove/", RemoveDocument, f"{name}-document-remove"),
    )
    patterns = []
    for route, view_class, url_name in routes:
        view = view_class.as_view(model=model)
        view.policy = Policy("permission", permission_name(model, view_class.action))
        patterns.append(path(route, view, name=url_name))
    return patterns
