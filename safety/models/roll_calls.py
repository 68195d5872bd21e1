from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Resident, ScopedModel
from communities.scoping import ScopedQuerySet
from safety.models.emergencies import Emergency, Status
from safety.models.shelters import Shelter
from toolkit import formats

NOTE_LENGTH = 100


class State(models.TextChoices):
    """How it stands with a person on the list."""

    WAITING = "waiting", _("未联系")
    CALLED = "called", _("已通知")
    MOVED = "moved", _("已转移")
    REFUSED = "refused", _("拒绝转移")
    HELP = "help", _("需要帮助")
    RETURNED = "returned", _("已返回")


class RollCallQuerySet(ScopedQuerySet):
    def in_scope_of(self, user, action: str = "view"):
        """Taken away are the lines of open emergencies alone, as a file or on paper.

        What was collected serves the response and nothing after it (突发事件应对法
        2024, 85). The keys are read here and now: a list that was ordered while another
        was open is of another reach, and is not handed out any more.
        """
        rows = super().in_scope_of(user, action)
        if action != "export":
            return rows
        return rows.filter(emergency__in=Emergency.objects.open().keys())

    def waiting(self):
        """People to whom nobody has spoken yet."""
        return self.filter(state=State.WAITING)

    def contradicted(self):
        """People of whom two workers told differently, each without the other."""
        return self.filter(is_contradicted=True)

    def sheltered(self, *, is_drill: bool = False):
        """People who are in a shelter now: of open emergencies in earnest.

        Those of exercises take nobody's bed and are counted apart.
        """
        return self.filter(
            state=State.MOVED,
            shelter__isnull=False,
            emergency__status=Status.OPEN,
            emergency__is_drill=is_drill,
        )

    def with_homes(self):
        """The lines with everything that sorts them by door and names them."""
        return self.select_related(
            "resident__household__building__lane",
            "resident__org_unit",
            "org_unit__community",
            "shelter",
            "told_by",
        )


class RollCall(ScopedModel):
    """One person on the list of an emergency, and how it stands with him.

    The state is that of the newest event; `safety.actions.calling` alone writes it, out
    of the events. `org_unit` is where the person belonged when he was listed. Nothing
    of a line goes into the history, which nobody can destroy.
    """

    emergency = models.ForeignKey(
        Emergency, models.PROTECT, related_name="lines", verbose_name=_("应急响应")
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        related_name="roll_calls",
        verbose_name=_("居民"),
    )
    # Of somebody found on the spot who has no record.
    name = models.CharField(_("姓名或称呼"), max_length=50, blank=True)
    place = models.CharField(_("所在位置"), max_length=100, blank=True)
    reason = models.CharField(_("列入原因"), max_length=120)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("列入人"),
    )
    state = models.CharField(
        _("情况"), max_length=10, choices=State, default=State.WAITING
    )
    state_at = models.DateTimeField(_("最近登记"), null=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("登记人"),
    )
    shelter = models.ForeignKey(
        Shelter,
        models.PROTECT,
        null=True,
        related_name="lines",
        verbose_name=_("安置点"),
    )
    note = models.CharField(_("记一句"), max_length=NOTE_LENGTH, blank=True)
    # The days on which the person was first reached, and first moved.
    contacted_on = models.DateField(_("首次联系"), null=True)
    moved_on = models.DateField(_("首次转移"), null=True)

    # Somebody else told otherwise without knowing of what was told last.
    is_contradicted = models.BooleanField(_("登记不一致"), default=False)

    objects = RollCallQuerySet.as_manager()
    fact_labels = {"whom": _("姓名"), "address": _("住址"), "standing": _("情况")}

    class Meta:
        verbose_name = verbose_name_plural = _("应急点名")
        ordering = ["pk"]
        permissions = [("export_rollcall", _("导出应急点名"))]
        constraints = [
            models.UniqueConstraint(
                fields=["emergency", "resident"],
                name="one_line_per_emergency_and_resident",
                violation_error_message=_("此人已在这次点名名单里。"),
            ),
            models.UniqueConstraint(
                fields=["emergency", "org_unit", "name", "place"],
                condition=Q(resident=None),
                name="one_line_per_person_found_on_the_spot",
                violation_error_message=_("同一地点已有同名的人，请核对。"),
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=False, name="")
                | (Q(resident=None) & ~Q(name="")),
                name="a_line_names_one_person",
                violation_error_message=_("请写明是谁。"),
            ),
            models.CheckConstraint(
                condition=Q(shelter=None) | Q(state=State.MOVED),
                name="only_who_was_moved_is_in_a_shelter",
                violation_error_message=_("转移了的人才有安置点。"),
            ),
        ]
        indexes = [
            models.Index(fields=["emergency", "state"], name="roll_call_by_state")
        ]

    def __str__(self):
        return str(self.resident) if self.resident_id else self.name

    @property
    def whom(self) -> str:
        return str(self)

    @property
    def subject(self):
        """Who stands at the door: a resident, or the line itself for who has none."""
        return self.resident or self

    @property
    def address(self) -> str:
        return self.resident.address if self.resident_id else self.place

    @property
    def mark(self) -> str:
        """What tells this standing of the line from any later one."""
        return self.state_at.isoformat() if self.state_at else ""

    @property
    def standing(self) -> str:
        """State and shelter: 已转移，瑞安市第二中学."""
        where = self.shelter if self.shelter_id else ""
        return formats.phrased([self.get_state_display(), where])


class RollCallEvent(models.Model):
    """Somebody told how it stands with a person: who, when, from what, to what.

    Rows are only added; the database refuses changes, and lets them go only when all of
    the emergency is destroyed. A step that was taken back is named by the event that
    did it, and counts nowhere.
    """

    line = models.ForeignKey(
        RollCall, models.PROTECT, related_name="events", verbose_name=_("应急点名")
    )
    # Made by the page or the phone before sending: sent twice it is one event.
    client_uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    before = models.CharField(_("原情况"), max_length=10, choices=State)
    state = models.CharField(_("情况"), max_length=10, choices=State)
    shelter = models.ForeignKey(
        Shelter,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("安置点"),
    )
    note = models.CharField(_("记一句"), max_length=NOTE_LENGTH, blank=True)
    # When it was so, which may be long before a phone was back in reach.
    happened_at = models.DateTimeField(_("发生时间"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("登记人"),
    )
    takes_back = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="taken_back_by",
        verbose_name=_("撤回的登记"),
    )

    objects = ScopedQuerySet.as_manager()
    scope_path = "line__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("点名登记")
        ordering = ["happened_at", "pk"]
        indexes = [
            models.Index(fields=["line", "happened_at"], name="roll_event_by_line")
        ]

    def __str__(self):
        return f"{self.get_state_display()} {formats.cn_day_time(self.happened_at)}"

    def get_scope_path(self) -> str:
        return self.line.org_unit.path
