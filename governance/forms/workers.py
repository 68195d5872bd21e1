import django_filters
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities import codes
from communities.filters.places import CommunityFilter
from communities.forms.fields import OFFICE_LEVELS, PastDateField, narrow_units
from governance.forms.members import OF_AGE
from governance.models import Certificate, Contract, Worker
from governance.staffing import (
    AGES,
    CERTIFICATES,
    EDUCATIONS,
    NONE,
    choices_of,
    of_age,
    of_education,
)
from toolkit.filters import ScreenFilters, SearchFilter, YesNoFilter
from toolkit.forms import StaffForm

CODED = {"sex": codes.SEX.unknown, "education": codes.EDUCATION.unknown}


class WorkerForm(StaffForm):
    """Somebody who works for a community; contract and certificates come afterwards."""

    people = ("name",)
    employed_on = PastDateField(label=_("聘用日期"))

    class Meta:
        model = Worker
        fields = [
            "org_unit",
            "name",
            "sex",
            "birth_year",
            "education",
            "route",
            "post",
            "grade",
            "employed_on",
        ]
        help_texts = {"grade": _("1至18级，不清楚的不填。")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        narrow_units(self, f"governance.{action}_worker", OFFICE_LEVELS)
        # "Unknown" is always an answer.
        for name in CODED:
            self.fields[name].required = False

    def clean(self):
        data = super().clean()
        for name, unknown in CODED.items():
            nothing = "" if self.has_nothing(name) else unknown
            data[name] = data.get(name) or nothing
        year, begun = data.get("birth_year"), data.get("employed_on")
        if year and begun and begun.year - year < OF_AGE:
            raise ValidationError({"birth_year": _("聘用时要年满十八周岁，请核对。")})
        left = self.instance.left_on
        if begun and left and begun > left:
            raise ValidationError({"employed_on": _("聘用日期晚于离岗日期。")})
        return data


class WorkerFilters(ScreenFilters):
    q = SearchFilter("name", "post")
    community = CommunityFilter()
    serving = YesNoFilter("left_on", label=_("在岗"), lookup_expr="isnull")
    route = django_filters.ChoiceFilter(choices=Worker.Route, label=_("聘用途径"))
    sex = django_filters.ChoiceFilter(choices=codes.SEX.choices, label=_("性别"))
    age = django_filters.ChoiceFilter(
        choices=choices_of(AGES), method="in_age", label=_("年龄")
    )
    education = django_filters.ChoiceFilter(
        choices=choices_of(EDUCATIONS), method="with_education", label=_("文化程度")
    )
    certificate = django_filters.ChoiceFilter(
        choices=CERTIFICATES, method="with_certificate", label=_("职业资格")
    )

    class Meta:
        model = Worker
        fields = [
            "q",
            "community",
            "serving",
            "route",
            "sex",
            "age",
            "education",
            "certificate",
        ]

    def in_age(self, rows, name, value):
        """Keep the workers of an age group, counted by the year of birth."""
        return rows.filter(of_age(value, timezone.localdate().year))

    def with_education(self, rows, name, value):
        return rows.filter(of_education(value))

    def with_certificate(self, rows, name, value):
        """Keep those whose highest certificate is this one, or who have none."""
        if value == NONE:
            return rows.filter(certificate=None)
        return rows.filter(certificate=int(value))


class OfWorkerForm(StaffForm):
    """What is entered for a worker who is there; whose it is does not change."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        workers = Worker.objects.in_scope_of(self.user, "change")
        self.fields["worker"].queryset = workers.select_related("org_unit")
        self.fields["worker"].label_from_instance = named
        if self.instance.pk:
            del self.fields["worker"]


def named(worker: Worker) -> str:
    return f"{worker.org_unit}　{worker}"


class ContractForm(OfWorkerForm):
    class Meta:
        model = Contract
        fields = ["worker", "kind", "begins_on", "ends_on"]
        help_texts = {"ends_on": _("无固定期限的不填。")}


class CertificateForm(OfWorkerForm):
    issued_on = PastDateField(label=_("取得日期"))

    class Meta:
        model = Certificate
        fields = ["worker", "level", "issued_on"]


class ContractFilters(ScreenFilters):
    q = SearchFilter("worker__name")
    community = CommunityFilter("worker__org_unit")
    kind = django_filters.ChoiceFilter(choices=Contract.Kind, label=_("合同种类"))

    class Meta:
        model = Contract
        fields = ["q", "community", "kind"]


class CertificateFilters(ScreenFilters):
    q = SearchFilter("worker__name")
    community = CommunityFilter("worker__org_unit")

    class Meta:
        model = Certificate
        fields = ["q", "community"]
