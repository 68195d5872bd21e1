from datetime import timedelta
from functools import reduce
from operator import or_
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Household, Organisation, Resident, ScopedModel
from communities.scoping import Scope, ScopedQuerySet
from toolkit.formats import cn_date, cn_day, listed, phrased
from toolkit.models import SyncItem
from visits.models.caseloads import Caseload

Status = SyncItem.Status
NOTE_LENGTH = 150
# A visit that is written down later than this is marked as entered afterwards.
LATE_AFTER = timedelta(days=1)
# Where the visited person, household or unit belongs today; a visit stays where it was.
SUBJECT_PATHS = tuple(
    f"{subject}__org_unit__path"
    for subject in ("resident", "household", "organisation")
)

SAME_SUBJECT = (
    Q(resident=OuterRef("resident"))
    | Q(household=OuterRef("household"))
    | Q(organisation=OuterRef("organisation"))
)


class VisitQuerySet(ScopedQuerySet):
    def happened_in(self, period):
        """Visits paid in the period, whenever they were written down."""
        return self.filter(period.at("visited_at"))

    def effective(self):
        """Visits in which somebody was met."""
        return self.filter(outcome__in=EFFECTIVE)

    def in_vain(self):
        """Visits in which nobody was met."""
        return self.filter(outcome__in=MISSED)

    def with_person(self, resident):
        """Visits to a person, and those to his household in which he was met."""
        at_home = self.model.met_members.through.objects.filter(resident=resident)
        # Named one by one: a subquery beside another condition would read every visit.
        keys = list(at_home.values_list("visit", flat=True))
        return self.filter(Q(resident=resident) | Q(pk__in=keys))

    def met_somebody(self):
        """Visits that name a person who was met: to him or to his household."""
        at_home = self.model.met_members.through.objects.filter(visit=OuterRef("pk"))
        named = Q(resident__isnull=False) | Exists(at_home)
        return self.effective().filter(named)

    def without_later(self, visits):
        """Leave out visits after which one of `visits` was paid to the same subject."""
        later = visits.filter(visited_at__gt=OuterRef("visited_at"))
        at_home = later.filter(met_members=OuterRef("resident"))
        return self.filter(~Exists(later.filter(SAME_SUBJECT)), ~Exists(at_home))

    def awaited(self):
        """Visits whose appointment has not been kept yet."""
        return self.filter(follow_up_on__isnull=False, followed_up_on=None)

    def subject_open(self):
        """Visits to people, households and units that are still registered."""
        # A visit has one subject: the columns of the other two are empty.
        return self.filter(
            resident__ended_on=None,
            household__closed_on=None,
            organisation__closed_on=None,
        )

    def subject_in(self, scope: Scope):
        """Visits whose person, household or unit belongs to the scope today."""
        if scope.everywhere:
            return self
        return self.filter(reduce(or_, map(scope.as_q, SUBJECT_PATHS)))


