from decimal import ROUND_HALF_UP, Decimal
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel
from communities.models.fields import CodeField
from communities.models.residents import age_on
from communities.scoping import ScopedQuerySet
from governance.models.recruitments import WHOLE, Recruitment
from governance.models.workers import Level, Worker
from toolkit.privacy.fields import SealedTextField


class Step(models.TextChoices):
    """How far a applicant has come."""

    REGISTERED = "registered", _("已报名")
    ELIGIBLE = "eligible", _("资格合格")
    INTERVIEWED = "interviewed", _("进入面试")
    MEDICAL = "medical", _("进入体检")
    VETTING = "vetting", _("进入考察")
    PROPOSED = "proposed", _("拟聘用")
    APPOINTED = "appointed", _("已聘用")
    WAITING = "waiting", _("候补")
    FAILED = "failed", _("不合格")
    WITHDRAWN = "withdrawn", _("放弃")


# Who takes up one of the posts, or may yet.
IN_PLACE = (Step.MEDICAL, Step.VETTING, Step.PROPOSED, Step.APPOINTED)
OUT = (Step.FAILED, Step.WITHDRAWN)
CENT = Decimal("0.01")


class ApplicantQuerySet(ScopedQuerySet):
    def in_place(self):
        """Those who take up one of the posts, or may yet."""
        return self.filter(status__in=IN_PLACE)


def in_range(name: str) -> Q:
    """Return the condition that a mark is empty or out of a hundred."""
    return Q(**{name: None}) | Q(**{f"{name}__range": (0, WHOLE)})


def marks(label) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=5, decimal_places=2, null=True, editable=False
    )


class Applicant(CaseModel):
    """Somebody who registered for an examination: what he is, his marks, how far he is.

    ID number and phone are sealed and shown masked, as a resident's are.
    """

    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=Step,
        default=Step.REGISTERED,
        editable=False,
    )
    recruitment = models.ForeignKey(
        Recruitment,
        models.PROTECT,
        related_name="applicants",
        verbose_name=_("招聘"),
    )
    uid = models.UUIDField(default=uuid4, editable=False)
    number = models.PositiveSmallIntegerField(_("报名序号"), editable=False)
    name = models.CharField(_("姓名"), max_length=50)
    sex = CodeField(_("性别"), codes="sex", editable=False)
    birth_on = models.DateField(_("出生日期"), editable=False)
    id_number = SealedTextField(_("身份证号码"), max_length=18)
    id_blind = models.BinaryField(max_length=16, editable=False)
    phone = SealedTextField(_("电话"), max_length=20)
    education = CodeField(_("文化程度"), codes="education")
    certificate = models.PositiveSmallIntegerField(
        _("职业资格"), choices=Level, null=True, blank=True
    )
    is_serving = models.BooleanField(_("现任社区工作者"), default=False)
    is_local = models.BooleanField(_("本地户籍"), default=False)
    written = marks(_("笔试卷面分"))
    interview = marks(_("面试成绩"))
    # A further test where the same total would decide who gets the post.
    extra = marks(_("加试成绩"))
    worker = models.OneToOneField(
        Worker,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="applicant",
        verbose_name=_("聘用登记"),
    )

    objects = ApplicantQuerySet.as_manager()
    fact_labels = {
        "bonus": _("加分"),
        "written_result": _("笔试成绩（含加分）"),
        "total": _("总成绩"),
        "age_words": _("年龄（到计算日）"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("应聘人员")
        ordering = ["recruitment", "number"]
        permissions = [
            ("reveal_applicant", _("查看应聘人员证件和电话")),
            ("export_applicant", _("导出应聘人员")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "id_blind"],
                name="a_person_registers_once",
                violation_error_message=_("此人已经报名，一次招聘只能报一次。"),
            ),
            models.UniqueConstraint(
                fields=["recruitment", "number"],
                name="one_applicant_per_number",
                violation_error_message=_("这个报名序号刚才已被占用，请再存一次。"),
            ),
            models.CheckConstraint(
                condition=in_range("written")
                & in_range("interview")
                & in_range("extra"),
                name="marks_are_out_of_a_hundred",
                violation_error_message=_("成绩在0至100之间。"),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def bonus(self) -> int:
        """The points for his certificate, for serving now and for a local register."""
        notice = self.recruitment
        points = notice.bonus_for(self.certificate)
        points += notice.bonus_serving if self.is_serving else 0
        return points + (notice.bonus_local if self.is_local else 0)

    @property
    def written_result(self) -> Decimal | None:
        """The mark of his paper with the bonus points; None while there is none."""
        return None if self.written is None else self.written + self.bonus

    @property
    def total(self) -> Decimal | None:
        """Both marks weighed, with two decimals; None while one of them is missing."""
        if self.written is None or self.interview is None:
            return None
        notice = self.recruitment
        weighed = self.written_result * notice.written_weight
        weighed += self.interview * notice.interview_weight
        return (Decimal(weighed) / WHOLE).quantize(CENT, ROUND_HALF_UP)

    @property
    def age_limit(self) -> int:
        """The age up to which he may register: a certificate gives some years more."""
        notice = self.recruitment
        return notice.age_limit_certified if self.certificate else notice.age_limit

    @property
    def age(self) -> int:
        """His age on the day that the recruitment counts to."""
        return age_on(self.birth_on, self.recruitment.counted_on)

    @property
    def age_words(self) -> str:
        return _("%(age)d 岁") % {"age": self.age}
