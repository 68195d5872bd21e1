import django_filters
from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from communities.forms.fields import OFFICE_LEVELS, narrow_units
from learning.models import SchoolSession
from toolkit.filters import DayFilter, ScreenFilters, SearchFilter
from toolkit.forms import StaffForm

# More than any hall of the street holds.
MOST_PEOPLE = 100_000


class ClockInput(forms.TimeInput):
    """A time of the day, as the browser asks for it."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class SchoolSessionForm(StaffForm):
    public = ("title", "place")

    class Meta:
        model = SchoolSession
        fields = [
            "org_unit",
            "title",
            "topic",
            "held_on",
            "begins_at",
            "ends_at",
            "place",
            "lecturer",
            "attendance",
        ]
        labels = {"attendance": _("参加人数")}
        help_texts = {"attendance": _("开课以后填。")}
        widgets = {"begins_at": ClockInput(), "ends_at": ClockInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "learning.add_schoolsession", OFFICE_LEVELS)
        # SQLite would take more, and a slip of the finger as well.
        most = MaxValueValidator(MOST_PEOPLE, _("人数太多，请核对。"))
        self.fields["attendance"].validators.append(most)

    def clean(self):
        data = super().clean()
        day, count = data.get("held_on"), data.get("attendance")
        if count is not None and day and day > timezone.localdate():
            self.add_error("attendance", _("还没有开课，开课以后再填参加人数。"))
        return data


class SchoolSessionFilters(ScreenFilters):
    q = SearchFilter("title", "lecturer")
    community = CommunityFilter()
    topic = django_filters.ChoiceFilter(choices=SchoolSession.Topic, label=_("类别"))
    since = DayFilter("held_on", lookup_expr="gte", label=_("起始日期"))

    class Meta:
        model = SchoolSession
        fields = ["q", "community", "topic", "since"]
