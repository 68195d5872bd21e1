from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, OrgUnit, ScopedModel
from communities.scoping import ScopedQuerySet, rows_below, scope_of
from safety.criteria import labels_of
from toolkit import clocks, formats
from toolkit.deadlines import Deadline
from visits.models import VisitRule
from visits.models.rules import steps_of

# How long after its end what was collected may still be needed, in days.
KEPT_DAYS, LONGEST_KEPT = 30, 90
# The limit of the office after which an emergency that is open is looked at again.
REMINDER = "T25"
# What people read where the day of destruction is set.
LAW = _("突发事件应对法（2024年修订）第八十四条、第八十五条")


class Status(models.TextChoices):
    DRAFT = "draft", _("准备中")
    OPEN = "open", _("响应中")
    CLOSED = "closed", _("已结束")
    DESTROYED = "destroyed", _("数据已销毁")


class EmergencyQuerySet(ScopedQuerySet):
    def in_scope_of(self, user, action: str = "view"):
        """Opened above, worked on below.

        A unit sees those it was chosen for, those of a unit above it for which none was
        chosen, and those on whose roll somebody of its own stands.
        """
        rows = super().in_scope_of(user, action)
        scope = scope_of(user, "safety.view_emergency")
        if action != "view" or scope.everywhere or scope.is_empty:
            return rows
        above = {path for one in scope.paths for path in steps_of(one)}
        met = Q(orgunit__path__in=above)
        for path in scope.paths:
            met |= rows_below("orgunit__path", path)
        chosen = Emergency.units.through.objects.filter(emergency=OuterRef("pk"))
        is_for_all = Q(org_unit__path__in=above) & ~Exists(chosen)
        lines = self.model._meta.apps.get_model("safety", "RollCall").objects
        listed = lines.in_scope_of(user).filter(emergency=OuterRef("pk")).order_by()
        below = self.filter(is_for_all | Exists(chosen.filter(met)) | Exists(listed))
        return rows | below.exclude(status=Status.DRAFT)

    def open(self):
        """Emergencies in which people are being called."""
        return self.filter(status=Status.OPEN)

    def keys(self) -> list[int]:
        """The keys of the rows, in order."""
        return list(self.order_by("pk").values_list("pk", flat=True))

    def published(self):
        """Emergencies of which residents read now: open ones that are no exercise."""
        return self.open().filter(is_drill=False)

    def opened_in(self, period):
        """Emergencies, exercises left out, that were opened in the period."""
        return self.filter(period.at("opened_at"), is_drill=False)

    def to_destroy(self, today):
        """Closed emergencies whose day of destruction has come."""
        return self.filter(status=Status.CLOSED, destroy_on__lte=today)


