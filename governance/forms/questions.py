import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from governance.models import Complaint, ComplaintStatus, Question, QuestionStatus
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm


class QuestionForm(StaffForm):
    """The reply to a question; sending it is a step of its own."""

    public = ("reply",)

    class Meta:
        model = Question
        fields = ["reply"]
        widgets = {"reply": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"reply": _("提问人凭查询码看到；他同意公开的，所有人看到。")}


class QuestionFilters(ScreenFilters):
    q = SearchFilter("text", "disclosure__title")
    community = CommunityFilter()
    status = django_filters.ChoiceFilter(choices=QuestionStatus, label=_("状态"))

    class Meta:
        model = Question
        fields = ["q", "community", "status"]


class ComplaintForm(StaffForm):
    """What the street found out, as the resident reads it."""

    public = ("reply",)

    class Meta:
        model = Complaint
        fields = ["reply"]
        widgets = {"reply": forms.Textarea(attrs={"rows": 6})}
        labels = {"reply": _("核实情况和处理结果")}
        help_texts = {"reply": _("反映人凭查询码看到。")}


class ComplaintFilters(ScreenFilters):
    q = SearchFilter("text")
    community = CommunityFilter()
    status = django_filters.ChoiceFilter(choices=ComplaintStatus, label=_("状态"))

    class Meta:
        model = Complaint
        fields = ["q", "community", "status"]