class Visit(ScopedModel):
    """Somebody went to see, phoned or video-called a person, a household or a unit.

    `org_unit` is the grid at the time of the visit. Visits are never deleted;
    corrections stand in the history.
    """

    class Method(models.TextChoices):
        DOOR = "door", _("上门")
        PHONE = "phone", _("电话")
        VIDEO = "video", _("视频")

    class Outcome(models.TextChoices):
        NORMAL = "normal", _("正常")
        CHANGED = "changed", _("有变化")
        NEEDS_HELP = "needs_help", _("需要帮助")
        NOBODY_HOME = "nobody_home", _("家中无人")
        REFUSED = "refused", _("不愿见")

    # Made by the page or the phone before sending: the same form sent twice is one row.
    client_uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("居民"),
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("住户"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("驻区单位"),
    )
    # Of a household: who of it was met. The visit counts for each of them.
    met_members = models.ManyToManyField(
        Resident,
        related_name="household_visits",
        blank=True,
        verbose_name=_("见到的人"),
    )
    method = models.CharField(
        _("方式"), max_length=10, choices=Method, default=Method.DOOR
    )
    visited_at = models.DateTimeField(_("走访时间"))
    outcome = models.CharField(_("情况"), max_length=20, choices=Outcome)
    note = models.CharField(_("记一句"), max_length=NOTE_LENGTH, blank=True)
    follow_up_on = models.DateField(_("约定再访"), null=True, blank=True)
    followed_up_on = models.DateField(_("已再访"), null=True, editable=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="visits",
        verbose_name=_("登记人"),
    )

    objects = VisitQuerySet.as_manager()
    fact_labels = {
        "visited": _("走访对象"),
        "kind": _("对象类别"),
        "place": _("地址"),
        "met_names": _("见到的人"),
        "again": _("再访"),
        "responsible": _("当日责任人"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("走访记录")
        ordering = ["-visited_at", "-pk"]
        permissions = [("export_visit", _("导出走访记录"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(resident__isnull=False, household=None, organisation=None)
                | Q(resident=None, household__isnull=False, organisation=None)
                | Q(resident=None, household=None, organisation__isnull=False),
                name="a_visit_has_one_subject",
                violation_error_message=_(
                    "一次走访只登记一个对象：一个人、一户或一个单位。"
                ),
            )
        ]
        indexes = [
            models.Index(fields=["visited_at", "id"], name="visit_by_time"),
            models.Index(fields=["resident", "visited_at"], name="visit_by_resident"),
            models.Index(fields=["logged_by", "visited_at"], name="visit_by_logger"),
            models.Index(
                fields=["follow_up_on"],
                condition=Q(follow_up_on__isnull=False, followed_up_on=None),
                name="visit_by_open_appointment",
            ),
        ]

    def __str__(self):
        if self.household_id and not self.is_still_there:
            return gettext("户号%(number)s") % {"number": self.household.number}
        return str(self.subject)

    @property
    def subject(self):
        """The person, household or unit that was visited."""
        return self.resident or self.household or self.organisation

    @property
    def whom(self) -> str:
        return str(self)

    @property
    def visited(self):
        """The subject with its page; the mere number of a household that moved away."""
        return (
            str(self) if self.household_id and not self.is_still_there else self.subject
        )

    @property
    def met_names(self) -> str:
        """Who of a household was met: 王阿婆、李大爷."""
        return listed(self.met_members.all()) if self.household_id else ""

    @property
    def again(self) -> str:
        """When to go again: the day that was agreed, else that of the new try."""
        if self.follow_up_on:
            return cn_date(self.follow_up_on)
        # A try later than this one has set a day of its own.
        tried = {"last_missed_at": self.visited_at, "retry_on__isnull": False}
        if self.is_effective or not self.resident_id:
            return ""
        duties = self.resident.visit_duties.open().within(self.org_unit)
        duty = duties.filter(**tried).order_by("retry_on").first()
        words = gettext("没有见到，%(day)s再去")
        return words % {"day": cn_day(duty.retry_on)} if duty else ""

    @property
    def responsible(self) -> str:
        """Who was responsible there on the day of the visit, "" for nobody."""
        on_day = Caseload.objects.responsible_on(timezone.localdate(self.visited_at))
        rows = on_day.filter(org_unit=self.org_unit_id).select_related("worker")
        return "".join(row.who for row in rows)

    @property
    def is_still_there(self) -> bool:
        """Whether the subject belongs to the unit of the visit, as its readers do."""
        if self.subject.org_unit_id == self.org_unit_id:
            return True
        return self.subject.get_scope_path().startswith(self.get_scope_path())

    @property
    def kind(self) -> str:
        """What was visited: 居民, 住户 or 驻区单位."""
        return str(self.subject._meta.verbose_name)

    @property
    def place(self) -> str:
        """The address, unless the subject has moved out of the readers' sight."""
        if not self.is_still_there:
            return gettext("已不在走访时的社区或网格")
        return self.subject.address

    @property
    def is_effective(self) -> bool:
        """Whether somebody was met, so that duties are fulfilled."""
        return self.outcome in EFFECTIVE

    @property
    def late_entry(self) -> str:
        """The mark of a visit that was written down more than a day after it: 补记."""
        if self.created_at - self.visited_at <= LATE_AFTER:
            return ""
        return gettext("补记，%(day)s登记") % {"day": cn_date(self.created_at)}

    @property
    def uncertain_time(self) -> str:
        """The mark of a visit whose phone could not tell its time: 时间存疑.

        It bears the moment when that was received, until somebody puts it right.
        """
        told = SyncItem.objects.filter(moment=self.visited_at, is_uncertain=True)
        taken = told.filter(status__in=(Status.SETTLED, Status.TAKEN))
        number = self.client_uuid
        if not taken.filter(Q(client_uuid=number) | Q(uid=number)).exists():
            return ""
        return gettext("时间存疑")

    @property
    def summary(self) -> str:
        """上门，情况正常: how and with what outcome."""
        return phrased((self.get_method_display(), FOUND[self.outcome]))


EFFECTIVE = (Visit.Outcome.NORMAL, Visit.Outcome.CHANGED, Visit.Outcome.NEEDS_HELP)
MISSED = (Visit.Outcome.NOBODY_HOME, Visit.Outcome.REFUSED)
FOUND = {
    Visit.Outcome.NORMAL: _("情况正常"),
    Visit.Outcome.CHANGED: _("有变化"),
    Visit.Outcome.NEEDS_HELP: _("需要帮助"),
    Visit.Outcome.NOBODY_HOME: _("家中无人"),
    Visit.Outcome.REFUSED: _("不愿见"),
}
