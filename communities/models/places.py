from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.base import ScopedModel


class Lane(ScopedModel):
    """A street or lane of the old town: 凤山巷, 菜巷. It may cross communities."""

    name = models.CharField(_("街巷名称"), max_length=50)
    pinyin = models.CharField(_("拼音"), max_length=120, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("街巷")
        ordering = ["pinyin", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "name"],
                name="one_lane_per_unit_and_name",
                violation_error_message=_("本社区（网格）已有同名的街巷。"),
            )
        ]

    def __str__(self):
        return self.name


class Building(ScopedModel):
    """A house or block: a number in a lane, perhaps with a block number behind it."""

    # The constraint on numbers begins with it.
    lane = models.ForeignKey(
        Lane,
        models.PROTECT,
        related_name="buildings",
        db_index=False,
        verbose_name=_("街巷"),
    )
    # Old houses have a number in their lane, estates a block and staircases.
    number = models.CharField(_("门牌号"), max_length=20)
    block = models.CharField(_("幢"), max_length=20, blank=True)
    # The number part of the door number: 2 comes before 12.
    order = models.PositiveIntegerField(_("门牌顺序"), default=0, editable=False)
    floors = models.PositiveSmallIntegerField(_("层数"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("楼幢")
        ordering = ["lane__pinyin", "order", "block", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lane", "number", "block"],
                name="one_building_per_lane_number_and_block",
                violation_error_message=_("这条街巷已有同一门牌、同一幢号的楼幢。"),
            )
        ]

    def __str__(self):
        return self.address

    def save(self, **kwargs):
        self.order = leading_number(self.number)
        super().save(**kwargs)

    @property
    def address(self) -> str:
        """The address from the lane on, in the fixed order with fixed suffixes."""
        block = f"{self.block}幢" if self.block else ""
        return f"{self.lane.name}{self.number}号{block}"


def leading_number(text: str) -> int:
    """Return the number at the head of a door or room number, 0 where none is."""
    digits = ""
    for character in text:
        if not character.isdecimal():
            break
        digits += character
    return min(int(digits or 0), 2_000_000_000)
