import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, OrgUnit
from communities.scoping import ScopedQuerySet
from governance.models.disclosure import Disclosure
from governance.models.matters import Matter
from toolkit import clocks, formats
from toolkit.deadlines import Deadline
from toolkit.privacy.blind import blind_index

# Letters and figures that nobody takes for one another.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH, LONGEST_TEXT, TITLE_LENGTH = 10, 500, 24


def new_code() -> str:
    """Return a code that opens what its owner has asked: 49 bits, told once."""
    return "".join(secrets.choice(SIGNS) for _sign in range(CODE_LENGTH))


def hash_of(code: str) -> str:
    """Return what is stored of a code, in whatever letters and groups it is typed."""
    plain = code.upper().replace("-", "").replace(" ", "")
    return blind_index("governance_code", plain).hex()


class Asked(CaseModel):
    """What a resident without an account has written, and the office's reply.

    The asker is not known; a code that only he has leads him back to the reply.
    """

    code_hash = models.CharField(max_length=32, unique=True, editable=False)
    text = models.TextField(_("内容"), max_length=LONGEST_TEXT, editable=False)
    reply = models.TextField(_("答复"), max_length=2_000, blank=True)
    replied_at = models.DateTimeField(_("答复时间"), null=True, editable=False)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("答复人"),
    )

    fact_labels = {"asked_words": _("提出时间"), "clock_words": _("期限")}

    class Meta:
        abstract = True

    def __str__(self):
        return self.head

    @property
    def head(self) -> str:
        """How it begins, for lists."""
        text = self.text.replace("\n", " ")
        return f"{text[:TITLE_LENGTH]}…" if len(text) > TITLE_LENGTH else text

    @property
    def asked_words(self) -> str:
        return formats.cn_datetime(self.created_at)

    @property
    def clock_words(self) -> str:
        """Until when, and by which rule."""
        return self.deadline.why


class QuestionStatus(models.TextChoices):
    ASKED = "asked", _("待答复")
    ANSWERED = "answered", _("已答复")
    DECLINED = "declined", _("不予答复")


class QuestionQuerySet(ScopedQuerySet):
    def published(self):
        """Answered questions whose asker agreed that everybody may read them."""
        return self.filter(status="answered", is_open=True)

    def waiting(self):
        return self.filter(status="asked")

    def asked_in(self, period):
        return self.filter(period.at("created_at"))


class Question(Asked):
    """A resident's question on a disclosure: residents may inquire.

    城市居民委员会组织法 34, 村民委员会组织法 35. How soon it is answered the street
    promises itself (T22).
    """

    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("公开单位"),
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=QuestionStatus,
        default=QuestionStatus.ASKED,
        editable=False,
    )
    disclosure = models.ForeignKey(
        Disclosure,
        models.PROTECT,
        editable=False,
        related_name="questions",
        verbose_name=_("公开内容"),
    )
    is_open = models.BooleanField(_("同意公开问答"), default=False, editable=False)
    # The last day, as it was when the question came.
    due_on = models.DateField(_("最迟答复日期"), editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("居民提问")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="asked") | ~Q(reply=""),
                name="an_answered_question_has_a_reply",
                violation_error_message=_("办结的提问要有答复。"),
            )
        ]

    @cached_property
    def deadline(self) -> Deadline:
        limit = clocks.limit("T22", profile=self.org_unit.rule_profile)
        return clocks.run(limit, self.created_at, done_at=self.replied_at)


class ComplaintStatus(models.TextChoices):
    RECEIVED = "received", _("待受理")
    ACCEPTED = "accepted", _("核实中")
    ORDERED = "ordered", _("属实，已责令公布")
    UNFOUNDED = "unfounded", _("不属实")


class ComplaintQuerySet(ScopedQuerySet):
    def waiting(self):
        return self.filter(status__in=("received", "accepted"))


class Complaint(Asked):
    """A resident tells the street that something was not published, or is not true.

    The street finds out and orders the publication (城市居民委员会组织法 35,
    村民委员会组织法 36); how soon, 信访工作条例 23 and 34 say (T17).
    """

    class Kind(models.TextChoices):
        MISSING = "missing", _("应公开没有公开")
        UNTRUE = "untrue", _("公开的内容不真实")

    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("被反映单位"),
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=ComplaintStatus,
        default=ComplaintStatus.RECEIVED,
        editable=False,
    )
    kind = models.CharField(
        _("反映情况"), max_length=8, choices=Kind, default=Kind.MISSING, editable=False
    )
    matter = models.ForeignKey(
        Matter,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("公开事项"),
    )
    accepted_at = models.DateTimeField(_("受理时间"), null=True, editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("公开投诉")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("received", "accepted")) | ~Q(reply=""),
                name="a_decided_complaint_has_a_reply",
                violation_error_message=_("办结的投诉要有答复。"),
            )
        ]

    @cached_property
    def deadline(self) -> Deadline:
        """Fifteen days to say whether it is taken up, then sixty to decide."""
        if self.accepted_at is None:
            return clocks.run(clocks.limit("T17", "inform"), self.created_at)
        limit = clocks.limit("T17", "decide")
        return clocks.run(limit, self.accepted_at, done_at=self.replied_at)


class AskingTally(models.Model):
    """How often one network address has written in one hour; only the last is kept.

    The address is stored as a keyed hash, so that nobody reads from it who wrote.
    """

    address = models.CharField(_("来源"), max_length=32)
    hour = models.DateTimeField(_("小时"))
    count = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("居民提交次数")
        ordering = ["address", "hour"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "hour"],
                name="one_tally_per_address_and_hour",
                violation_error_message=_("这一小时的次数已经记过。"),
            )
        ]

    def __str__(self):
        return f"{self.hour:%Y-%m-%d %H} {self.count}"
