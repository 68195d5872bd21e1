"""Screens of rows of which only a draft is changed."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from toolkit.refusals import as_bad_request
from toolkit.screens.forms import CreateScreen, UpdateScreen

SAVE_DRAFT = _("保存草稿")
REPLIED = _("已经答复的不能再改。")
FIXED = _("只有草稿可以修改。已提交的请先退回，已办结的不能再改。")


class DraftCreateScreen(CreateScreen):
    """A new draft: saving makes nothing public."""

    submit_label = SAVE_DRAFT


class DraftUpdateScreen(UpdateScreen):
    """A change to a draft; who had it open when it was handed in reads why not."""

    submit_label = SAVE_DRAFT
    open_states = ("draft",)
    fixed = FIXED

    def get_object(self, queryset=None):
        row = super().get_object(queryset)
        if self.request.method != "POST":
            with as_bad_request():
                self.refuse_fixed(row)
        return row

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if form.is_bound:
            try:
                self.refuse_fixed(self.object)
            except ValidationError as refusal:
                form.add_error(None, refusal)
        return form

    def refuse_fixed(self, row) -> None:
        """Raise ValidationError for a row that is no draft."""
        if row.status not in self.open_states:
            raise ValidationError(self.fixed)


class ReplyScreen(DraftUpdateScreen):
    """The reply to what a resident wrote, until it is sent."""

    label = _("写答复")
    submit_label = _("保存答复")
    open_states = ("asked", "received", "accepted")
    fixed = REPLIED

    def get_title(self, noun):
        return self.label


def without_update(actions: list[dict], row, states: tuple[str, ...], url: str):
    """Return the actions of a row, the change left out where it would be refused."""
    if row.status in states:
        return actions
    return [one for one in actions if one["url"] != url]
