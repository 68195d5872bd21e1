from django.db import models
from django.db.models import (
    Avg,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.models.fields import CodeField
from communities.scoping import ScopedQuerySet
from governance.models.bodies import Body, Term
from governance.models.members import FIRST_BIRTH_YEAR
from toolkit import formats

# Codes of GB/T 4658: upper secondary and vocational school, and above (F023).
HIGH_SCHOOL = ("10", "20", "30", "40", "60")
COLLEGE = ("10", "20", "30")
BACHELOR = ("10", "20")
HIGHEST_GRADE = 18


class Level(models.IntegerChoices):
    """The professional certificates of social workers, the lowest first."""

    ASSISTANT = 1, _("助理社会工作师")
    SOCIAL_WORKER = 2, _("社会工作师")
    SENIOR = 3, _("高级社会工作师")


class WorkerQuerySet(ScopedQuerySet):
    def serving_on(self, day):
        """Workers who had begun by the day and not left on it or before."""
        return self.filter(
            Q(left_on=None) | Q(left_on__gt=day), employed_on__lte=day
        ).with_age(day)

    def with_age(self, day):
        """The rows, each with the age that is reached in the year of the day."""
        return self.annotate(age=whole(Value(day.year) - F("birth_year")))

    def with_facts(self):
        """The rows, each with the highest certificate and the end of the contract."""
        newest = Contract.objects.filter(worker=OuterRef("pk"))
        newest = newest.order_by("-begins_on", "-pk")
        held = Certificate.objects.filter(worker=OuterRef("pk")).order_by()
        highest = held.values("worker").annotate(top=Max("level")).values("top")
        return self.annotate(
            certificate=Subquery(highest),
            contract_ends=Subquery(newest.values("ends_on")[:1]),
        )

    def around_the_change(self, day):
        """Who served just before or just after the last change of term of his unit.

        That is the newest term of the residents' committee that had begun by the day.
        `age` is the one in the year of the change (F021, F022).
        """
        terms = Term.objects.filter(
            body__org_unit=OuterRef("org_unit"),
            body__kind=Body.Kind.COMMITTEE,
            began_on__lte=day,
        )
        changed = Subquery(terms.order_by("-began_on").values("began_on")[:1])
        rows = self.annotate(changed_on=changed).filter(changed_on__isnull=False)
        rows = rows.annotate(age=whole(ExtractYear("changed_on") - F("birth_year")))
        return rows.filter(SERVED_BEFORE | SERVED_AFTER)


def whole(expression) -> ExpressionWrapper:
    return ExpressionWrapper(expression, IntegerField())


SERVED_BEFORE = Q(employed_on__lt=F("changed_on")) & (
    Q(left_on=None) | Q(left_on__gte=F("changed_on"))
)
SERVED_AFTER = Q(employed_on__lte=F("changed_on")) & (
    Q(left_on=None) | Q(left_on__gt=F("changed_on"))
)
AGE_BEFORE = Avg("age", filter=SERVED_BEFORE)
AGE_AFTER = Avg("age", filter=SERVED_AFTER)


class Worker(ScopedModel):
    """Somebody who works for a community, elected or chosen by examination (F018–F020).

    What is known of him is what the office reports: age, education, certificate and
    years of service (F019).
    """

    class Route(models.TextChoices):
        ELECTION = "election", _("选举后直接聘用")
        EXAM = "exam", _("公开考试聘用")

    name = models.CharField(_("姓名"), max_length=50)
    sex = CodeField(_("性别"), codes="sex")
    birth_year = models.PositiveSmallIntegerField(_("出生年份"))
    education = CodeField(_("文化程度"), codes="education")
    route = models.CharField(_("聘用途径"), max_length=10, choices=Route)
    post = models.CharField(_("岗位"), max_length=20)
    # By custom 18 grades of three kinds of posts; each place has its own table.
    grade = models.PositiveSmallIntegerField(_("岗位等级"), null=True, blank=True)
    employed_on = models.DateField(_("聘用日期"))
    left_on = models.DateField(_("离岗日期"), null=True, editable=False)

    objects = WorkerQuerySet.as_manager()
    fact_labels = {
        "certificate_words": _("职业资格"),
        "service_words": _("工作年限"),
        "contract_words": _("现行合同"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("社区工作者档案")
        ordering = ["org_unit__path", "pk"]
        permissions = [("export_worker", _("导出社区工作者"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year__gte=FIRST_BIRTH_YEAR),
                name="a_worker_was_born_after_1900",
                violation_error_message=_("出生年份不能早于1900年。"),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("employed_on")),
                name="a_worker_leaves_after_he_began",
                violation_error_message=_("离岗日期不能早于聘用日期。"),
            ),
            models.CheckConstraint(
                condition=Q(grade=None) | Q(grade__range=(1, HIGHEST_GRADE)),
                name="a_grade_is_one_of_eighteen",
                violation_error_message=_("岗位等级为1至18级。"),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def age_now(self) -> int:
        """The age that is reached this year: only the year of birth is kept."""
        return timezone.localdate().year - self.birth_year

    @property
    def certificate_words(self) -> str:
        """The highest certificate, read by `with_facts`."""
        level = getattr(self, "certificate", None)
        return str(Level(level).label) if level else ""

    @property
    def service_words(self) -> str:
        """How many full years he has served, or had when he left."""
        end = self.left_on or timezone.localdate()
        days = (end.month, end.day) < (self.employed_on.month, self.employed_on.day)
        return _("%(count)d 年") % {"count": end.year - self.employed_on.year - days}

    @cached_property
    def contract(self):
        """The contract that began last, None for none."""
        return self.contracts.order_by("-begins_on", "-pk").first()

    @property
    def contract_words(self) -> str:
        """固定期限，2024年1月1日—2026年12月31日."""
        return self.contract.words if self.contract else ""


class Contract(models.Model):
    """The contract under which a worker is employed, for how long."""

    class Kind(models.TextChoices):
        FIXED = "fixed", _("固定期限")
        OPEN = "open", _("无固定期限")
        TERM = "term", _("随任期")

    worker = models.ForeignKey(
        Worker, models.PROTECT, related_name="contracts", verbose_name=_("姓名")
    )
    kind = models.CharField(_("合同种类"), max_length=10, choices=Kind)
    begins_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("终止日期"), null=True, blank=True)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "worker__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("聘用合同")
        ordering = ["-begins_on", "-pk"]
        permissions = [("export_contract", _("导出聘用合同"))]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "begins_on"],
                name="one_contract_per_worker_and_first_day",
                violation_error_message=_("这一天起的合同已经登记过。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("begins_on")),
                name="a_contract_ends_after_it_begins",
                violation_error_message=_("终止日期要晚于起始日期。"),
            ),
            models.CheckConstraint(
                condition=Q(kind="open", ends_on=None)
                | (~Q(kind="open") & Q(ends_on__isnull=False)),
                name="a_contract_ends_unless_it_is_open",
                violation_error_message=_(
                    "无固定期限的不填终止日期，其他合同要填终止日期。"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.worker}　{self.words}"

    def get_absolute_url(self) -> str:
        return reverse("governance:contract-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.worker.org_unit.path

    @property
    def words(self) -> str:
        span = formats.cn_span(self.begins_on, self.ends_on)
        return formats.phrased([str(self.get_kind_display()), span])


class Certificate(models.Model):
    """A professional certificate of a worker, which counts in pay and bonus points."""

    worker = models.ForeignKey(
        Worker,
        models.PROTECT,
        related_name="certificates",
        verbose_name=_("姓名"),
    )
    level = models.PositiveSmallIntegerField(_("职业资格"), choices=Level)
    issued_on = models.DateField(_("取得日期"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "worker__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("职业资格证书")
        ordering = ["-level", "pk"]
        permissions = [("export_certificate", _("导出职业资格证书"))]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "level"],
                name="one_certificate_per_worker_and_level",
                violation_error_message=_("这一级证书已经登记过。"),
            )
        ]

    def __str__(self):
        return f"{self.worker}　{self.get_level_display()}"

    def get_absolute_url(self) -> str:
        return reverse("governance:certificate-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.worker.org_unit.path
