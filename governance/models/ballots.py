from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from toolkit.privacy.fields import SealedTextField

LONGEST_VOTER = 40


class Poll(models.Model):
    """One ballot box: what is asked, of whom, and the sum once it is counted.

    A motion of a meeting has one; so may a round of appraisal. `questions` is a list
    of {"key", "options"}. How it keeps a secret: docs/decisions/0008-secret-ballots.md.
    """

    class Way(models.TextChoices):
        HANDS = "hands", _("举手表决")
        NAMED = "named", _("记名投票")
        SECRET = "secret", _("无记名投票")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    way = models.CharField(_("表决方式"), max_length=10, choices=Way)
    questions = models.JSONField(_("表决事项"))
    opened_at = models.DateTimeField(_("开始时间"), auto_now_add=True)
    closed_at = models.DateTimeField(_("计票时间"), null=True)
    # {key: {option: votes}}, paper and online added up; nothing is kept of the parts.
    tally = models.JSONField(_("票数"), null=True)
    issued = models.PositiveIntegerField(_("发出票数"), null=True)
    returned = models.PositiveIntegerField(_("收回票数"), null=True)
    invalid = models.PositiveIntegerField(_("废票"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("票箱")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(
                    tally__isnull=False,
                    returned__lte=F("issued"),
                    invalid__lte=F("returned"),
                ),
                name="a_counted_poll_has_no_more_ballots_than_issued",
                violation_error_message=_("收回的票不能多于发出的票。"),
            )
        ]

    def __str__(self):
        return self.get_way_display()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Elector(models.Model):
    """Who may vote in a poll, and whether the vote was used; never what or when.

    All rows of a poll are written at its opening. `voter` names the person in the
    words of whoever holds the poll: "seat-12".
    """

    class Used(models.TextChoices):
        NOT = "", _("未投票")
        PAPER = "paper", _("领纸质票")
        ONLINE = "online", _("手机投票")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    poll = models.ForeignKey(
        Poll, models.CASCADE, related_name="electors", verbose_name=_("票箱")
    )
    voter = models.CharField(_("投票人"), max_length=LONGEST_VOTER)
    used = models.CharField(_("投票途径"), max_length=10, choices=Used, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("投票资格")
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "voter"],
                name="one_vote_per_poll_and_voter",
                violation_error_message=_("每人只有一票。"),
            )
        ]

    def __str__(self):
        return self.voter


class SealedBallot(models.Model):
    """A secret ballot cast online, sealed until the count and destroyed by it.

    It names nobody, has no time and no number; all of one poll are equally long.
    """

    uid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    poll = models.ForeignKey(
        Poll, models.CASCADE, related_name="+", verbose_name=_("票箱")
    )
    marks = SealedTextField(_("选票"))

    class Meta:
        verbose_name = verbose_name_plural = _("密封选票")

    def __str__(self):
        return str(self.uid)


class NamedBallot(models.Model):
    """How somebody voted where the names are to be written down."""

    poll = models.ForeignKey(
        Poll, models.CASCADE, related_name="named", verbose_name=_("票箱")
    )
    voter = models.CharField(_("投票人"), max_length=LONGEST_VOTER)
    marks = models.JSONField(_("选票"))

    class Meta:
        verbose_name = verbose_name_plural = _("记名选票")
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "voter"],
                name="one_named_ballot_per_poll_and_voter",
                violation_error_message=_("每人只有一票。"),
            )
        ]

    def __str__(self):
        return self.voter
