from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet
from toolkit.formats import cn_date, cn_day, cn_span

ONE_DAY = timedelta(days=1)


class CaseloadQuerySet(ScopedQuerySet):
    def with_ends(self):
        """Caseloads that know when the next main worker of their unit began."""
        later = Caseload.objects.filter(
            org_unit=OuterRef("org_unit"),
            kind=Caseload.Kind.MAIN,
            since__gt=OuterRef("since"),
        )
        following = later.order_by("since").values("since")[:1]
        return self.annotate(followed_on=Subquery(following))

    def lasting(self, day: date):
        """Caseloads that had begun by the day and were not over on it."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def in_force(self, day: date):
        """Of each unit the newest main worker and the newest substitute of the day."""
        newer = Caseload.objects.lasting(day).filter(
            org_unit=OuterRef("org_unit"),
            kind=OuterRef("kind"),
            since__gt=OuterRef("since"),
        )
        return self.lasting(day).filter(~Exists(newer))

    def responsible_on(self, day: date):
        """Who was responsible on the day: for each unit one caseload at most.

        A substitute goes before the worker for whom he stands in.
        """
        standing_in = Caseload.objects.lasting(day).filter(
            org_unit=OuterRef("org_unit"), kind=Caseload.Kind.SUBSTITUTE
        )
        is_substitute = Q(kind=Caseload.Kind.SUBSTITUTE)
        return self.in_force(day).filter(is_substitute | ~Exists(standing_in))


class Caseload(ScopedModel):
    """From a day on a worker is responsible for the visits of a grid.

    The main worker of a day is the one who began last: nobody's end is written, the
    next beginning is the end. So two of them can never answer for the same day, and
    none is taken away afterwards. A substitute stands in for days that are set.
    """

    class Kind(models.TextChoices):
        MAIN = "main", _("责任人")
        SUBSTITUTE = "substitute", _("代班")

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="caseloads",
        verbose_name=_("责任人"),
    )
    kind = models.CharField(
        _("类别"), max_length=10, choices=Kind, default=Kind.MAIN, editable=False
    )
    since = models.DateField(_("起始日期"))
    # The first day that is no longer covered, as every period ends; of a substitute
    # alone. A substitution that was ended before it began covers no day.
    until = models.DateField(null=True, editable=False)
    hand_over = models.ForeignKey(
        "visits.HandOver",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="caseloads",
        verbose_name=_("交接单"),
    )

    objects = CaseloadQuerySet.as_manager()
    fact_labels = {"lasting_words": _("起止日期")}

    class Meta:
        verbose_name = verbose_name_plural = _("责任区")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "kind", "since"],
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="one_caseload_begins_in_a_unit_on_a_day",
                violation_error_message=_("这个网格同一天已经换过一次人。"),
            ),
            models.CheckConstraint(
                condition=Q(kind="main", until=None)
                | Q(kind="substitute", until__isnull=False),
                name="only_a_substitute_has_an_end",
                violation_error_message=_("代班要写明到哪天；责任人不写。"),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="caseload_ends_after_it_begins",
                violation_error_message=_("代班不能在开始以前就结束。"),
            ),
        ]
        indexes = [models.Index(fields=["worker", "since"], name="caseload_by_worker")]

    def __str__(self):
        return f"{self.org_unit.full_name}　{self.worker}"

    @property
    def unit_name(self) -> str:
        return self.org_unit.full_name

    @property
    def is_substitute(self) -> bool:
        return self.kind == self.Kind.SUBSTITUTE

    @property
    def last_day(self) -> date | None:
        """The last day that was set, or the one before the next main worker began.

        Only of rows read with their ends (`with_ends`).
        """
        end = self.until if self.is_substitute else self.followed_on
        return end and end - ONE_DAY

    @property
    def lasting_words(self) -> str:
        """From when until when: 2026年11月1日至今."""
        if self.until == self.since:
            return gettext("没有开始就取消了")
        if last := self.last_day:
            return cn_span(self.since, last)
        if self.since > timezone.localdate():
            return gettext("%(day)s起") % {"day": cn_date(self.since)}
        return cn_span(self.since, None)

    @property
    def who(self) -> str:
        """吴丽君, or 陈晓东（代班至12月5日）."""
        if not self.is_substitute:
            return str(self.worker)
        words = gettext("%(name)s（代班至%(day)s）")
        return words % {"name": self.worker, "day": cn_day(self.until - ONE_DAY)}
