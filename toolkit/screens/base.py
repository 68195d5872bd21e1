"""What every staff screen shares: which rows it sees, and its template."""

from django.http import Http404
from django.utils.translation import gettext as _

from toolkit.permissions import permission_name
from toolkit.refusals import not_found


class ScopedScreen:
    """A screen of one model. The middleware has asked its policy; here come the rows.

    A row outside the user's scope answers 404, which does not reveal that it exists.
    """

    screens = None
    action = "view"
    template_name_suffix = ""

    def get_queryset(self):
        return self.screens.get_queryset().in_scope_of(self.request.user, self.action)

    def get_object(self, queryset=None):
        rows = self.get_queryset() if queryset is None else queryset
        row = rows.filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise self.not_found(self.kwargs["pk"])
        return row

    def not_found(self, pk: int) -> Http404:
        """Return the 404 for a row that is not there, or not for this person."""
        model = self.screens.model
        permission = permission_name(model, self.action)
        return not_found(self.request.user, permission, model.objects.filter(pk=pk))

    def get_template_names(self):
        meta = self.screens.model._meta
        suffix = self.template_name_suffix
        return [
            f"{meta.app_label}/{meta.model_name}{suffix}.html",
            f"toolkit/object{suffix}.html",
        ]

    def may(self, action: str, row=None) -> bool:
        """Answer whether the user may do something here, or with the row."""
        name = permission_name(self.screens.model, action)
        return self.request.user.has_perm(name, row)

    def readers_title(self) -> str:
        """Return the head of the list of those who have read a row."""
        if self.screens.is_dossier:
            return _("谁看过这份档案")
        return _("谁看过这条记录")

    def screen(self, **extra) -> dict:
        """Return title and icon of the screen for the template."""
        meta = self.screens.model._meta
        return {
            "title": self.screens.title or meta.verbose_name_plural,
            "noun": meta.verbose_name,
            "icon": self.screens.icon,
            "list_url": self.screens.url("list"),
        } | extra
