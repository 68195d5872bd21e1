from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.base import ScopedModel
from communities.models.fields import SortKeyField
from communities.models.places import Building, leading_number
from communities.scoping import ScopedQuerySet

# Values of HouseholdEvent.Kind with which a household begins.
FOUNDING = ("found", "split")


class HouseholdQuerySet(ScopedQuerySet):
    def open(self):
        """Households that have not been closed."""
        return self.filter(closed_on=None)


class Household(ScopedModel):
    """People who live under one household number at one address, with one head."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("家庭户")
        COLLECTIVE = "collective", _("集体户")

    number = models.CharField(_("户号"), max_length=30)
    kind = models.CharField(_("户别"), max_length=10, choices=Kind, default=Kind.FAMILY)
    building = models.ForeignKey(
        Building,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="households",
        # The index of doors begins with it.
        db_index=False,
        verbose_name=_("楼幢"),
    )
    staircase = models.CharField(_("单元"), max_length=10, blank=True)
    room = models.CharField(_("室"), max_length=20, blank=True)
    # The number part of the room, so that floors come in order.
    room_order = models.PositiveIntegerField(_("室号顺序"), default=0, editable=False)
    address = models.CharField(_("住址"), max_length=120)
    # Lane, door, staircase, room as one string that sorts in walking order.
    address_key = SortKeyField(max_length=160, blank=True, editable=False)
    # The day from which a household counts that a later roster brought; empty for those
    # of the first one and for those that a step founded.
    entered_on = models.DateField(_("补登日期"), null=True, editable=False)
    closed_on = models.DateField(_("销户日期"), null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()
    fact_labels = {"unit_name": _("社区和网格")}

    class Meta:
        verbose_name = verbose_name_plural = _("住户")
        ordering = ["org_unit__path", "number"]
        permissions = [("export_household", _("导出住户"))]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "number"],
                condition=Q(closed_on=None),
                name="one_open_household_per_unit_and_number",
                violation_error_message=_("这个户号在本网格已有一户在用。"),
            )
        ]
        indexes = [
            models.Index(
                fields=["building", "staircase", "room_order"], name="household_by_door"
            ),
            models.Index(fields=["address_key", "id"], name="household_by_address"),
            models.Index(fields=["number", "id"], name="household_by_number"),
        ]

    def __str__(self):
        return f"{self.number} {self.address}"

    def save(self, **kwargs):
        self.room_order = leading_number(self.room)
        self.address_key = walking_key(self.building, self.staircase, self.room)
        super().save(**kwargs)

    @property
    def unit_name(self) -> str:
        return self.org_unit.full_name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


def walking_key(building, staircase: str, room: str) -> str:
    """Return the string that sorts doors in walking order; "~" puts no address last."""
    if building is None:
        return "~"
    stairs, door = leading_number(staircase), leading_number(room)
    return (
        f"{building.lane.pinyin or building.lane.name} {building.order:06d}"
        f"{building.block} {stairs:03d} {door:06d}"
    )[:160]


class HouseholdStep(ScopedModel):
    """One step of a household's life as it was confirmed, with what stood before.

    `before` and `after` hold ids, codes, addresses and dates of the households and
    members it touched, so that the step can be taken back exactly. Rows are never
    changed; a step that was taken back is named by the step that did it.
    """

    class Kind(models.TextChoices):
        FOUND = "found", _("立户")
        SPLIT = "split", _("分户")
        MERGE = "merge", _("并户")
        TRANSFER = "transfer", _("转户")
        JOIN = "join", _("入户")
        LEAVE = "leave", _("离户")
        NEW_HEAD = "new_head", _("变更户主")
        RELATE = "relate", _("补填关系")
        MOVE = "move", _("迁移住址")
        CLOSE = "close", _("销户")
        UNDO = "undo", _("撤销")

    kind = models.CharField(_("事项"), max_length=10, choices=Kind)
    happened_on = models.DateField(_("发生日期"))
    reported_on = models.DateField(_("登记日期"), default=timezone.localdate)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    before = models.JSONField(_("办理前"), default=dict)
    after = models.JSONField(_("办理后"), default=dict)
    households = models.ManyToManyField(
        Household, related_name="steps", verbose_name=_("住户")
    )
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="undone_by",
        verbose_name=_("撤销的事项"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("经办人"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("住户办理")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reported_on__gte=models.F("happened_on")),
                name="a_step_is_reported_after_it_happened",
                violation_error_message=_("登记日期不能早于发生日期。"),
            )
        ]

    def __str__(self):
        return f"{self.happened_on} {self.get_kind_display()}"


class HouseholdEvent(models.Model):
    """One dated line in the life of a household: who joined, who left, the new head."""

    class Kind(models.TextChoices):
        FOUND = "found", _("立户")
        SPLIT = "split", _("分户")
        MERGE = "merge", _("并户")
        JOIN = "join", _("入户")
        LEAVE = "leave", _("离户")
        NEW_HEAD = "new_head", _("变更户主")
        RELATE = "relate", _("变更与户主关系")
        MOVE = "move", _("迁移住址")
        CLOSE = "close", _("销户")
        REOPEN = "reopen", _("恢复住户")
        UNDO = "undo", _("撤销")

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="events", verbose_name=_("住户")
    )
    step = models.ForeignKey(
        HouseholdStep,
        models.PROTECT,
        null=True,
        related_name="events",
        verbose_name=_("住户办理"),
    )
    other = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("另一住户"),
    )
    resident = models.ForeignKey(
        "communities.Resident",
        models.PROTECT,
        null=True,
        related_name="household_events",
        verbose_name=_("居民"),
    )
    kind = models.CharField(_("事项"), max_length=10, choices=Kind)
    happened_on = models.DateField(_("发生日期"), default=timezone.localdate)
    reported_on = models.DateField(_("登记日期"), default=timezone.localdate)
    # Codes of the relation to the head before and after, or the old and new address.
    before = models.CharField(_("原来"), max_length=120, blank=True)
    after = models.CharField(_("现在"), max_length=120, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("经办人"),
    )

    objects = ScopedQuerySet.as_manager()
    scope_path = "household__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("住户变动")
        ordering = ["-happened_on", "-pk"]

    def __str__(self):
        return f"{self.happened_on} {self.get_kind_display()}"

    def get_scope_path(self) -> str:
        return self.household.org_unit.path
