"""Forms of residents without an account; they work without script and cookies."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.models import Complaint, Matter
from governance.models.questions import CODE_LENGTH, LONGEST_TEXT
from toolkit.forms import TypedForm

BOX = forms.Textarea(attrs={"rows": 5, "class": "form-control"})
CHOICE = forms.Select(attrs={"class": "form-select"})


class FromResident(TypedForm, forms.Form):
    """A text and a field that no person sees: whoever fills that in is a program."""

    text = forms.CharField(max_length=LONGEST_TEXT, widget=BOX)
    homepage = forms.CharField(required=False, widget=forms.TextInput)

    def clean_homepage(self):
        if self.cleaned_data["homepage"]:
            raise ValidationError(_("请把最后一栏留空。"))
        return ""


class AskForm(FromResident):
    """A question on a disclosure."""

    is_open = forms.BooleanField(
        label=_("同意公开我的问题和答复，不显示是谁问的"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("您的问题")


class ComplainForm(FromResident):
    """Something that a community has not published, or that is not true."""

    unit = forms.ChoiceField(label=_("哪个社区（村）"), widget=CHOICE)
    kind = forms.ChoiceField(label=_("什么情况"), choices=Complaint.Kind, widget=CHOICE)
    matter = forms.ModelChoiceField(
        Matter.objects.filter(closed_on=None),
        label=_("哪个事项"),
        required=False,
        empty_label=_("不清楚，或不在里面"),
        widget=CHOICE,
    )

    field_order = ("unit", "kind", "matter", "text")

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("说说情况")
        chosen = [(unit.code, unit.name) for unit in units]
        self.fields["unit"].choices = [("", _("请选择")), *chosen]


class CodeForm(TypedForm, forms.Form):
    """The code that was told when something was written."""

    code = forms.CharField(
        label=_("查询码"),
        # With blanks and hyphens between the signs.
        max_length=2 * CODE_LENGTH,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
