"""Lists behind a figure of a past day, some of whose rows belong elsewhere by now."""

from django.utils.translation import gettext as _

from communities.scoping import scope_of
from toolkit import formats


class PastRows:
    """A list that says how many rows of its figure it cannot show.

    A person who has moved to another community counts in the old one for the days he
    was there, but his record is read where he is now.
    """

    def get_conditions(self) -> list[dict]:
        conditions = super().get_conditions()
        hidden = self.count_hidden()
        if hidden:
            words = _("另有 %(count)s 条现属其他社区，不在您的范围内")
            told = [conditions[0]["value"], words % {"count": hidden}]
            conditions[0]["value"] = formats.phrased(told)
        return conditions

    def count_hidden(self) -> int:
        """Return how many rows belonged to the user's units then and do not today."""
        user, permission = self.request.user, self.screens.permission("view")
        if self.figure is None or scope_of(user, permission).holds_street:
            return 0
        rows, model = self.figure.rows, self.screens.model
        today = model.objects.in_scope_of(user).values("pk")
        return rows.in_scope_of(user).exclude(pk__in=today).count()
