import django_filters
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from governance.ballots import Paper
from governance.meeting_actions import MOTION, OPTIONS
from governance.models import Meeting, Motion, Poll
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm, TypedForm

CARRYING_OUT = ("owner", "due_on")
MOST_VOTES = 100_000
VOTE_WORDS = {"for": _("赞成"), "against": _("反对"), "abstained": _("弃权")}


class MotionForm(StaffForm):
    """What is to be decided; once it has passed, who carries it out until when."""

    public = ("title", "text")

    class Meta:
        model = Motion
        fields = [
            "meeting",
            "title",
            "text",
            "origin",
            "mover",
            "supporters",
            "is_major",
            "discussed_on",
            "way",
            *CARRYING_OUT,
        ]
        help_texts = {
            "supporters": _("联名提出的才填，含提案人。"),
            "discussed_on": _("重要事项先由党组织研究讨论。"),
            "way": _("无记名投票只记谁投过票，不记投了什么。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        meetings = Meeting.objects.in_scope_of(self.user, action)
        over = (Meeting.Status.CLOSED, Meeting.Status.CANCELLED)
        self.fields["meeting"].queryset = meetings.exclude(status__in=over)
        if not self.instance.pk:
            self.leave_out(CARRYING_OUT)
        elif self.instance.is_tabled:
            self.leave_out(("meeting", *CARRYING_OUT))
        else:
            self.leave_out(set(self.fields) - set(CARRYING_OUT))
            for name in CARRYING_OUT:
                self.fields[name].required = True

    def leave_out(self, names) -> None:
        for name in names:
            del self.fields[name]

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < self.instance.meeting.starts_at.date():
            raise ValidationError(_("完成期限不能早于开会的日子。"))
        return due_on


class MotionFilters(ScreenFilters):
    q = SearchFilter("title", "meeting__title", "owner")
    community = CommunityFilter("meeting__body__org_unit")
    outcome = django_filters.ChoiceFilter(
        choices=Motion.Outcome.choices[1:], label=_("表决结果")
    )
    status = django_filters.ChoiceFilter(choices=Motion.Status, label=_("状态"))

    class Meta:
        model = Motion
        fields = ["q", "community", "outcome", "status"]


class CountForm(TypedForm, forms.Form):
    """The votes that were counted by hand: raised hands, or ballots of paper."""

    def __init__(self, *args, way: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.way = way
        self.helper = FormHelper()
        self.helper.form_tag = False
        names = dict(VOTE_WORDS)
        if way == Poll.Way.SECRET:
            names = {"returned": _("收回纸质票")} | names | {"invalid": _("废票")}
        for name, label in names.items():
            self.fields[name] = forms.IntegerField(
                label=label, min_value=0, max_value=MOST_VOTES, initial=0
            )

    def paper(self) -> Paper:
        """Return what was counted by hand."""
        data = self.cleaned_data
        votes = {option: data[option] for option in OPTIONS}
        returned = data.get("returned", sum(votes.values()))
        return Paper({MOTION: votes}, returned, data.get("invalid", 0))
