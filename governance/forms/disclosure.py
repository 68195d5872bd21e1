import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from communities.forms.fields import OFFICE_LEVELS, PastDateField, narrow_units
from governance.disclosing.owed import EVENT, day_slug, holds_for
from governance.models import Disclosure, DisclosureDuty, Matter, Posting
from toolkit.filters import FirstDayFilter, LastDayFilter, ScreenFilters, SearchFilter
from toolkit.forms import StaffForm
from toolkit.periods import Period
from toolkit.uploads import PICTURES, Checked, validate_upload

OF_COMMUNITIES = OFFICE_LEVELS[1:]
COLUMNS = [
    "number",
    "first_level",
    "second_level",
    "contents",
    "basis",
    "time_limit",
    "publisher",
    "channels",
    "audience",
    "manner",
    "level",
]


def action_of(form: StaffForm, name: str) -> str:
    """Return the permission that a form needs of a unit: add, or change."""
    return f"governance.{'change' if form.instance.pk else 'add'}_{name}"


class MatterForm(StaffForm):
    """A line of the catalogue: its eleven columns, and how often it is owed."""

    public = ("first_level", "second_level", "contents", "basis", "publisher")

    class Meta:
        model = Matter
        fields = ["org_unit", *COLUMNS, "group", "profile", "cadence", "starts_on"]
        help_texts = {
            "cadence": _("任务按这一栏生成；村至少每季度一次。"),
            "starts_on": _("从这一天所在的一期开始生成任务。"),
            "basis": _("社区和村依据不同法律的，用“；”隔开，各单位只显示自己的。"),
            "audience": _("特定对象的只登记张贴，不上网。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, action_of(self, "matter"), OFFICE_LEVELS)


class MatterFilters(ScreenFilters):
    q = SearchFilter("first_level", "second_level", "contents")
    group = django_filters.ChoiceFilter(choices=Matter.Group, label=_("类别"))
    cadence = django_filters.ChoiceFilter(choices=Matter.Cadence, label=_("多久一次"))

    class Meta:
        model = Matter
        fields = ["q", "group", "cadence"]


class DisclosureForm(StaffForm):
    """What a clerk writes for one matter; the day tells for which period."""

    public = ("title", "body")
    sensitive = ("body",)

    formed_on = PastDateField(
        label=_("所属日期"),
        help_text=_("填这一期里的任意一天；随时公开的事项填事情发生的日期。"),
    )

    class Meta:
        model = Disclosure
        fields = ["org_unit", "matter", "formed_on", "title", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "body": _(
                "一行一段，“- ”开头的行成为列表，用“|”隔开的行成为表格。"
                "不要写身份证号、手机号。"
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, action_of(self, "disclosure"), OF_COMMUNITIES)
        matters = Matter.objects.in_scope_of(self.user).filter(closed_on=None)
        self.fields["matter"].queryset = matters
        if self.instance.corrects_id:
            for name in ("org_unit", "matter", "formed_on"):
                del self.fields[name]

    def clean(self):
        """Work out the period from the matter and the day."""
        data = super().clean()
        matter, unit = data.get("matter"), data.get("org_unit")
        day = data.get("formed_on")
        if not (matter and unit and day):
            return data
        if not holds_for(matter, unit):
            raise ValidationError({"matter": _("这个事项不适用于这个社区（村）。")})
        cadence = matter.cadence_in(unit)
        if cadence == EVENT:
            self.instance.period = day_slug(day)
        else:
            period = Period.of(cadence, day)
            self.instance.period = period.slug
            data["formed_on"] = period.last_day
        return data

    def save(self, commit=True):
        if not self.instance.pk:
            self.instance.author = self.user
        return super().save(commit)


class DisclosureFilters(ScreenFilters):
    q = SearchFilter("title", "matter__second_level")
    community = CommunityFilter()
    group = django_filters.ChoiceFilter(
        "matter__group", choices=Matter.Group, label=_("类别")
    )
    status = django_filters.ChoiceFilter(
        choices=Disclosure._meta.get_field("status").choices, label=_("状态")
    )

    class Meta:
        model = Disclosure
        fields = ["q", "community", "group", "status"]


class DutyFilters(ScreenFilters):
    q = SearchFilter("matter__second_level", "matter__first_level")
    community = CommunityFilter()
    group = django_filters.ChoiceFilter(
        "matter__group", choices=Matter.Group, label=_("类别")
    )
    since = FirstDayFilter("due_on", label=_("最迟公开日期从"))
    until = LastDayFilter("due_on", label=_("最迟公开日期到"))

    class Meta:
        model = DisclosureDuty
        fields = ["q", "community", "group", "since", "until"]


class PostingForm(StaffForm):
    """A sheet that was put up; who has a photo of it adds that."""

    sensitive = ("picture",)

    put_up_on = PastDateField(label=_("张贴日期"))
    picture = forms.FileField(
        label=_("照片"),
        required=False,
        max_length=200,
        help_text=_("拍下公开栏和张贴的内容，可以不加。"),
    )

    class Meta:
        model = Posting
        fields = ["disclosure", "place", "put_up_on"]
        help_texts = {"place": _("如居委会门口公开栏。")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Disclosure.objects.in_scope_of(self.user, "view")
        self.fields["disclosure"].queryset = rows.exclude(status="draft")
        if self.instance.pk:
            del self.fields["disclosure"]

    def clean_picture(self) -> Checked | None:
        sent = self.cleaned_data["picture"]
        return validate_upload(sent, kinds=PICTURES) if sent else None

    def save(self, commit=True):
        if checked := self.cleaned_data["picture"]:
            self.instance.photo = checked.file
        return super().save(commit)


class PostingFilters(ScreenFilters):
    q = SearchFilter("place", "disclosure__title")
    community = CommunityFilter("disclosure__org_unit")

    class Meta:
        model = Posting
        fields = ["q", "community"]
