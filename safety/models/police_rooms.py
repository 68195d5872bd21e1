from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet


class PoliceRoomQuerySet(ScopedQuerySet):
    def staffed_on(self, day):
        """Rooms that are open and have an officer on the day."""
        return self.filter(
            Q(closed_on=None) | Q(closed_on__gt=day),
            Q(posted_until=None) | Q(posted_until__gte=day),
            posted_since__lte=day,
        ).exclude(officer="")


class PoliceRoom(ScopedModel):
    """The police room of a community, and the officer whom residents may call.

    Name, post and number of the community policeman are public (F090, F091).
    """

    address = models.CharField(_("地址"), max_length=100)
    hours = models.CharField(_("在岗时间"), max_length=60, blank=True)
    officer = models.CharField(_("社区民警姓名"), max_length=50, blank=True)
    officer_post = models.CharField(_("民警职务"), max_length=50, blank=True)
    badge = models.CharField(_("警号"), max_length=10, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30)
    posted_since = models.DateField(_("到岗日期"))
    posted_until = models.DateField(_("任职到期"), null=True, blank=True)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True, editable=False)

    objects = PoliceRoomQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("警务室")
        ordering = ["org_unit__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit"],
                condition=Q(closed_on=None),
                name="one_open_police_room_per_unit",
                violation_error_message=_(
                    "本社区（网格）已有警务室，请修改原来的，或先撤销。"
                ),
            )
        ]

    def __str__(self):
        return _("%(unit)s警务室") % {"unit": self.org_unit.name}
