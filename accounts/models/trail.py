from django.db.models import Case, OuterRef, Subquery, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from communities.scoping import RegisterQuerySet
from toolkit import formats
from toolkit.audit_fields import condition_words, field_words
from toolkit.audit_words import (
    act_words,
    batch_words,
    purpose_words,
    refused_words,
    subject_words,
)
from toolkit.models import AuditEvent


class TrailQuerySet(RegisterQuerySet):
    def with_unit_names(self):
        """Read with each event the name of the unit that it concerns."""
        units = OrgUnit.objects.filter(path=OuterRef("subject_path"))
        is_grid = When(level=OrgUnit.Level.GRID, then=Concat("community__name", "name"))
        named = units.values_list(Case(is_grid, default="name"))
        return self.annotate(unit_name=Subquery(named))


class Trail(AuditEvent):
    """The audit trail as the auditor reads it."""

    objects = TrailQuerySet.as_manager()
    is_register = True
    fact_labels = {
        "moment": _("时间"),
        "who": _("操作人"),
        "act": _("动作"),
        "about": _("对象"),
        "where": _("所属社区或网格"),
        "which": _("字段或栏目"),
        "under": _("条件"),
        "what_for": _("用途"),
        "barred": _("被拒功能"),
        "run": _("批次"),
    }

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("审计记录")

    def __str__(self):
        return f"{self.act}　{self.moment}"

    @property
    def moment(self) -> str:
        """To the second: people open several records within a minute."""
        return formats.cn_moment(self.at)

    @property
    def who(self) -> str:
        """The person's name; the portal itself for what nobody ordered."""
        is_unknown = self.verb in ("login-failed", "login-locked")
        is_stranger = self.verb == "refused"
        nobody = _("未登录") if is_stranger else "" if is_unknown else _("系统")
        return self.actor_name or str(nobody)

    @property
    def act(self) -> str:
        return act_words(self)

    @property
    def about(self) -> str:
        return subject_words(self)

    @property
    def where(self) -> str:
        """The unit in which the record lies, or all of the records."""
        return getattr(self, "unit_name", "") or self.subject_path

    @property
    def which(self) -> str:
        return field_words(self)

    @property
    def under(self) -> str:
        return condition_words(self)

    @property
    def what_for(self) -> str:
        return purpose_words(self)

    @property
    def barred(self) -> str:
        return refused_words(self)

    @property
    def run(self) -> str:
        return batch_words(self)

    def get_absolute_url(self):
        return reverse("accounts:trail-detail", args=[self.pk])
