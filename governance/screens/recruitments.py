from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance.actions.recruiting import MARKED
from governance.conditions import conditions_of
from governance.forms import (
    ApplicantFilters,
    ApplicantForm,
    RecruitmentFilters,
    RecruitmentForm,
)
from governance.forms.marks import TITLES
from governance.gates import display_of
from governance.models import Applicant, Recruitment, Stage
from governance.screens.document_parts import documents_section
from governance.screens.recruitment_parts import (
    STEP_TONES,
    applicants_section,
    conditions_section,
    gate_section,
    path_of,
)
from toolkit.columns import (
    Column,
    DateColumn,
    LinkColumn,
    MaskedColumn,
    NumberColumn,
    StateColumn,
)
from toolkit.privacy.masks import mask_id, mask_phone
from toolkit.screens import ModelScreens, register
from toolkit.screens.details import DetailScreen

TONES = {
    Stage.DRAFT: "draft",
    Stage.PUBLICITY: "wait",
    Stage.APPOINTED: "done",
    Stage.CANCELLED: "bad",
} | dict.fromkeys(
    (
        Stage.ANNOUNCED,
        Stage.REGISTRATION,
        Stage.ELIGIBILITY,
        Stage.WRITTEN,
        Stage.INTERVIEW,
        Stage.MEDICAL,
        Stage.VETTING,
    ),
    "open",
)


class RecruitmentDetail(DetailScreen):
    def get_context_data(self, **kwargs):
        return super().get_context_data(path=path_of(self.object), **kwargs)


@register
class RecruitmentScreens(ModelScreens):
    model = Recruitment
    about = _("公告、报名、笔试、面试、体检、考察、公示到聘用")
    icon = "people"
    form_class = RecruitmentForm
    filter_class = RecruitmentFilters
    counted_in = _("次")
    detail_screen = RecruitmentDetail
    columns = (
        LinkColumn("title"),
        Column("org_unit__name", _("招聘单位")),
        StateColumn("status", is_lead=True, tones=TONES),
        Column("post"),
        NumberColumn("quota", _("招聘人数"), unit=_("人")),
        DateColumn("closes_on"),
        DateColumn("shown_since", is_dropped=True),
    )
    facts = (
        "org_unit",
        "quota_words",
        "conditions",
        "closes_on",
        "weights",
        "bonuses",
        "service_words",
        "phone",
        "shown_since",
    )
    passed_over = ("shown_since",)

    @classmethod
    def create_label(cls):
        return _("发起招聘")

    @classmethod
    def chips(cls, row):
        return [{"text": row.get_status_display(), "tone": TONES[row.status]}]

    @classmethod
    def banners(cls, row, request):
        display = display_of(row)
        return [{"text": display.why, "tone": "wait"}] if display else []

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        user = request.user
        if row.is_over:
            actions = []
        if Recruitment.objects.published().filter(pk=row.pk).exists():
            actions.append(
                {"label": _("居民看到的公示"), "url": reverse("portal:recruitments")}
            )
        may_add = user.has_perm("governance.add_applicant", row)
        if may_add and row.status == Stage.REGISTRATION:
            url = f"{ApplicantScreens.url('create')}?recruitment={row.pk}"
            actions.append({"label": _("登记报名"), "url": url})
        if user.has_perm("governance.change_applicant", row):
            actions += [
                {
                    "label": TITLES[kind],
                    "url": reverse("governance:recruitment-marks", args=[row.pk, kind]),
                }
                for kind, (stages, steps) in MARKED.items()
                if row.status in stages
                and row.applicants.filter(status__in=steps).exists()
            ]
        return actions

    @classmethod
    def sections(cls, row, request):
        user = request.user
        parts = [gate_section(row), applicants_section(row, user)]
        return [part for part in parts if part] + [documents_section(row, user)]


@register
class ApplicantScreens(ModelScreens):
    model = Applicant
    about = _("应聘人员的报名、成绩和结论")
    icon = "people"
    form_class = ApplicantForm
    filter_class = ApplicantFilters
    counted_in = _("人")
    export_action = "export"
    export_needs_purpose = True
    records_reading = True
    is_dossier = True
    sealed = {"id_number": mask_id, "phone": mask_phone}
    columns = (
        LinkColumn("name"),
        Column("number"),
        Column("recruitment__title", _("招聘")),
        StateColumn("status", is_lead=True, tones=STEP_TONES),
        Column("sex"),
        DateColumn("birth_on", is_dropped=True),
        MaskedColumn("phone", mask_phone, _("电话"), is_dropped=True),
        Column("education"),
        Column("certificate"),
        Column("written", is_number=True),
        Column("interview", is_number=True),
        Column("total", _("总成绩"), is_number=True),
    )
    facts = (
        "recruitment",
        "number",
        "sex",
        "birth_on",
        "age_words",
        "id_number",
        "phone",
        "education",
        "certificate",
        "is_serving",
        "is_local",
        "written",
        "bonus",
        "written_result",
        "interview",
        "extra",
        "total",
        "worker",
    )
    passed_over = (
        "certificate",
        "written",
        "written_result",
        "interview",
        "extra",
        "total",
        "worker",
    )

    @classmethod
    def belongs_to(cls, pillar):
        """Not on the first page of the pillar: a recruitment tells its applicants."""
        return False

    @classmethod
    def get_queryset(cls):
        return super().get_queryset().select_related("recruitment", "org_unit")

    @classmethod
    def create_label(cls):
        return _("登记报名")

    @classmethod
    def chips(cls, row):
        tone = STEP_TONES.get(row.status, "open")
        return [{"text": row.get_status_display(), "tone": tone}]

    @classmethod
    def row_subtitle(cls, row):
        told = {"number": row.number, "notice": row.recruitment}
        return _gettext("%(notice)s　%(number)d号") % told

    @classmethod
    def sections(cls, row, request):
        return [conditions_section(conditions_of(row))]
