from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models.fields import CodeField
from communities.scoping import ScopedQuerySet
from governance.models.elections import POST_CHOICES, CaseOfElection, Election
from governance.models.voters import Voter
from toolkit import formats


class CandidateQuerySet(ScopedQuerySet):
    def standing(self):
        """Candidates who have neither withdrawn nor been struck off."""
        return self.filter(status=Candidate.Status.NOMINATED)


class Candidate(CaseOfElection):
    """Somebody proposed for a post: by whom, whether he still stands (居委会法 18)."""

    class Status(models.TextChoices):
        NOMINATED = "nominated", _("候选人")
        WITHDRAWN = "withdrawn", _("本人退出")
        DISQUALIFIED = "disqualified", _("取消资格")

    class By(models.TextChoices):
        PARTY = "party", _("社区（村）党组织提名")
        VOTERS = "voters", _("选民（村民）提名")

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="candidates", verbose_name=_("选举")
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=Status,
        default=Status.NOMINATED,
        editable=False,
    )
    voter = models.ForeignKey(
        Voter, models.PROTECT, related_name="candidacies", verbose_name=_("选民")
    )
    post = models.CharField(_("竞选职务"), max_length=10, choices=POST_CHOICES)
    # The order of the posts, so that a list begins with the head.
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    nominated_by = models.CharField(_("提名方式"), max_length=10, choices=By)
    nominators = models.PositiveSmallIntegerField(
        _("联合提名人数"), null=True, blank=True
    )
    name = models.CharField(_("姓名"), max_length=50, editable=False)
    sex = CodeField(_("性别"), codes="sex")
    birth_year = models.PositiveSmallIntegerField(_("出生年份"), null=True, blank=True)
    education = CodeField(_("文化程度"), codes="education")
    about = models.CharField(_("简介（对居民公开）"), max_length=120, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("候选人")
        ordering = ["order", "pk"]
        permissions = [("export_candidate", _("导出候选人"))]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "voter"],
                condition=Q(status="nominated"),
                name="a_voter_stands_for_one_post",
                violation_error_message=_("此人已是候选人。"),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.name = self.voter.name
        self.order = [post for post, _label in POST_CHOICES].index(self.post)
        super().save(**kwargs)


class BallotCountQuerySet(ScopedQuerySet):
    def signed(self):
        """Counts that a second person has signed, round by round."""
        return self.filter(status=BallotCount.Status.SIGNED).order_by("round")


class BallotCount(CaseOfElection):
    """The count of one round: ballots issued, returned, invalid; two people sign it."""

    class Status(models.TextChoices):
        TYPED = "typed", _("待复核")
        SIGNED = "signed", _("已签字确认")

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="counts", verbose_name=_("选举")
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=Status,
        default=Status.TYPED,
        editable=False,
    )
    round = models.PositiveSmallIntegerField(_("第几轮"), editable=False)
    held_on = models.DateField(_("投票日期"))
    entitled = models.PositiveIntegerField(_("有投票权人数"), editable=False)
    issued = models.PositiveIntegerField(_("发出选票"))
    returned = models.PositiveIntegerField(_("收回选票"))
    invalid = models.PositiveIntegerField(_("废票"))
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("计票人"),
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("复核人"),
    )

    objects = BallotCountQuerySet.as_manager()
    fact_labels = {"valid": _("有效票"), "turnout_words": _("选举是否有效")}

    class Meta:
        verbose_name = verbose_name_plural = _("计票记录")
        ordering = ["election", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "round"],
                name="one_count_per_election_and_round",
                violation_error_message=_("这一轮已经登记计票。"),
            ),
            models.CheckConstraint(
                condition=Q(issued__lte=models.F("entitled")),
                name="no_more_ballots_issued_than_voters",
                violation_error_message=_("发出的选票不能多于有投票权的人数。"),
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=models.F("issued")),
                name="no_more_ballots_returned_than_issued",
                violation_error_message=_("收回的选票多于发出的，这次投票无效。"),
            ),
            models.CheckConstraint(
                condition=Q(invalid__lte=models.F("returned")),
                name="no_more_ballots_invalid_than_returned",
                violation_error_message=_("废票不能多于收回的选票。"),
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=models.F("typed_by")),
                name="a_count_is_signed_by_another_person",
                violation_error_message=_("复核人不能是计票人本人。"),
            ),
        ]

    def __str__(self):
        words = _("%(election)s第%(round)d轮计票")
        return str(words % {"election": self.election, "round": self.round})

    @property
    def valid(self) -> int:
        """Ballots that count for or against somebody."""
        return self.returned - self.invalid

    @property
    def ballots_words(self) -> str:
        """发出200张，收回133张，有效130张，废票3张."""
        words = _(
            "发出%(issued)s张，收回%(returned)s张，有效%(valid)s张，废票%(bad)s张"
        )
        told = {"issued": self.issued, "returned": self.returned}
        told |= {"valid": self.valid, "bad": self.invalid}
        return str(words % {key: formats.count(one) for key, one in told.items()})


class CandidateVotes(models.Model):
    """How many ballots of a round name a candidate."""

    count = models.ForeignKey(
        BallotCount, models.CASCADE, related_name="votes", verbose_name=_("计票记录")
    )
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="+", verbose_name=_("候选人")
    )
    number = models.PositiveIntegerField(_("得票"))

    class Meta:
        verbose_name = verbose_name_plural = _("候选人得票")
        ordering = ["-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["count", "candidate"],
                name="a_candidate_is_counted_once_a_round",
                violation_error_message=_("这名候选人的得票已经登记。"),
            )
        ]

    def __str__(self):
        return f"{self.candidate}　{self.number}"
