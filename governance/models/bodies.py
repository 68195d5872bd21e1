from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet
from toolkit import formats


class BodyQuerySet(ScopedQuerySet):
    def open_on(self, day):
        """Bodies that had been set up and not dissolved by the end of the day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def in_office_on(self, day):
        """Bodies whose term had begun and not run out on the day.

        Of two terms the later one counts, even where the former was not over.
        """
        lasting = Q(ends_on=None) | Q(ends_on__gte=day)
        standing = Term.objects.last_begun_on(day).filter(lasting, body=OuterRef("pk"))
        return self.open_on(day).filter(Exists(standing))

    def with_rank_on(self, day):
        """The rows, each with the rank it had on the day, and that of what is above it.

        An organisation that was raised later was then what its next upgrade says.
        """
        upgrades = self.model._meta.apps.get_model("governance", "Upgrade").objects
        later = upgrades.filter(upgraded_on__gt=day).order_by("upgraded_on", "pk")
        own = later.filter(body=OuterRef("pk")).values("before")[:1]
        above = later.filter(body=OuterRef("parent")).values("before")[:1]
        return self.annotate(
            rank_then=Coalesce(Subquery(own), F("rank")),
            rank_above=Coalesce(Subquery(above), F("parent__rank")),
        )

    def with_terms(self):
        """The rows, each with what its newest term says: days, document, head."""
        day = timezone.localdate()
        begun = Term.objects.filter(body=OuterRef("pk"), began_on__lte=day)
        newest = begun.order_by("-began_on", "-pk")
        members = self.model._meta.apps.get_model("governance", "Member").objects
        heads = members.serving().filter(term=OuterRef("newest_term"), post="head")
        said = ("pk", "began_on", "ends_on", "document")
        term, began_on, ends_on, document = (
            Subquery(newest.values(name)[:1]) for name in said
        )
        rows = self.annotate(newest_term=term, began_on=began_on, ends_on=ends_on)
        head = Subquery(heads.values("name")[:1])
        return rows.annotate(document=document, head=head)


class Body(ScopedModel):
    """One of the organisations that govern a community or village (F014, F015).

    The four of the founding document; the supervision committee that both laws have
    required since (城市居民委员会组织法 36, 村民委员会组织法 37, as of 2025); and the
    committees below a residents' committee (9 of either law). Party branches stand
    below their general branch.
    """

    class Kind(models.TextChoices):
        PARTY = "party", _("党组织")
        CONGRESS = "congress", _("居民（村民）代表会议")
        COUNCIL = "council", _("议事协商委员会")
        COMMITTEE = "committee", _("居民（村民）委员会")
        SUPERVISION = "supervision", _("居（村）务监督委员会")
        PART = "part", _("下属委员会")

    class Rank(models.TextChoices):
        """What a Party organisation is: by custom 3, 50 and 100 full members."""

        BRANCH = "branch", _("党支部")
        GENERAL = "general", _("党总支")
        COMMITTEE = "committee", _("党委")

    class Task(models.TextChoices):
        """The committees that article 9 of either law names."""

        MEDIATION = "mediation", _("人民调解")
        SECURITY = "security", _("治安保卫")
        HEALTH = "health", _("公共卫生")
        SURROUNDINGS = "surroundings", _("环境和物业管理（人居环境）")
        CARE = "care", _("老年人和妇女儿童")
        OTHER = "other", _("其他")

    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    rank = models.CharField(_("党组织形式"), max_length=12, choices=Rank, blank=True)
    task = models.CharField(_("工作内容"), max_length=12, choices=Task, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("上级组织"),
    )
    name = models.CharField(_("名称"), max_length=60)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True, editable=False)

    objects = BodyQuerySet.as_manager()
    fact_labels = {
        "head": _("负责人"),
        "began_on": _("本届产生日期"),
        "ends_on": _("任期届满"),
        "document": _("成立或换届文号"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("基层组织")
        ordering = ["org_unit__path", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "kind", "name"],
                condition=Q(closed_on=None),
                name="one_open_body_per_unit_kind_and_name",
                violation_error_message=_(
                    "本社区（网格）已有同类同名的组织，请修改原来的，或先撤销。"
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="party") ^ Q(rank=""),
                name="a_party_organisation_has_a_rank",
                violation_error_message=_("党组织要选形式，其他组织不选。"),
            ),
            models.CheckConstraint(
                condition=Q(kind="part") ^ Q(task=""),
                name="a_committee_below_another_has_a_task",
                violation_error_message=_("下属委员会要选工作内容，其他组织不选。"),
            ),
        ]

    def __str__(self):
        return self.name

    @cached_property
    def term(self):
        """The newest term that has begun, None where none is registered."""
        begun = self.terms.filter(began_on__lte=timezone.localdate())
        return begun.order_by("-began_on", "-pk").first()


class TermQuerySet(ScopedQuerySet):
    def last_begun_on(self, day):
        """Of each body the term that had begun last by the end of the day."""
        later = self.model.objects.filter(
            body=OuterRef("body"), began_on__lte=day, began_on__gt=OuterRef("began_on")
        )
        return self.filter(~Exists(later), began_on__lte=day)

    def ended_in(self, period):
        """Terms that ran out in the period while their body stood."""
        stood = Q(body__closed_on=None) | Q(body__closed_on__gte=F("ends_on"))
        return self.filter(stood, period.on("ends_on"))


class Term(models.Model):
    """One term of a body: how it came about, until when, by which document."""

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="terms", verbose_name=_("组织")
    )
    number = models.PositiveSmallIntegerField(_("届次"), null=True, blank=True)
    began_on = models.DateField(_("产生日期"))
    # Five years for both committees: art. 14 of either law.
    ends_on = models.DateField(_("任期届满"), null=True, blank=True)
    document = models.CharField(_("成立或换届文号"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = TermQuerySet.as_manager()
    scope_path = "body__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("任期")
        ordering = ["-began_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "began_on"],
                name="one_term_per_body_and_first_day",
                violation_error_message=_("这一天产生的一届已经登记过。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("began_on")),
                name="a_term_ends_after_it_begins",
                violation_error_message=_("任期届满要晚于产生日期。"),
            ),
        ]

    def __str__(self):
        return f"{self.body}　{self.words}"

    def get_absolute_url(self) -> str:
        return self.body.get_absolute_url()

    def get_scope_path(self) -> str:
        return self.body.org_unit.path

    @property
    def kept_with(self):
        """The unit to which its documents belong."""
        return self.body.org_unit

    @property
    def words(self) -> str:
        """第12届，2024年10月20日—2029年10月19日."""
        ordinal = _("第%(number)d届") % {"number": self.number} if self.number else ""
        return formats.phrased([ordinal, formats.cn_span(self.began_on, self.ends_on)])

    @cached_property
    def serving(self) -> list:
        """Its members who have not left, head first."""
        return list(self.members.serving().order_by("order", "pk"))
