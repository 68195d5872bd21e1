from functools import cache

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities.models.org_units import OrgUnit
from communities.scoping import ScopedQuerySet


@cache
def choice_labels(field: models.Field, language: str | None) -> dict:
    """Return the labels of a field's choices in a language."""
    return {value: str(label) for value, label in field.flatchoices}


class ScopedModel(models.Model):
    """Base of every row that belongs to an org unit.

    A model that hangs below another one drops the field and sets
    `scope_path = "hazard__org_unit__path"`.
    """

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("所属社区或网格")
    )
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "org_unit__path"

    class Meta:
        abstract = True

    def get_absolute_url(self):
        meta = self._meta
        return reverse(f"{meta.app_label}:{meta.model_name}-detail", args=[self.pk])

    def _get_FIELD_display(self, field):  # noqa: N802 - Django's own name
        """Return the label of a choice; Django builds all labels for each call."""
        value = getattr(self, field.attname)
        return choice_labels(field, get_language()).get(value, value)

    def get_scope_path(self) -> str:
        """Return the path of the unit to which the row belongs, "" for none."""
        row = self
        for name in self.scope_path.split("__"):
            row = getattr(row, name, None)
        return row or ""


class CaseModel(ScopedModel):
    """Base of every row that a workflow moves. Only `Workflow.apply` sets `status`."""

    status = models.CharField(_("状态"), max_length=20, editable=False)
    status_since = models.DateTimeField(
        _("状态时间"), default=timezone.now, editable=False
    )

    class Meta:
        abstract = True
