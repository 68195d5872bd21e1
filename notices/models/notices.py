from itertools import groupby

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Building, CaseModel, OrgUnit
from notices.querysets import NoticeQuerySet
from toolkit import formats

# Kinds of numbers that a notice may name besides the phones of the office.
PHONES_BESIDE_OFFICE = ("landline", "service", "short")


class Status(models.TextChoices):
    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("待审")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")


class Category(models.TextChoices):
    NOTICE = "notice", _("通知")
    ANNOUNCEMENT = "announcement", _("公告")
    DISCLOSURE = "disclosure", _("公示")
    PROCEDURE = "procedure", _("办事")
    ACTIVITY = "activity", _("活动")
    OUTAGE = "outage", _("停水停电")
    WORKS = "works", _("施工")
    SAFETY = "safety", _("安全提醒")


class Notice(CaseModel):
    """What the street or a community tells its residents, approved by a second person.

    Once it is published its text is sealed by a hash and never changes.
    """

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("发布单位")
    )
    status = models.CharField(
        _("状态"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    category = models.CharField(
        _("类别"), max_length=20, choices=Category, default=Category.NOTICE
    )
    title = models.CharField(_("标题"), max_length=100)
    gist = models.CharField(_("一句话要点"), max_length=200)
    body = models.TextField(_("正文"), max_length=20_000)
    # A rewritten, shorter text for the page in large type.
    easy_title = models.CharField(_("大字版标题"), max_length=40, blank=True)
    easy_body = models.TextField(_("大字版正文"), max_length=4_000, blank=True)
    # [{"label": "时间", "value": "11月25日"}, …] in the order in which they are shown.
    facts = models.JSONField(_("时间、地点等"), default=list, blank=True)
    contact = models.CharField(_("联系人"), max_length=50, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    document_number = models.CharField(_("文号"), max_length=40, blank=True)
    audience = models.ManyToManyField(
        OrgUnit, related_name="+", blank=True, verbose_name=_("发布范围")
    )
    # Inside the audience; none means everybody there.
    buildings = models.ManyToManyField(
        Building, related_name="+", blank=True, verbose_name=_("楼幢")
    )
    publish_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    expires_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    is_pinned = models.BooleanField(_("置顶"), default=False)
    is_emergency = models.BooleanField(_("紧急横幅"), default=False)
    # A list of persons stays out of search engines and ends by itself.
    lists_people = models.BooleanField(_("含有个人名单"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("起草人"),
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("最后修改人"),
    )
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="copies",
        verbose_name=_("复制自"),
    )
    # SHA-256 over what was published, attachments included; empty until then.
    content_hash = models.CharField(
        _("内容校验值"), max_length=64, blank=True, editable=False
    )

    objects = NoticeQuerySet.as_manager()

    fact_labels = {
        "audience_words": _("发布范围"),
        "facts_words": _("时间、地点等"),
        "flags_words": _("显示方式"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("通知公告")
        ordering = ["-pk"]
        permissions = [("publish_notice", _("审核并发布通知公告"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(publish_at=None)
                | Q(expires_at=None)
                | Q(expires_at__gt=F("publish_at")),
                name="notice_expires_after_it_is_published",
                violation_error_message=_("截止时间要晚于发布时间。"),
            ),
            models.CheckConstraint(
                condition=Q(is_emergency=False) | Q(expires_at__isnull=False),
                name="emergency_notice_has_an_end",
                violation_error_message=_("紧急横幅要写明截止时间。"),
            ),
            models.CheckConstraint(
                condition=Q(lists_people=False) | Q(expires_at__isnull=False),
                name="list_of_people_has_an_end",
                violation_error_message=_("个人名单要写明截止时间。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "-is_pinned", "-publish_at", "-id"],
                name="notice_newest_first",
            ),
            models.Index(
                fields=["status", "category", "-is_pinned", "-publish_at", "-id"],
                name="notice_newest_of_category",
            ),
            models.Index(fields=["status", "expires_at"], name="notice_by_end"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_sealed(self) -> bool:
        """Whether the notice was published once, so that its text is fixed."""
        return bool(self.content_hash)

    def is_public(self, now=None) -> bool:
        """Whether the public sees the notice at the moment."""
        now = now or timezone.now()
        return (
            self.status == Status.PUBLISHED
            and self.publish_at <= now
            and (self.expires_at is None or self.expires_at > now)
        )

    @property
    def audience_words(self) -> str:
        """To whom the notice speaks: 凤山社区：凤山巷1号、凤山巷3号."""
        units = formats.listed(self.audience.order_by("path"))
        rows = self.buildings.select_related("lane").order_by(
            "lane__pinyin", "lane_id", "order", "block", "pk"
        )
        lanes = "；".join(
            doors_in_words(list(doors))
            for _lane, doors in groupby(rows, key=lambda building: building.lane_id)
        )
        return f"{units}：{lanes}" if lanes else units

    @property
    def facts_words(self) -> str:
        return "；".join(f"{fact['label']}：{fact['value']}" for fact in self.facts)

    @property
    def flags_words(self) -> str:
        flags = [
            (self.is_pinned, _("置顶")),
            (self.is_emergency, _("紧急横幅")),
            (self.lists_people, _("含有个人名单")),
        ]
        return formats.listed(label for is_set, label in flags if is_set)


def doors_in_words(buildings: list[Building]) -> str:
    """Return the buildings of one lane: 凤山巷1、3、5号, with blocks each by itself."""
    if any(building.block for building in buildings):
        return formats.listed(building.address for building in buildings)
    numbers = "、".join(building.number for building in buildings)
    return f"{buildings[0].lane.name}{numbers}号"
