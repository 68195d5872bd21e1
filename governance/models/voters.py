from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.models import Resident
from communities.scoping import ScopedQuerySet
from governance.models.elections import CaseOfElection, Election, OfElection

# The law lets one voter vote for three others: 居委会法 19, 村委会法 18.
MOST_PRINCIPALS = 3


class VoterQuerySet(ScopedQuerySet):
    def listed(self):
        """Voters who stand on the list."""
        return self.filter(removed_on=None)

    def delegates(self):
        """Voters who vote for their household, or as representatives."""
        return self.filter(is_delegate=True)


class Voter(OfElection):
    """Somebody on the list of voters of an election, and on which ground."""

    class Basis(models.TextChoices):
        """On what ground one is registered: 居委会法 16, 村委会法 16."""

        REGISTERED = "registered", _("户籍在本社区（村）")
        LIVING = "living", _("户籍不在、在本社区常住")
        WORKER = "worker", _("本社区工作六个月以上的社区工作者")
        AWAY = "away", _("户籍在本村、不在本村居住，表示参加")
        YEAR = "year", _("在本村居住或工作一年以上，会议同意")

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="voters", verbose_name=_("选举")
    )
    # A worker from elsewhere has no record here.
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("居民档案"),
    )
    name = models.CharField(_("姓名"), max_length=50)
    basis = models.CharField(_("登记依据"), max_length=12, choices=Basis)
    declared_on = models.DateField(_("表示参加或申请的日期"), null=True, blank=True)
    since = models.DateField(_("从何时起居住或工作"), null=True, blank=True)
    agreed_on = models.DateField(_("会议同意日期"), null=True, blank=True)
    is_delegate = models.BooleanField(_("户代表（居民代表）"), default=False)
    reason = models.CharField(_("公布后补登的原因"), max_length=60, blank=True)
    removed_on = models.DateField(_("删除日期"), null=True, editable=False)

    objects = VoterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("选民")
        ordering = ["election", "pk"]
        permissions = [("export_voter", _("导出选民名单"))]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "resident"],
                condition=Q(removed_on=None, resident__isnull=False),
                name="a_resident_stands_once_on_a_list_of_voters",
                violation_error_message=_("此人已在选民名单上。"),
            ),
            models.CheckConstraint(
                condition=~Q(basis__in=["registered", "living", "away"])
                | Q(resident__isnull=False),
                name="a_voter_who_lives_here_has_a_record",
                violation_error_message=_("本社区（村）居民请从居民档案登记。"),
            ),
        ]

    def __str__(self):
        return self.name


class Objection(CaseOfElection):
    """An objection to the list of voters, and how it was decided (居委会法 17)."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("待处理")
        UPHELD = "upheld", _("成立，已更正名单")
        DISMISSED = "dismissed", _("不成立")

    class Wish(models.TextChoices):
        ADD = "add", _("应当列入而没有列入")
        REMOVE = "remove", _("不应列入而列入")

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="objections", verbose_name=_("选举")
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=Status,
        default=Status.RECEIVED,
        editable=False,
    )
    by_name = models.CharField(_("申诉人"), max_length=50)
    wish = models.CharField(_("申诉内容"), max_length=10, choices=Wish)
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="+", verbose_name=_("涉及的居民")
    )
    reason = models.CharField(_("申诉理由"), max_length=200)
    received_on = models.DateField(_("收到日期"))
    decided_on = models.DateField(_("处理日期"), null=True, editable=False)

    fact_labels = {"clock_words": _("处理期限")}

    class Meta:
        verbose_name = verbose_name_plural = _("选民名单申诉")
        ordering = ["-received_on", "-pk"]
        permissions = [("export_objection", _("导出选民名单申诉"))]

    def __str__(self):
        return str(
            _("%(name)s的申诉：%(wish)s")
            % {"name": self.by_name, "wish": self.get_wish_display()}
        )


class ProxyQuerySet(ScopedQuerySet):
    def open(self):
        """Proxies that stand: not withdrawn before the day of election."""
        return self.filter(withdrawn_on=None)


class Proxy(OfElection):
    """A voter who is away lets another one vote for him, in writing (居委会法 19)."""

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="proxies", verbose_name=_("选举")
    )
    principal = models.ForeignKey(
        Voter, models.PROTECT, related_name="+", verbose_name=_("委托人")
    )
    agent = models.ForeignKey(
        Voter, models.PROTECT, related_name="+", verbose_name=_("受托人")
    )
    # Which of the agent's three this is: two at once cannot take the same.
    place = models.PositiveSmallIntegerField(
        _("受托的第几人"), default=1, editable=False
    )
    written_on = models.DateField(_("委托书日期"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True, editable=False)

    objects = ProxyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("委托投票")
        ordering = ["election", "pk"]
        permissions = [("export_proxy", _("导出委托投票"))]
        constraints = [
            models.UniqueConstraint(
                fields=["principal"],
                condition=Q(withdrawn_on=None),
                name="a_voter_gives_one_proxy",
                violation_error_message=_("此人已委托他人投票。"),
            ),
            models.UniqueConstraint(
                fields=["agent", "place"],
                condition=Q(withdrawn_on=None),
                name="an_agent_votes_for_each_of_his_places_once",
                violation_error_message=_("刚才已有人登记，请再提交一次。"),
            ),
            models.CheckConstraint(
                condition=Q(place__range=(1, MOST_PRINCIPALS)),
                name="an_agent_votes_for_three_at_most",
                violation_error_message=_("每人接受的委托不得超过三人。"),
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("agent")),
                name="nobody_is_his_own_proxy",
                violation_error_message=_("委托人和受托人是同一人。"),
            ),
        ]

    def __str__(self):
        words = _("%(principal)s委托%(agent)s")
        return str(words % {"principal": self.principal, "agent": self.agent})
