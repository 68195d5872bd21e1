import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from governance import law
from governance.law.meetings import rule_of
from governance.models import Body, Meeting
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import MomentField, StaffForm

Kind, Demand = Meeting.Kind, Meeting.Demand
# Which body holds, or calls, which kind of meeting.
HOSTS = {
    Kind.CONGRESS: (Body.Kind.CONGRESS,),
    Kind.ADULTS: (Body.Kind.COMMITTEE,),
    Kind.HOUSEHOLDS: (Body.Kind.COMMITTEE,),
    Kind.COMMITTEE: (Body.Kind.COMMITTEE, Body.Kind.SUPERVISION, Body.Kind.PART),
    Kind.COUNCIL: (Body.Kind.COUNCIL,),
    Kind.PARTY: (Body.Kind.PARTY,),
}


class MeetingForm(StaffForm):
    """The plan of a meeting: which, when, where, about what, on whose demand."""

    public = ("title", "agenda")

    class Meta:
        model = Meeting
        fields = [
            "body",
            "kind",
            "title",
            "starts_at",
            "place",
            "agenda",
            "demand",
            "demanded_by",
            "urgency",
        ]
        field_classes = {"starts_at": MomentField}
        help_texts = {
            "kind": _("居民（村民）会议由居（村）委会召集，组织选居（村）委会。"),
            "agenda": _("一行写一项。"),
            "demanded_by": _("联名提议的才填。"),
            "urgency": _("居民（村民）会议不足十天通知的，写明特殊情况。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        bodies = Body.objects.in_scope_of(self.user, action).filter(closed_on=None)
        self.fields["body"].queryset = bodies.select_related("org_unit")

    def clean(self):
        data = super().clean()
        body, kind = data.get("body"), data.get("kind")
        if body and kind and body.kind not in HOSTS[kind]:
            raise ValidationError({"body": _("这类会议不由这个组织召开，请重新选择。")})
        demand = data.get("demand")
        if body and kind and demand and demand != Demand.OWN:
            self.check_demand(kind, demand, body.org_unit)
        return data

    def check_demand(self, kind: str, demand: str, unit) -> None:
        """Raise ValidationError for a demand that the law of the unit does not know."""
        slug = rule_of(kind).demanded.get(demand)
        if slug is None or not law.asks(slug, unit):
            raise ValidationError(
                {"demand": _("法律没有规定这类会议可以由他们联名提议。")}
            )


class MeetingFilters(ScreenFilters):
    q = SearchFilter("title", "body__name")
    community = CommunityFilter("body__org_unit")
    kind = django_filters.ChoiceFilter(choices=Meeting.Kind, label=_("会议类别"))
    status = django_filters.ChoiceFilter(choices=Meeting.Status, label=_("状态"))

    class Meta:
        model = Meeting
        fields = ["q", "community", "kind", "status"]
