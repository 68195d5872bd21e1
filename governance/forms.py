import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from governance.models import Body
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm


class BodyForm(StaffForm):
    people = ("head",)

    class Meta:
        model = Body
        fields = [
            "org_unit",
            "kind",
            "name",
            "founded_on",
            "term_ends_on",
            "document",
            "head",
        ]

    def clean(self):
        data = super().clean()
        begins, ends = data.get("founded_on"), data.get("term_ends_on")
        if begins and ends and ends <= begins:
            raise ValidationError({"term_ends_on": _("任期届满要晚于产生日期。")})
        return data


class BodyFilters(ScreenFilters):
    q = SearchFilter("name", "head")
    community = django_filters.ModelChoiceFilter(
        "org_unit__community", queryset=Community.objects.all(), label=_("社区（村）")
    )
    kind = django_filters.ChoiceFilter(choices=Body.Kind, label=_("类别"))

    class Meta:
        model = Body
        fields = ["q", "community", "kind"]
