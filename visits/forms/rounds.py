from datetime import timedelta

from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from communities.scoping import scope_of
from toolkit.forms import RowsField, StaffForm
from toolkit.permissions import permission_name
from visits.models import ExtraRound, VisitRule

# What lasts longer is no occasion any more but a rhythm.
LONGEST = timedelta(days=31)


class ExtraRoundForm(StaffForm):
    """Why, where, whom and by when; the people follow from the rules."""

    rules = RowsField(
        label=_("人员类别"),
        queryset=VisitRule.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择要加访哪几类人。")},
    )

    class Meta:
        model = ExtraRound
        fields = ["occasion", "title", "org_unit", "rules", "begins_on", "last_day"]
        help_texts = {
            "title": _("写清是哪一次，例如“第7号台风加访”。"),
            "begins_on": _("从这天起的走访都算。"),
            "last_day": _("过了这天自动结束，没见到的不再催，只留在名单里。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Seen in one place and opened in another is not enough.
        reach = scope_of(self.user, permission_name(ExtraRound, "add")).as_q("path")
        units = OrgUnit.objects.current().filter(reach)
        field = self.fields["org_unit"]
        field.queryset = units.select_related("community").order_by("path")
        rules = self.fields["rules"]
        rules.queryset = rules.queryset.current().order_by("number")
        rules.label_from_instance = name_of
        pick = "bootstrap5/yh_pick.html"
        self.helper.layout = Layout(
            Fieldset(
                _("为什么加访"), "occasion", "title", "org_unit", css_class="yh-section"
            ),
            Field("rules", template=pick, wrapper_class="yh-section"),
            Fieldset(_("什么时候"), "begins_on", "last_day", css_class="yh-section"),
        )

    def clean(self):
        data = super().clean()
        begins, last = data.get("begins_on"), data.get("last_day")
        if begins and begins < timezone.localdate():
            self.add_error("begins_on", _("不能早于今天。"))
        if begins and last and last - begins >= LONGEST:
            self.add_error("last_day", ValidationError(_("一次加访最长31天。")))
        return data

    def save(self, commit=True):
        self.instance.opened_by = self.user
        return super().save(commit)


def name_of(rule: VisitRule) -> str:
    return rule.name
