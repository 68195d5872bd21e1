from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet, scope_of
from toolkit.formats import phrased
from visits import intervals


class RuleQuerySet(ScopedQuerySet):
    def in_scope_of(self, user, action: str = "view"):
        """Rules are made above and read below: a worker reads those of the street."""
        rows = super().in_scope_of(user, action)
        if action != "view":
            return rows
        scope = scope_of(user, "visits.view_visitrule")
        above = {path for one in scope.paths for path in steps_of(one)}
        return rows | self.filter(org_unit__path__in=above)

    def current(self):
        """Rules in force."""
        return self.filter(ended_on=None)

    def automatic(self):
        """Rules that find their people by age and household."""
        return self.filter(Q(min_age__isnull=False) | Q(only_alone=True))


def steps_of(path: str) -> list[str]:
    """Return the path of a unit and of every unit above it."""
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[:end]) + "/" for end in range(1, len(codes) + 1)]


class VisitRule(ScopedModel):
    """How often people of one category are visited, and on what that rests."""

    class Tier(models.TextChoices):
        HIGH = "high", _("高风险")
        KEY = "key", _("重点")
        GENERAL = "general", _("一般")

    class Unit(models.TextChoices):
        DAY = intervals.DAY, _("天")
        WEEK = intervals.WEEK, _("周")
        MONTH = intervals.MONTH, _("月")
        QUARTER = intervals.QUARTER, _("季度")

    class SourceMark(models.TextChoices):
        """Where the source comes from; what others do is no basis yet."""

        ARTICLE = "article", _("上级文件")
        REPORT = "report", _("参照资料（待核）")
        OFFICE = "office", _("街道规定")

    slug = models.SlugField(_("代号"), max_length=40)
    number = models.PositiveSmallIntegerField(_("序号"), default=0)
    name = models.CharField(_("人员类别"), max_length=40)
    short_name = models.CharField(
        _("简称"), max_length=10, help_text=_("走访清单上用，如“独居”。")
    )
    tier = models.CharField(_("层级"), max_length=10, choices=Tier, default=Tier.KEY)
    interval = models.PositiveSmallIntegerField(
        _("间隔"), default=1, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    interval_unit = models.CharField(
        _("间隔单位"), max_length=10, choices=Unit, default=Unit.MONTH
    )
    first_within_days = models.PositiveSmallIntegerField(
        _("列入后几天内首访"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(92)],
    )
    extra_within_hours = models.PositiveSmallIntegerField(
        _("情况变化后几小时内加访"),
        null=True,
        blank=True,
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )
    # An automatic rule finds its people; the others are enrolled by hand.
    min_age = models.PositiveSmallIntegerField(
        _("自动列入：年满几岁"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(120)],
    )
    only_alone = models.BooleanField(_("自动列入：只限独自居住"), default=False)
    # Of the interval; the first and the extra visit rest on sources of their own.
    source = models.CharField(_("间隔依据"), max_length=120)
    article = models.CharField(_("条款"), max_length=60, blank=True)
    source_mark = models.CharField(
        _("依据来源"), max_length=10, choices=SourceMark, default=SourceMark.OFFICE
    )
    first_source = models.CharField(
        _("首访期限依据"), max_length=120, blank=True, help_text=_("不填就是街道自定。")
    )
    extra_source = models.CharField(
        _("加访时限依据"), max_length=120, blank=True, help_text=_("不填就是街道自定。")
    )
    # The last days on which the daily duty looked for people, and for missed visits.
    enrolled_on = models.DateField(_("最近一次自动列入"), null=True, editable=False)
    counted_on = models.DateField(_("最近一次清点漏访"), null=True, editable=False)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = RuleQuerySet.as_manager()
    fact_labels = {
        "pace": _("频次"),
        "who": _("列入方式"),
        "stated_source": _("间隔依据"),
        "first_basis": _("首访期限依据"),
        "extra_basis": _("加访时限依据"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("走访频次")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "slug"],
                name="one_visit_rule_per_unit_and_slug",
                violation_error_message=_("这个单位已有这条走访频次。"),
            ),
            models.CheckConstraint(
                condition=Q(interval__gte=1),
                name="visit_interval_is_positive",
                violation_error_message=_("间隔至少为1。"),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_automatic(self) -> bool:
        return self.min_age is not None or self.only_alone

    @property
    def pace(self) -> str:
        """The interval in words: 每周一次, 每2个月一次."""
        if self.interval == 1:
            return str(ONCE[self.interval_unit])
        return EVERY[self.interval_unit] % {"count": self.interval}

    @property
    def who(self) -> str:
        """How people come under the rule, in words: 自动：年满80岁，独自居住."""
        if not self.is_automatic:
            return gettext("人工列入")
        words = []
        if self.min_age is not None:
            words.append(gettext("年满%(age)d岁") % {"age": self.min_age})
        if self.only_alone:
            words.append(gettext("独自居住"))
        return gettext("自动：%(words)s") % {"words": phrased(words)}

    @property
    def reason(self) -> str:
        """What stands beside a name in the day's list: 独居，每周一次."""
        return phrased((self.short_name, self.pace))

    @property
    def line(self) -> str:
        """Where it stands in the office's own table: 街道走访频次表第1项."""
        return gettext("街道走访频次表第%(number)d项") % {"number": self.number}

    @property
    def basis(self) -> str:
        """What lists and prints cite: source and article, else the line of the table.

        What others do is named on the page of the rule alone: the office cannot rest
        a visit on it.
        """
        if self.is_example(self.source):
            words = {"line": self.line, "name": self.name, "pace": self.pace}
            return gettext("%(line)s（%(name)s，%(pace)s）") % words
        return self.source_words

    @property
    def source_words(self) -> str:
        """Source and article of the interval in one line."""
        return phrased((self.source, self.article))

    def is_example(self, source: str) -> bool:
        """Whether a source of the rule is what others do, and nobody has ordered."""
        is_unconfirmed = self.source_mark == self.SourceMark.REPORT
        return is_unconfirmed and source.startswith(self.source)

    def cited(self, source: str) -> str:
        """Return the line of the table and what it rests on, for a sentence."""
        if self.is_example(source):
            return self.line
        return phrased((self.line, self.stated(source)))

    def stated(self, source: str) -> str:
        """Return a source as the page of the rule names it."""
        if self.is_example(source):
            words = gettext("参照资料，待街道发文确认：%(source)s")
            return words % {"source": source}
        return source or gettext("街道自定")

    @property
    def stated_source(self) -> str:
        """What the interval rests on."""
        return self.stated(self.source)

    @property
    def first_basis(self) -> str:
        """What the days until the first visit rest on."""
        return self.stated(self.first_source)

    @property
    def extra_basis(self) -> str:
        """What the hours until the visit after a change rest on."""
        return self.stated(self.extra_source)

    def next_after(self, day: date) -> date:
        """Return the day by which the next visit is owed after one on `day`."""
        return intervals.later(day, self.interval, self.interval_unit)


class FormerTerms(models.Model):
    """How often a rule asked for visits until it was changed.

    What was owed under it is told by it for ever: a change holds from the next visit.
    """

    rule = models.ForeignKey(
        VisitRule,
        models.PROTECT,
        related_name="former_terms",
        verbose_name=_("走访频次"),
    )
    until = models.DateTimeField(_("到何时为止"))
    interval = models.PositiveSmallIntegerField(_("间隔"))
    interval_unit = models.CharField(
        _("间隔单位"), max_length=10, choices=VisitRule.Unit
    )
    extra_within_hours = models.PositiveSmallIntegerField(
        _("情况变化后几小时内加访"), null=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("走访频次原规定")
        ordering = ["until", "pk"]

    def __str__(self):
        return str(self.rule)

    def next_after(self, day: date) -> date:
        """Return the day by which the next visit was owed after one on `day`."""
        return intervals.later(day, self.interval, self.interval_unit)


ONCE = {
    VisitRule.Unit.DAY: _("每天一次"),
    VisitRule.Unit.WEEK: _("每周一次"),
    VisitRule.Unit.MONTH: _("每月一次"),
    VisitRule.Unit.QUARTER: _("每季度一次"),
}
EVERY = {
    VisitRule.Unit.DAY: _("每%(count)d天一次"),
    VisitRule.Unit.WEEK: _("每%(count)d周一次"),
    VisitRule.Unit.MONTH: _("每%(count)d个月一次"),
    VisitRule.Unit.QUARTER: _("每%(count)d个季度一次"),
}
