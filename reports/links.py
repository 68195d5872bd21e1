"""The way from a figure to its rows: the list screen of the model, with conditions."""

from urllib.parse import urlencode

from communities.models import OrgUnit
from communities.scoping import scope_of
from toolkit.metrics import metrics, rates
from toolkit.periods import Period
from toolkit.permissions import permission_name
from toolkit.screens import screens


def declaration_of(model):
    """Return the screens of a model or of the model behind a proxy, None for none."""
    concrete = model._meta.concrete_model
    for declared in screens.values():
        if declared.model._meta.concrete_model is concrete:
            return declared
    return None


class RowLinks:
    """Links from the figures of a period to their rows, as far as a user may see them.

    A figure whose rows lie partly outside the user's scope has no link: the list would
    be shorter than the figure says.
    """

    def __init__(self, user, period: Period):
        self.user, self.period = user, period
        self.places: dict[str, tuple] = {}

    def place(self, slug: str) -> tuple:
        """Return (list URL, scope) of the rows of a metric, ("", None) for none."""
        if slug not in self.places:
            self.places[slug] = self.find(slug)
        return self.places[slug]

    def find(self, slug: str) -> tuple:
        if slug not in metrics:
            return "", None
        model = metrics[slug].rows(self.period).model
        declared = declaration_of(model)
        if declared is None:
            return "", None
        scope = scope_of(self.user, permission_name(model, "view"))
        return declared.url("list"), scope

    def url(self, slug: str, unit: OrgUnit) -> str:
        """Return the address of the rows behind a unit's figure, "" for none."""
        # A rate opens what it is a rate of.
        slug = rates[slug].whole if slug in rates else slug
        base, scope = self.place(slug)
        if not base or not scope.covers(unit.path):
            return ""
        query = {"figure": slug, "period": self.period.slug, "unit": unit.code}
        return f"{base}?{urlencode(query)}"
