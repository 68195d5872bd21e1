from uuid import uuid4

from crispy_forms.layout import Fieldset, Layout
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from toolkit.forms import StaffForm
from visits.actions import keep_terms
from visits.models import VisitRule

WHOM = ("name", "short_name", "tier", "number", "min_age", "only_alone")
HOW_OFTEN = ("interval", "interval_unit", "first_within_days", "extra_within_hours")
BASIS = (
    "source",
    "article",
    "source_mark",
    "first_source",
    "extra_source",
    "org_unit",
)


class VisitRuleForm(StaffForm):
    """How often a category of person is visited; the office decides, with a source."""

    class Meta:
        model = VisitRule
        fields = [*WHOM, *HOW_OFTEN, *BASIS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Fieldset(_("走访对象"), *WHOM, css_class="yh-section"),
            Fieldset(_("多久一次"), *HOW_OFTEN, css_class="yh-section"),
            Fieldset(_("凭什么"), *BASIS, css_class="yh-section"),
        )

    def clean(self):
        data = super().clean()
        if data.get("only_alone") and data.get("min_age") is None:
            raise ValidationError(
                _("只限独自居住的，还要填年满几岁，否则会列入所有独居的人。")
            )
        return data

    def save(self, commit=True):
        # A name for programs; only the rules of the data file have a spoken one.
        self.instance.slug = self.instance.slug or f"own-{uuid4().hex[:12]}"
        # Tomorrow is too late: a changed rule looks for its people at the next round.
        self.instance.enrolled_on = None
        if commit:
            keep_terms(self.instance)
        return super().save(commit)
