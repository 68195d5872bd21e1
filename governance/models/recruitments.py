from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel
from communities.scoping import ScopedQuerySet
from governance.models.workers import BACHELOR, COLLEGE, HIGH_SCHOOL
from toolkit import formats

# A list of people stays on the public site so many days after the appointment.
SHOWN_AFTER = timedelta(days=30)
WHOLE = 100
OF_AGE = 18


class Stage(models.TextChoices):
    """Where a recruitment stands (F020)."""

    DRAFT = "draft", _("草稿")
    ANNOUNCED = "announced", _("已公告")
    REGISTRATION = "registration", _("报名")
    ELIGIBILITY = "eligibility", _("资格审查")
    WRITTEN = "written", _("笔试")
    INTERVIEW = "interview", _("面试")
    MEDICAL = "medical", _("体检")
    VETTING = "vetting", _("考察")
    PUBLICITY = "publicity", _("公示")
    APPOINTED = "appointed", _("已聘用")
    CANCELLED = "cancelled", _("已终止")


# The way of a recruitment, from the first stage to the last.
PATH = (
    Stage.DRAFT,
    Stage.ANNOUNCED,
    Stage.REGISTRATION,
    Stage.ELIGIBILITY,
    Stage.WRITTEN,
    Stage.INTERVIEW,
    Stage.MEDICAL,
    Stage.VETTING,
    Stage.PUBLICITY,
    Stage.APPOINTED,
)


class RecruitmentQuerySet(ScopedQuerySet):
    def published(self, now=None):
        """Those whose proposed people the public may see, by masked names.

        From the day of the public notice until 30 days after the appointment.
        """
        now = now or timezone.now()
        kept = Q(status=Stage.APPOINTED, status_since__gt=now - SHOWN_AFTER)
        return self.filter(Q(status=Stage.PUBLICITY) | kept, shown_since__isnull=False)


