from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, Resident
from communities.scoping import ScopedQuerySet
from governance.models.bodies import Body
from governance.models.members import Member
from toolkit.privacy.blind import blind_index

CODE_KIND = "meeting_code"


class MeetingQuerySet(ScopedQuerySet):
    def held(self):
        """Meetings to which enough people came."""
        return self.filter(status=Meeting.Status.CLOSED, is_valid=True)

    def held_in(self, period):
        """Meetings of the period that were held as the law asks."""
        return self.held().filter(period.at("starts_at"))


class Meeting(CaseModel):
    """A meeting of a body or of all residents: called, attended, decided (F016, F017).

    The laws on assembly and representatives: 居委会法 26–30, 村委会法 25–30.
    """

    class Kind(models.TextChoices):
        CONGRESS = "congress", _("居民（村民）代表会议")
        ADULTS = "adults", _("居民（村民）会议·全体成年居民")
        HOUSEHOLDS = "households", _("居民（村民）会议·户的代表")
        COMMITTEE = "committee", _("委员会会议")
        COUNCIL = "council", _("议事协商会议")
        PARTY = "party", _("党组织会议")

    class Status(models.TextChoices):
        DRAFT = "draft", _("筹备")
        CALLED = "called", _("已通知")
        READY = "ready", _("名册已定")
        OPEN = "open", _("开会中")
        CLOSED = "closed", _("已散会")
        CANCELLED = "cancelled", _("已取消")

    class Demand(models.TextChoices):
        """Who wants the meeting; the laws ask a share of the last three."""

        OWN = "own", _("按规定召集")
        REPRESENTATIVES = "representatives", _("代表联名提议")
        ADULTS = "adults", _("成年居民联名提议")
        HOUSEHOLDS = "households", _("户的代表联名提议")

    # It belongs to the unit of its body.
    org_unit = None
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="meetings", verbose_name=_("组织")
    )
    kind = models.CharField(_("会议类别"), max_length=12, choices=Kind)
    title = models.CharField(_("会议名称"), max_length=60)
    starts_at = models.DateTimeField(_("开会时间"))
    place = models.CharField(_("地点"), max_length=60)
    agenda = models.TextField(_("议程"), max_length=1000)
    demand = models.CharField(
        _("由谁提议"), max_length=20, choices=Demand, default=Demand.OWN
    )
    demanded_by = models.PositiveIntegerField(_("联名人数"), null=True, blank=True)
    # 遇有特殊情况的，可以临时通知: 居委会法 26, 村委会法 25.
    urgency = models.CharField(_("临时通知的特殊情况"), max_length=100, blank=True)
    status = models.CharField(
        _("状态"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    # What the code of the sign-in sheet says of the meeting: no running number.
    door = models.UUIDField(default=uuid4, editable=False, unique=True)
    called_at = models.DateTimeField(_("通知时间"), null=True, editable=False)
    entitled = models.PositiveIntegerField(_("应到人数"), null=True, editable=False)
    present = models.PositiveIntegerField(_("实到人数"), null=True, editable=False)
    paper_signatures = models.PositiveIntegerField(
        _("纸质签到人数"), null=True, blank=True, editable=False
    )
    is_valid = models.BooleanField(_("到会人数有效"), null=True, editable=False)
    finding = models.TextField(_("到会认定"), blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()
    scope_path = "body__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("会议")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_valid=None) | Q(status="closed"),
                name="only_a_closed_meeting_is_found_valid_or_not",
                violation_error_message=_("散会以后才认定到会人数是否有效。"),
            ),
            models.CheckConstraint(
                condition=Q(demand="own") ^ Q(demanded_by__isnull=False),
                name="a_demanded_meeting_counts_who_demands_it",
                violation_error_message=_("联名提议的要填联名人数，其他不填。"),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:meeting-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.body.org_unit.path

    @property
    def unit(self):
        """The community or village whose law it obeys."""
        return self.body.org_unit

    @property
    def agenda_lines(self) -> list[str]:
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]

    @property
    def is_assembly(self) -> bool:
        return self.kind in (self.Kind.ADULTS, self.Kind.HOUSEHOLDS)

    @property
    def is_planned(self) -> bool:
        """Whether its call, its agenda and its day may still be changed."""
        return self.status == self.Status.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_over(self) -> bool:
        return self.status in (self.Status.CLOSED, self.Status.CANCELLED)


class SeatQuerySet(ScopedQuerySet):
    def present(self):
        """Who signed in."""
        return self.exclude(signed_in_at=None)

    def of_code(self, code: str):
        """The seat of the invitation with this code."""
        return self.filter(code=blind_index(CODE_KIND, code))


class Seat(models.Model):
    """Somebody on the roll of a meeting: entitled to come, to speak and to vote."""

    class Way(models.TextChoices):
        NOT = "", _("未签到")
        PAPER = "paper", _("纸质签到")
        PHONE = "phone", _("手机签到")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="seats", verbose_name=_("会议")
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("组织成员"),
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("居民档案"),
    )
    name = models.CharField(_("姓名"), max_length=50)
    post = models.CharField(_("职务"), max_length=20, blank=True)
    # A keyed hash: the code itself stands on the invitation alone.
    code = models.BinaryField(null=True, unique=True, editable=False)
    way = models.CharField(_("签到方式"), max_length=10, choices=Way, blank=True)
    signed_in_at = models.DateTimeField(_("签到时间"), null=True)

    objects = SeatQuerySet.as_manager()
    scope_path = "meeting__body__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("会议名册")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                name="a_member_has_one_seat_in_a_meeting",
                violation_error_message=_("名册里已有此人。"),
            ),
            models.UniqueConstraint(
                fields=["meeting", "resident"],
                name="a_resident_has_one_seat_in_a_meeting",
                violation_error_message=_("名册里已有此人。"),
            ),
            models.CheckConstraint(
                condition=Q(way="") ^ Q(signed_in_at__isnull=False),
                name="who_signed_in_did_it_in_some_way",
                violation_error_message=_("签到要有方式和时间。"),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return self.meeting.get_absolute_url()

    def get_scope_path(self) -> str:
        return self.meeting.get_scope_path()

    @property
    def voter(self) -> str:
        """What a poll calls this person."""
        return f"seat-{self.pk}"
