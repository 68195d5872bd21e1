import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from communities.forms.fields import PastDateField
from governance.actions import add_document, raise_rank
from governance.forms.documents import PaperField
from governance.models import Body, Upgrade
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm

RAISED = [one for one in Body.Rank.choices if one[0] != Body.Rank.BRANCH]


class UpgradeForm(StaffForm):
    """A Party organisation is raised: to what, since when, by which paper (F015)."""

    class Meta:
        model = Upgrade
        fields = ["body", "after", "upgraded_on", "document_number"]

    name = forms.CharField(label=_("升格后的名称"), max_length=60)
    after = forms.ChoiceField(label=_("升格为"), choices=RAISED)
    upgraded_on = PastDateField(label=_("升格日期"))
    paper = PaperField(label=_("批复文件"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = Body.objects.in_scope_of(self.user, "change").filter(
            kind=Body.Kind.PARTY, closed_on=None
        )
        bodies = bodies.exclude(rank=Body.Rank.COMMITTEE)
        self.fields["body"].queryset = bodies.order_by("org_unit__path", "pk")
        self.order_fields(["body", "after", "name"])

    def save(self, commit=True):
        data = self.cleaned_data
        upgrade = raise_rank(upgrade=self.instance, name=data["name"], by=self.user)
        add_document(
            owner=upgrade,
            by=self.user,
            title=data["document_number"],
            checked=data["paper"],
        )
        return upgrade

    def ask(self, constraint, model) -> None:
        """Leave to the action what depends on the rank that is stored."""


class UpgradeFilters(ScreenFilters):
    q = SearchFilter("body__name", "document_number")
    community = CommunityFilter("body__org_unit")
    rank = django_filters.ChoiceFilter("after", choices=RAISED, label=_("升格为"))

    class Meta:
        model = Upgrade
        fields = ["q", "community", "rank"]