class Recruitment(CaseModel):
    """An open examination for posts of community workers (F018, F020).

    Written and interview marks are out of 100 points. Bonus points are added to the
    written mark; both marks are weighed to a total with two decimals.
    """

    class Least(models.TextChoices):
        HIGH_SCHOOL = "high_school", _("高中（中专）以上")
        COLLEGE = "college", _("大专以上")
        BACHELOR = "bachelor", _("本科以上")

    class Tie(models.TextChoices):
        """Who stands first where two have the same total."""

        INTERVIEW = "interview", _("面试成绩高者在前")
        WRITTEN = "written", _("笔试成绩高者在前")

    ENOUGH = {
        Least.HIGH_SCHOOL: HIGH_SCHOOL,
        Least.COLLEGE: COLLEGE,
        Least.BACHELOR: BACHELOR,
    }

    status = models.CharField(
        _("环节"),
        max_length=20,
        choices=Stage,
        default=Stage.DRAFT,
        editable=False,
    )
    title = models.CharField(_("招聘名称"), max_length=60)
    post = models.CharField(_("岗位"), max_length=20)
    quota = models.PositiveSmallIntegerField(_("招聘人数"))
    closes_on = models.DateField(_("报名截止"))
    counted_on = models.DateField(_("年龄计算到"))
    least = models.CharField(
        _("学历要求"), max_length=12, choices=Least, default=Least.COLLEGE
    )
    age_limit = models.PositiveSmallIntegerField(_("年龄上限"), default=35)
    age_limit_certified = models.PositiveSmallIntegerField(
        _("持证人员年龄上限"), default=40
    )
    written_weight = models.PositiveSmallIntegerField(_("笔试权重"), default=50)
    written_pass = models.PositiveSmallIntegerField(_("笔试合格线"), default=60)
    interview_pass = models.PositiveSmallIntegerField(_("面试合格线"), default=60)
    ratio = models.PositiveSmallIntegerField(_("面试比例"), default=3)
    tie = models.CharField(
        _("同分处理"), max_length=10, choices=Tie, default=Tie.INTERVIEW
    )
    bonus_assistant = models.PositiveSmallIntegerField(
        _("助理社会工作师加分"), default=0
    )
    bonus_social_worker = models.PositiveSmallIntegerField(
        _("社会工作师加分"), default=0
    )
    bonus_senior = models.PositiveSmallIntegerField(_("高级社会工作师加分"), default=0)
    bonus_serving = models.PositiveSmallIntegerField(_("现任社区工作者加分"), default=0)
    bonus_local = models.PositiveSmallIntegerField(_("本地户籍加分"), default=0)
    service_years = models.PositiveSmallIntegerField(_("最低服务年限"), default=3)
    phone = models.CharField(_("监督电话"), max_length=20)
    # The day on which the proposed people were first shown to the public.
    shown_since = models.DateField(_("公示开始"), null=True, editable=False)

    objects = RecruitmentQuerySet.as_manager()
    fact_labels = {
        "weights": _("成绩计算"),
        "bonuses": _("加分"),
        "conditions": _("报考条件"),
        "quota_words": _("招聘岗位"),
        "service_words": _("最低服务年限"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("招聘")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quota__gte=1, ratio__gte=1),
                name="a_recruitment_has_a_post_to_fill",
                violation_error_message=_("招聘人数和面试比例至少为1。"),
            ),
            models.CheckConstraint(
                condition=Q(
                    written_weight__range=(0, WHOLE),
                    written_pass__range=(0, WHOLE),
                    interview_pass__range=(0, WHOLE),
                ),
                name="weights_and_marks_are_out_of_a_hundred",
                violation_error_message=_("权重和合格线在0至100之间。"),
            ),
            models.CheckConstraint(
                condition=Q(
                    age_limit__gte=OF_AGE, age_limit_certified__gte=F("age_limit")
                ),
                name="certified_people_may_be_older",
                violation_error_message=_(
                    "年龄上限不低于18岁，持证人员的不低于一般人员的。"
                ),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def interview_weight(self) -> int:
        return WHOLE - self.written_weight

    @property
    def is_over(self) -> bool:
        return self.status in (Stage.APPOINTED, Stage.CANCELLED)

    @property
    def kept_with(self):
        """The unit to which its documents belong."""
        return self.org_unit

    @property
    def quota_words(self) -> str:
        facts = {"post": self.post, "count": self.quota}
        return _("%(post)s %(count)d 名") % facts

    @property
    def service_words(self) -> str:
        return _("%(count)d 年") % {"count": self.service_years}

    @property
    def conditions(self) -> str:
        """What everybody must fulfil who registers, in one sentence."""
        facts = {
            "least": self.get_least_display(),
            "age": self.age_limit,
            "certified": self.age_limit_certified,
            "day": formats.cn_date(self.counted_on),
        }
        return (
            _(
                "%(least)s；18至%(age)d周岁，持社会工作者职业资格的至%(certified)d周岁"
                "（算到%(day)s）"
            )
            % facts
        )

    @property
    def weights(self) -> str:
        """How the total is made, who is asked to the interview, who stands first."""
        facts = {
            "written": self.written_weight,
            "interview": self.interview_weight,
            "written_pass": self.written_pass,
            "interview_pass": self.interview_pass,
            "ratio": self.ratio,
            "tie": self.get_tie_display(),
        }
        return (
            _(
                "笔试成绩（卷面分加加分）占%(written)d%%，面试占%(interview)d%%；"
                "合格线笔试卷面%(written_pass)d分、面试%(interview_pass)d分；"
                "按1:%(ratio)d进入面试，末位同分的一并进入；总成绩相同，%(tie)s"
            )
            % facts
        )

    @property
    def bonuses(self) -> str:
        """What gives how many points; of the certificates only the highest counts."""
        given = {
            _("助理社会工作师"): self.bonus_assistant,
            _("社会工作师"): self.bonus_social_worker,
            _("高级社会工作师"): self.bonus_senior,
            _("现任社区工作者"): self.bonus_serving,
            _("本地户籍"): self.bonus_local,
        }
        words = [
            _("%(what)s%(points)d分") % {"what": what, "points": points}
            for what, points in given.items()
            if points
        ]
        return formats.listed(words) or _("不加分")

    def bonus_for(self, level: int | None) -> int:
        """Return the points for a certificate, 0 for none."""
        given = (self.bonus_assistant, self.bonus_social_worker, self.bonus_senior)
        return given[level - 1] if level else 0
