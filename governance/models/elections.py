from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, OrgUnit, Resident, ScopedModel
from communities.scoping import ScopedQuerySet
from governance.models.bodies import Body
from governance.models.members import Member
from toolkit import formats

MOST_SEATS = 9
COMMITTEE_POSTS = (Member.Post.HEAD, Member.Post.DEPUTY, Member.Post.MEMBER)
POST_CHOICES = [
    (Member.Post.HEAD, _("主任")),
    (Member.Post.DEPUTY, _("副主任")),
    (Member.Post.MEMBER, _("委员")),
]


class Mode(models.TextChoices):
    """Who votes (居委会法 14); a villagers' committee is elected by all voters."""

    VOTERS = "voters", _("全体选民")
    HOUSEHOLDS = "households", _("每户派代表")
    REPRESENTATIVES = "representatives", _("居民代表")


class ElectionStatus(models.TextChoices):
    DRAFT = "draft", _("筹备中")
    LISTED = "listed", _("名单公示中")
    FROZEN = "frozen", _("名单已确定")
    NOMINATED = "nominated", _("候选人已公布")
    ANNOUNCED = "announced", _("结果已公布")
    INVALID = "invalid", _("选举无效")
    DISCARDED = "discarded", _("已取消")


Status = ElectionStatus
# The list of voters may change until it is frozen.
LIST_OPEN = (Status.DRAFT, Status.LISTED)
RUNNING = (*LIST_OPEN, Status.FROZEN, Status.NOMINATED)
# What residents may read; an election that was called off is told no more.
PUBLIC = (Status.LISTED, Status.FROZEN, Status.NOMINATED, Status.ANNOUNCED)


class ElectionQuerySet(ScopedQuerySet):
    def running(self):
        """Elections that are prepared or held, not over yet."""
        return self.filter(status__in=RUNNING)

    def published(self):
        """Elections of which residents have been told: the list is on the board."""
        return self.filter(status__in=PUBLIC).order_by("-held_on", "-pk")

    def held_in(self, period):
        """Elections whose result was announced, by the day of election."""
        return self.filter(period.on("held_on"), status=Status.ANNOUNCED)


