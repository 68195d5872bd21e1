"""Screens of rows that may be changed only for a time: while a list is open."""

from django.core.exceptions import BadRequest, ValidationError

from toolkit.screens import ModelScreens
from toolkit.screens.forms import CloseScreen, UpdateScreen


class GuardedUpdateScreen(UpdateScreen):
    """A change that the state of the case may forbid, said before anything is typed."""

    def get_object(self, queryset=None):
        row = super().get_object(queryset)
        if refusal := self.screens.why_not_change(row):
            raise BadRequest(refusal)
        return row


class GuardedCloseScreen(CloseScreen):
    """An end that the state of the case may forbid."""

    def end(self, note: str) -> None:
        if refusal := self.screens.why_not_close(self.object):
            raise ValidationError(refusal)
        super().end(note)


class GuardedScreens(ModelScreens):
    """Base of screens whose rows may not always be changed or ended."""

    update_screen = GuardedUpdateScreen
    close_screen = GuardedCloseScreen

    @classmethod
    def why_not_change(cls, row) -> str:
        """Return why the row stays as it is, "" where it may be changed."""
        return ""

    @classmethod
    def why_not_close(cls, row) -> str:
        """Return why the row cannot be ended now, "" where it can."""
        return ""

    @classmethod
    def row_actions(cls, row, request):
        hidden = set()
        if cls.has_update and cls.why_not_change(row):
            hidden.add(cls.url("update", row.pk))
        if cls.closing and cls.why_not_close(row):
            hidden.add(cls.url("close", row.pk))
        offered = super().row_actions(row, request)
        return [one for one in offered if one["url"] not in hidden]
