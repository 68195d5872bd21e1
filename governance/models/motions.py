from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel
from communities.scoping import ScopedQuerySet
from governance.models.ballots import Poll
from governance.models.meetings import Meeting


class MotionQuerySet(ScopedQuerySet):
    def published(self):
        """Motions whose result is public: never one that is invalid."""
        shown = (Motion.Status.PUBLISHED, Motion.Status.DONE)
        return self.filter(status__in=shown)

    def passed_in(self, period):
        """Motions that passed in meetings of the period."""
        passed = self.filter(outcome=Motion.Outcome.PASSED)
        return passed.filter(period.at("meeting__starts_at"))

    def done_in(self, period):
        """Motions that were carried out in the period."""
        return self.filter(period.on("done_on"), status=Motion.Status.DONE)

    def missed_in(self, period):
        """Motions whose day came in the period and went by without their being done."""
        today = timezone.localdate()
        late = Q(done_on=None, due_on__lt=today) | Q(done_on__gt=F("due_on"))
        passed = self.published().filter(outcome=Motion.Outcome.PASSED)
        return passed.filter(late, period.on("due_on"))


class Motion(CaseModel):
    """What a meeting is to decide, how it decided, and what came of it."""

    class Status(models.TextChoices):
        TABLED = "tabled", _("已提出")
        VOTING = "voting", _("表决中")
        COUNTED = "counted", _("已计票")
        PUBLISHED = "published", _("已公布")
        DONE = "done", _("已落实")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Origin(models.TextChoices):
        COMMITTEE = "committee", _("居（村）委会")
        PARTY = "party", _("党组织")
        JOINT = "joint", _("联名提出")

    class Outcome(models.TextChoices):
        OPEN = "", _("尚未表决")
        PASSED = "passed", _("通过")
        REJECTED = "rejected", _("未通过")
        INVALID = "invalid", _("无效")

    # It belongs to the unit of the body that meets.
    org_unit = None
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="motions", verbose_name=_("会议")
    )
    title = models.CharField(_("议案名称"), max_length=80)
    text = models.TextField(_("议案内容"), max_length=2000)
    origin = models.CharField(
        _("提案方"), max_length=12, choices=Origin, default=Origin.COMMITTEE
    )
    mover = models.CharField(_("提案人"), max_length=50)
    supporters = models.PositiveIntegerField(_("联名人数"), null=True, blank=True)
    # Important matters are first discussed by the Party: 居委会法 30, 村委会法 28.
    is_major = models.BooleanField(_("重要事项"), default=False)
    discussed_on = models.DateField(_("党组织研究讨论日期"), null=True, blank=True)
    way = models.CharField(
        _("表决方式"), max_length=10, choices=Poll.Way, default=Poll.Way.HANDS
    )
    status = models.CharField(
        _("状态"), max_length=20, choices=Status, default=Status.TABLED, editable=False
    )
    poll = models.OneToOneField(
        Poll,
        models.PROTECT,
        null=True,
        related_name="motion",
        editable=False,
        verbose_name=_("票箱"),
    )
    # Who had signed in when it was counted.
    present = models.PositiveIntegerField(_("实到人数"), null=True, editable=False)
    outcome = models.CharField(
        _("表决结果"), max_length=10, choices=Outcome, blank=True, editable=False
    )
    finding = models.TextField(_("结果认定"), blank=True, editable=False)
    owner = models.CharField(_("责任人"), max_length=50, blank=True)
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    done_on = models.DateField(_("落实日期"), null=True, editable=False)

    objects = MotionQuerySet.as_manager()
    scope_path = "meeting__body__org_unit__path"
    fact_labels = {"votes": _("票数")}

    class Meta:
        verbose_name = verbose_name_plural = _("议案")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin="joint") ^ Q(supporters=None),
                name="a_joint_motion_counts_its_supporters",
                violation_error_message=_("联名提出的要填联名人数，其他不填。"),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("published", "done"))
                | Q(outcome__in=("passed", "rejected")),
                name="an_invalid_result_is_not_published",
                violation_error_message=_("表决无效，不能公布。"),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(status="done"),
                name="only_a_motion_that_is_done_has_its_day",
                violation_error_message=_("落实的议案才有落实日期。"),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:motion-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.meeting.get_scope_path()

    @property
    def is_tabled(self) -> bool:
        return self.status == self.Status.TABLED

    @property
    def is_voting(self) -> bool:
        return self.status == self.Status.VOTING

    @property
    def has_passed(self) -> bool:
        return self.outcome == self.Outcome.PASSED

    @property
    def is_late(self) -> bool:
        """Whether it should have been carried out by now."""
        is_waiting = self.status == self.Status.PUBLISHED and self.has_passed
        return bool(is_waiting and self.due_on and self.due_on < timezone.localdate())

    @property
    def votes(self) -> str:
        """赞成16票，反对10票，弃权4票，废票0票; nothing before the count."""
        if self.poll is None or self.poll.tally is None:
            return ""
        facts = self.poll.tally["motion"] | {"invalid": self.poll.invalid}
        return (
            _(
                "赞成%(for)d票，反对%(against)d票，弃权%(abstained)d票，废票%(invalid)d票"
            )
            % facts
        )