class Election(CaseModel):
    """The election of a residents' or villagers' committee, or of some of its members.

    A change of term (F021) begins a new term of the committee; a by-election fills
    vacancies for the rest of the term (居委会法 24, 村委会法 23).
    """

    class Kind(models.TextChoices):
        GENERAL = "general", _("换届选举")
        BY_ELECTION = "by", _("补选")

    # The unit of the committee.
    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("社区（村）"),
    )
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="elections", verbose_name=_("选举的委员会")
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=Status,
        default=Status.DRAFT,
        editable=False,
    )
    kind = models.CharField(
        _("选举类别"), max_length=10, choices=Kind, default=Kind.GENERAL
    )
    mode = models.CharField(
        _("选举方式"), max_length=16, choices=Mode, default=Mode.VOTERS
    )
    held_on = models.DateField(_("选举日"))
    place = models.CharField(_("投票地点"), max_length=60, blank=True)
    heads = models.PositiveSmallIntegerField(_("主任名额"), default=1)
    deputies = models.PositiveSmallIntegerField(_("副主任名额"), default=1)
    members = models.PositiveSmallIntegerField(_("委员名额"), default=5)
    number = models.PositiveSmallIntegerField(_("第几届"), null=True, blank=True)
    document = models.CharField(_("换届文号"), max_length=60, blank=True)
    audit_published_on = models.DateField(
        _("离任审计结果公布日期"), null=True, blank=True
    )
    met_on = models.DateField(_("候选人与居民见面日期"), null=True, blank=True)
    proxies_published_on = models.DateField(
        _("委托投票名单公布日期"), null=True, blank=True
    )
    # Written by the steps of the election.
    list_published_on = models.DateField(_("名单公布日期"), null=True, editable=False)
    frozen_on = models.DateField(_("名单确定日期"), null=True, editable=False)
    candidates_published_on = models.DateField(
        _("候选人公布日期"), null=True, editable=False
    )
    announced_on = models.DateField(_("结果公布日期"), null=True, editable=False)

    objects = ElectionQuerySet.as_manager()
    fact_labels = {"seats_words": _("应选名额"), "voters_words": _("名单人数")}

    class Meta:
        verbose_name = verbose_name_plural = _("委员会选举")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(status__in=RUNNING),
                name="one_running_election_per_committee",
                violation_error_message=_("这个委员会已有正在进行的选举。"),
            ),
            models.CheckConstraint(
                condition=Q(heads__lte=1),
                name="an_election_fills_one_head_at_most",
                violation_error_message=_("主任只有一名。"),
            ),
            models.CheckConstraint(
                condition=Q(heads__gt=0) | Q(deputies__gt=0) | Q(members__gt=0),
                name="an_election_fills_a_seat",
                violation_error_message=_("请填应选名额。"),
            ),
        ]

    def __str__(self):
        return f"{self.body}　{self.get_kind_display()}"

    def save(self, **kwargs):
        self.org_unit_id = self.body.org_unit_id
        super().save(**kwargs)

    @property
    def is_general(self) -> bool:
        return self.kind == self.Kind.GENERAL

    @property
    def is_list_open(self) -> bool:
        return self.status in LIST_OPEN

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @cached_property
    def seats(self) -> dict[str, int]:
        """How many are to be elected to each post; posts without a seat left out."""
        counts = zip(
            COMMITTEE_POSTS, (self.heads, self.deputies, self.members), strict=True
        )
        return {post.value: count for post, count in counts if count}

    @property
    def seats_words(self) -> str:
        """主任1名、副主任1名、委员5名."""
        labels = dict(POST_CHOICES)
        words = _("%(post)s%(count)d名")
        return formats.listed(
            str(words % {"post": labels[post], "count": count})
            for post, count in self.seats.items()
        )

    def entitled(self) -> int:
        """How many ballots may be cast: voters, or the delegates among them."""
        rows = self.voters.listed()
        return (rows if self.mode == Mode.VOTERS else rows.delegates()).count()

    @property
    def voters_words(self) -> str:
        """选民1,203人，其中户代表402人."""
        words = _("%(count)s人") % {
            "count": formats.count(self.voters.listed().count())
        }
        if self.mode == Mode.VOTERS:
            return str(words)
        told = {"mode": self.get_mode_display(), "count": self.entitled()}
        return formats.phrased([words, _("其中%(mode)s%(count)d人") % told])


class OfElection(ScopedModel):
    """Base of what belongs to an election; its unit is the election's."""

    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("社区（村）"),
    )

    class Meta:
        abstract = True

    def save(self, **kwargs):
        self.org_unit_id = self.election.org_unit_id
        super().save(**kwargs)


class CaseOfElection(OfElection, CaseModel):
    """Base of what belongs to an election and has a life of its own."""

    class Meta:
        abstract = True


class OfficerQuerySet(ScopedQuerySet):
    def serving(self):
        """Members of an election committee who have not left; substitutes too."""
        return self.filter(left_on=None)


class ElectionOfficer(OfElection):
    """Somebody of an election committee, or next to enter it (art. 15 of both laws)."""

    class Post(models.TextChoices):
        HEAD = "head", _("主任")
        DEPUTY = "deputy", _("副主任")
        MEMBER = "member", _("委员")
        SUBSTITUTE = "substitute", _("递补人选")

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="officers", verbose_name=_("选举")
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("居民档案"),
    )
    name = models.CharField(_("姓名"), max_length=50)
    post = models.CharField(_("职务"), max_length=10, choices=Post)
    # The order in which they were chosen; substitutes enter by it.
    rank = models.PositiveSmallIntegerField(_("推选次序"), default=1)
    left_on = models.DateField(_("退出日期"), null=True, editable=False)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("选举委员会成员")
        ordering = ["election", "rank", "pk"]
        permissions = [("export_electionofficer", _("导出选举委员会成员"))]
        constraints = [
            models.UniqueConstraint(
                fields=["election"],
                condition=Q(left_on=None, post="head"),
                name="an_election_committee_has_one_head",
                violation_error_message=_("选举委员会已有主任。"),
            ),
            models.UniqueConstraint(
                fields=["election", "resident"],
                condition=Q(left_on=None, resident__isnull=False),
                name="a_person_sits_once_in_an_election_committee",
                violation_error_message=_("此人已在选举委员会。"),
            ),
        ]

    def __str__(self):
        return self.name
