import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities import codes
from communities.actions.residents import id_blind
from communities.forms.checks import ID_CARD, check_document, check_one_phone
from communities.forms.fields import OFFICE_LEVELS, narrow_units
from communities.identity import MOBILE, check_id, check_phone, show_phone
from governance.actions import register_applicant
from governance.actions.recruiting import fault_of_registration
from governance.models import Applicant, Recruitment, Stage, Step
from toolkit.filters import ScreenFilters, SearchFilter, YesNoFilter
from toolkit.forms import StaffForm
from toolkit.privacy.masks import mask_id, mask_phone

# What stays open to change once everybody has read the notice.
LATER = ("closes_on", "phone")
BEFORE_CLOSING = (Stage.DRAFT, Stage.ANNOUNCED, Stage.REGISTRATION)
MASKS = {"id_number": mask_id, "phone": mask_phone}


class RecruitmentForm(StaffForm):
    """What the notice says: posts, conditions, how marks are weighed."""

    public = ("title", "post")

    class Meta:
        model = Recruitment
        fields = [
            "org_unit",
            "title",
            "post",
            "quota",
            "closes_on",
            "counted_on",
            "least",
            "age_limit",
            "age_limit_certified",
            "service_years",
            "written_weight",
            "written_pass",
            "interview_pass",
            "ratio",
            "tie",
            "bonus_assistant",
            "bonus_social_worker",
            "bonus_senior",
            "bonus_serving",
            "bonus_local",
            "phone",
        ]
        help_texts = {
            "written_weight": _("百分之几；其余是面试的权重。"),
            "written_pass": _("按卷面分，不含加分。"),
            "ratio": _("每个名额几人进入面试，末位同分的一并进入。"),
            "bonus_assistant": _("证书加分只取最高一级，计入笔试成绩。"),
            "phone": _("公示时给居民看，写办公电话。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        narrow_units(self, f"governance.{action}_recruitment", OFFICE_LEVELS)
        if self.instance.pk and self.instance.status != Stage.DRAFT:
            for name in set(self.fields) - set(LATER):
                del self.fields[name]
        if self.instance.status not in BEFORE_CLOSING:
            del self.fields["closes_on"]

    def clean_phone(self):
        found = check_phone(self.cleaned_data["phone"])
        if found.error:
            raise ValidationError(found.error.message)
        if found.kind == MOBILE:
            raise ValidationError(_("这是手机号码，不能公开。请填办公电话。"))
        return show_phone(found.number)

    def clean_closes_on(self):
        day, former = self.cleaned_data["closes_on"], self.initial.get("closes_on")
        announced = self.instance.pk and self.instance.status != Stage.DRAFT
        if announced and day < former:
            raise ValidationError(_("公告以后，报名时间只能延长，不能提前截止。"))
        return day


class RecruitmentFilters(ScreenFilters):
    q = SearchFilter("title", "post")
    status = django_filters.ChoiceFilter(choices=Stage, label=_("环节"))

    class Meta:
        model = Recruitment
        fields = ["q", "status"]


class ApplicantForm(StaffForm):
    """A registration. Sex and day of birth are read off the identity number.

    Sealed fields are never sent to the browser: an update leaves them as they are
    unless a new value is typed.
    """

    sensitive = ("id_number", "phone")
    people = ("name",)

    id_number = forms.CharField(label=_("身份证号码"), max_length=40)
    phone = forms.CharField(label=_("电话"), max_length=40)

    class Meta:
        model = Applicant
        fields = [
            "recruitment",
            "name",
            "education",
            "certificate",
            "is_serving",
            "is_local",
        ]
        help_texts = {
            "certificate": _("看过证书原件再选，决定加分和年龄上限。"),
            "is_serving": _("看过合同或社区证明再勾选。"),
            "is_local": _("看过户口簿再勾选。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.warnings: list[str] = []
        if self.instance.pk:
            self.narrow_to_what_may_change()
        else:
            notices = Recruitment.objects.in_scope_of(self.user, "change")
            notices = notices.filter(status=Stage.REGISTRATION)
            self.fields["recruitment"].queryset = notices
        if "education" in self.fields:
            self.fields["education"].required = False
        self.order_fields(["recruitment", "name", "id_number", "phone"])

    def narrow_to_what_may_change(self) -> None:
        """Once eligibility is decided only the phone is kept up to date."""
        del self.fields["recruitment"]
        if self.instance.status != Step.REGISTERED:
            for name in set(self.fields) - {"phone"}:
                del self.fields[name]
        for name, mask in MASKS.items():
            if name in self.fields:
                field, masked = self.fields[name], mask(getattr(self.instance, name))
                field.required, field.help_text = False, replaces_only(masked)

    def clean_phone(self):
        text = self.cleaned_data["phone"].strip()
        return check_one_phone(text) if text else ""

    def clean_id_number(self):
        text = self.cleaned_data["id_number"]
        if not text:
            return ""
        found = check_document(text, ID_CARD)
        if found.error:
            raise ValidationError(found.error)
        self.warnings += found.warnings
        return found.number

    def clean(self):
        data = super().clean()
        notice = data.get("recruitment")
        if notice and (fault := fault_of_registration(notice)):
            raise ValidationError({"recruitment": fault})
        if "education" in self.fields:
            unknown = codes.EDUCATION.unknown
            nothing = "" if self.has_nothing("education") else unknown
            data["education"] = data.get("education") or nothing
        for name in MASKS:
            if data.get(name):
                setattr(self.instance, name, data[name])
        if number := data.get("id_number"):
            known = check_id(number)
            self.instance.birth_on, self.instance.sex = known.birth_on, known.sex
            self.instance.id_blind = id_blind(number)
        return data

    def save(self, commit=True):
        if self.instance.pk:
            return super().save(commit)
        return register_applicant(applicant=self.instance)


def replaces_only(masked: str) -> str:
    """Say below an empty field which sealed value stays unless another is typed."""
    return _("现为%(value)s。不改请留空。") % {"value": masked}


class ApplicantFilters(ScreenFilters):
    q = SearchFilter("name")
    recruitment = django_filters.ModelChoiceFilter(
        queryset=Recruitment.objects.all(), label=_("招聘")
    )
    status = django_filters.ChoiceFilter(choices=Step, label=_("状态"))
    education = django_filters.ChoiceFilter(
        choices=codes.EDUCATION.choices, label=_("文化程度")
    )
    is_serving = YesNoFilter("is_serving", label=_("现任社区工作者"))

    class Meta:
        model = Applicant
        fields = ["q", "recruitment", "status", "education", "is_serving"]
