from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, OrgUnit
from communities.scoping import ScopedQuerySet
from governance.models.matters import Matter, period_words
from toolkit import clocks
from toolkit.deadlines import Deadline
from toolkit.uploads import upload_path


class DisclosureStatus(models.TextChoices):
    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("待审")
    PUBLISHED = "published", _("公开中")
    WITHDRAWN = "withdrawn", _("已撤下")
    CORRECTED = "corrected", _("已更正")


class DisclosureQuerySet(ScopedQuerySet):
    def published(self):
        """What everybody may read: a matter for a few people stays on the board."""
        return self.filter(status="published", matter__audience=Matter.Audience.ALL)

    def newest_first(self):
        return self.order_by("-published_on", "-pk")


class Disclosure(CaseModel):
    """What a community tells its residents about one matter, approved by another.

    It stays up for at least fifteen days (T01; 城市居民委员会组织法 34,
    村民委员会组织法 35).
    A mistake is put right by another one that says which it corrects (F025).
    """

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("公开单位")
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=DisclosureStatus,
        default=DisclosureStatus.DRAFT,
        editable=False,
    )
    matter = models.ForeignKey(
        Matter, models.PROTECT, related_name="disclosures", verbose_name=_("公开事项")
    )
    title = models.CharField(_("标题"), max_length=80)
    body = models.TextField(_("公开内容"), max_length=10_000)
    # As a duty says it: the slug of the period, or the day of what happened at once.
    period = models.CharField(_("所属时间"), max_length=24)
    formed_on = models.DateField(_("信息形成日期"))
    statement = models.OneToOneField(
        "governance.Statement",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="disclosure",
        verbose_name=_("收支报表"),
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="corrections",
        verbose_name=_("更正"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("起草人"),
    )
    published_on = models.DateField(_("公开日期"), null=True, editable=False)
    # The last day of the shortest time for which it may be up, as of its publication.
    shown_until = models.DateField(_("至少公开到"), null=True, editable=False)
    taken_down_on = models.DateField(_("撤下日期"), null=True, editable=False)

    objects = DisclosureQuerySet.as_manager()
    fact_labels = {"period_words": _("所属时间")}

    class Meta:
        verbose_name = verbose_name_plural = _("公开内容")
        ordering = ["-pk"]
        permissions = [("publish_disclosure", _("审核并发布公开内容"))]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "matter", "period"],
                condition=Q(status="published"),
                name="a_matter_of_a_period_is_public_once",
                violation_error_message=_("这一期的这个事项已经公开，要改请办理更正。"),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(shown_until__gte=F("formed_on")),
                name="what_is_public_was_formed_before",
                violation_error_message=_("信息形成日期不能晚于公开期限。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "-published_on", "-id"], name="disclosure_newest"
            )
        ]

    def __str__(self):
        return self.title

    @property
    def period_words(self) -> str:
        return period_words(self.period)

    @property
    def is_draft(self) -> bool:
        return self.status == DisclosureStatus.DRAFT

    @cached_property
    def display(self) -> Deadline | None:
        """The clock of the shortest display, None before it is published."""
        if self.published_on is None:
            return None
        return clocks.run(
            clocks.limit("T01", profile=self.org_unit.rule_profile), self.published_on
        )

    @property
    def days_short(self) -> int:
        """For how many days it must still be up today, 0 once the time is over."""
        if self.shown_until is None:
            return 0
        return max(0, (self.shown_until - timezone.localdate()).days)


class PostingQuerySet(ScopedQuerySet):
    def up_on(self, day):
        """Sheets that hang on a board on a day."""
        still = Q(taken_down_on=None) | Q(taken_down_on__gt=day)
        return self.filter(still, put_up_on__lte=day)


class Posting(models.Model):
    """A sheet on the board by the door: where it hangs, since when, until when.

    Both laws demand a board beside whatever is told online (城市居民委员会组织法 34,
    村民委员会组织法 35).
    """

    disclosure = models.ForeignKey(
        Disclosure, models.PROTECT, related_name="postings", verbose_name=_("公开内容")
    )
    place = models.CharField(_("张贴位置"), max_length=60)
    put_up_on = models.DateField(_("张贴日期"))
    taken_down_on = models.DateField(_("取下日期"), null=True, editable=False)
    photo = models.FileField(
        _("照片"), upload_to=upload_path, max_length=120, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = PostingQuerySet.as_manager()
    scope_path = "disclosure__org_unit__path"
    fact_labels = {"has_photo": _("照片")}

    class Meta:
        verbose_name = verbose_name_plural = _("张贴记录")
        ordering = ["-put_up_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down_on=None) | Q(taken_down_on__gte=F("put_up_on")),
                name="a_sheet_is_taken_down_after_it_was_put_up",
                violation_error_message=_("取下日期不能早于张贴日期。"),
            )
        ]

    def __str__(self):
        return f"{self.disclosure}　{self.place}"

    def get_absolute_url(self) -> str:
        return reverse("governance:posting-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.disclosure.org_unit.path

    @property
    def has_photo(self) -> bool:
        return bool(self.photo)

    @cached_property
    def display(self) -> Deadline:
        """The clock of the shortest display on the board (T01)."""
        profile = self.disclosure.org_unit.rule_profile
        return clocks.run(
            clocks.limit("T01", profile=profile),
            self.put_up_on,
            done_at=self.taken_down_on,
        )

    @property
    def days_short(self) -> int:
        """By how many days it was, or now would be, taken down too soon."""
        day = self.taken_down_on or timezone.localdate()
        return max(0, (self.display.due_on - day).days)