class Emergency(CaseModel):
    """A typhoon, flood or frost for which the street has its people called by list.

    What is collected for it is used for nothing else and destroyed on the set day
    after its end (突发事件应对法 2024, 84 and 85); the counts stay.
    """

    class Kind(models.TextChoices):
        TYPHOON = "typhoon", _("台风")
        RAIN = "rain", _("暴雨")
        FLOOD = "flood", _("洪水")
        COLD = "cold", _("寒潮")
        HEAT = "heat", _("高温")
        OTHER = "other", _("其他")

    class Level(models.IntegerChoices):
        """The levels of a response, the first the highest (突发事件应对法 2024, 71)."""

        FIRST = 1, _("Ⅰ级")
        SECOND = 2, _("Ⅱ级")
        THIRD = 3, _("Ⅲ级")
        FOURTH = 4, _("Ⅳ级")

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("启动单位")
    )
    status = models.CharField(
        _("状态"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    title = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(
        _("种类"), max_length=10, choices=Kind, default=Kind.TYPHOON
    )
    level = models.PositiveSmallIntegerField(
        _("响应等级"), choices=Level, default=Level.FOURTH
    )
    is_drill = models.BooleanField(
        _("演练"), default=False, help_text=_("演练的人数不计入报表。")
    )
    units = models.ManyToManyField(
        OrgUnit, related_name="+", blank=True, verbose_name=_("响应范围")
    )
    # Slugs of safety/criteria.py; fixed once the emergency is open.
    criteria = models.JSONField(_("叫应对象"), default=list, blank=True)
    rules = models.ManyToManyField(
        VisitRule, related_name="+", blank=True, verbose_name=_("走访名单")
    )
    keep_days = models.PositiveSmallIntegerField(
        _("结束后几天销毁数据"),
        default=KEPT_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_KEPT)],
        help_text=_(
            "到期自动销毁点名名单和记录，只留汇总数。突发事件应对法（2024年修订）"
            "第八十四条、第八十五条：所收集的个人信息只能用于应对，工作结束后予以销毁。"
        ),
    )
    opened_at = models.DateTimeField(_("启动时间"), null=True, editable=False)
    closed_at = models.DateTimeField(_("结束时间"), null=True, editable=False)
    destroy_on = models.DateField(_("销毁日期"), null=True, editable=False)
    destroyed_at = models.DateTimeField(_("销毁时间"), null=True, editable=False)
    # What stays when the rows are gone: counts by community and hour, nobody's name.
    summary = models.JSONField(_("汇总"), default=dict, editable=False)

    objects = EmergencyQuerySet.as_manager()
    fact_labels = {
        "units_words": _("响应范围"),
        "criteria_words": _("叫应对象"),
        "keep_words": _("数据保存"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("应急响应")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_days__gte=1, keep_days__lte=LONGEST_KEPT),
                name="what_was_collected_has_an_end",
                violation_error_message=_("结束后1至90天内要销毁数据。"),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "destroy_on"], name="emergency_by_end")
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_destroyed(self) -> bool:
        return self.status == Status.DESTROYED

    def reach_as_q(self, path_lookup: str) -> Q:
        """Return the condition for rows of the units for which it was opened."""
        reach = Q()
        for unit in self.units.all() or [self.org_unit]:
            reach |= rows_below(path_lookup, unit.path, unit.pk)
        return reach

    def around_as_q(self, path_lookup: str) -> Q:
        """Return the condition for rows of those units and of the units above them.

        A grid has no office and no shelter of its own.
        """
        above = {step for unit in self.units.all() for step in steps_of(unit.path)}
        return self.reach_as_q(path_lookup) | Q(**{f"{path_lookup}__in": above})

    @property
    def reminder(self) -> Deadline | None:
        """When whoever may close it is asked if the danger is over, None for never.

        The response has to be ended when the danger is under control or gone (突发事件
        应对法 2024, 86); after how many hours that is asked, the street sets itself.
        """
        try:
            limit = clocks.limit(REMINDER)
        except LookupError:
            # The office has no such limit.
            return None
        return clocks.run(limit, self.opened_at) if self.is_open else None

    @property
    def units_words(self) -> str:
        """For which units it was opened; nothing chosen means all of the street."""
        names = [unit.full_name for unit in self.units.select_related("community")]
        return formats.listed(names) or self.org_unit.name

    @property
    def criteria_words(self) -> str:
        """Who is called: 80岁以上独居、失能老人."""
        rules = self.rules.order_by("number", "pk")
        return formats.listed([labels_of(self.criteria), *rules])

    @property
    def keep_words(self) -> str:
        """When what was collected is destroyed, with the law."""
        told = {"law": LAW, "days": self.keep_days}
        if self.destroyed_at:
            told["day"] = formats.cn_date(self.destroyed_at)
            return gettext("已于%(day)s销毁，只留汇总数（%(law)s）") % told
        if self.destroy_on:
            told["day"] = formats.cn_date(self.destroy_on)
            return gettext("%(day)s销毁，只留汇总数（%(law)s）") % told
        return gettext("结束后第%(days)d天销毁，只留汇总数（%(law)s）") % told


class EmergencyDayQuerySet(ScopedQuerySet):
    def of_period(self, period):
        """Days of the period with their figures, exercises left out.

        `contacted_then` and `moved_then` are counted from the lines of the roll as long
        as they are there, and are what was kept of them afterwards.
        """
        days = self.filter(
            day__gte=period.start, day__lt=period.end, emergency__is_drill=False
        )
        return days.counted()

    def counted(self):
        """The rows, each with how many people were reached and moved first that day."""
        lines = self.model._meta.apps.get_model("safety", "RollCall")._base_manager
        here = lines.filter(
            emergency=OuterRef("emergency"), org_unit=OuterRef("org_unit")
        ).order_by()

        def people(field: str):
            told = here.filter(**{field: OuterRef("day")}).values(field)
            return Subquery(told.annotate(people=Count("pk")).values("people"))

        return self.annotate(
            contacted_then=Coalesce("contacted", people("contacted_on"), 0),
            moved_then=Coalesce("moved", people("moved_on"), 0),
        )


class EmergencyDay(ScopedModel):
    """What was done on one day of an emergency in one unit, counted and never typed.

    The figures are empty while the roll is there to be counted, and written down when
    it is destroyed, so that a report tells the same before and after.
    """

    emergency = models.ForeignKey(
        Emergency, models.PROTECT, related_name="days", verbose_name=_("应急响应")
    )
    day = models.DateField(_("日期"))
    contacted = models.PositiveIntegerField(_("当日新联系"), null=True, editable=False)
    moved = models.PositiveIntegerField(_("当日新转移"), null=True, editable=False)

    objects = EmergencyDayQuerySet.as_manager()
    fact_labels = {"contacted_then": _("当日新联系"), "moved_then": _("当日新转移")}

    class Meta:
        verbose_name = verbose_name_plural = _("应急日报")
        ordering = ["-day", "org_unit__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["emergency", "org_unit", "day"],
                name="one_count_per_emergency_unit_and_day",
                violation_error_message=_("这一天已有汇总。"),
            )
        ]

    def __str__(self):
        return f"{self.emergency} {formats.cn_date(self.day)}"
