from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.fields import HOME_LEVELS, NONE_WORD, narrow_units, replaces
from communities.identity import check_credit_code, check_phone, describe
from communities.models import Building, Lane, Organisation
from communities.pinyin import sort_key
from toolkit.forms import StaffForm
from toolkit.privacy.masks import mask_phone


class LaneForm(StaffForm):
    class Meta:
        model = Lane
        fields = ["org_unit", "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.add_lane")

    def save(self, commit=True):
        self.instance.pinyin = sort_key(self.instance.name)
        return super().save(commit)


class BuildingForm(StaffForm):
    class Meta:
        model = Building
        fields = ["org_unit", "lane", "number", "block", "floors"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.add_building", HOME_LEVELS)
        self.fields["number"].help_text = _("只写数字，如12；附号写12-1。")
        self.fields["block"].help_text = _("小区楼幢的幢号，只写数字；老屋留空。")

    def clean_number(self):
        return self.cleaned_data["number"].strip().removesuffix("号")

    def clean_block(self):
        return self.cleaned_data["block"].strip().removesuffix("幢")


class OrganisationForm(StaffForm):
    """A unit of the area; its phone is never sent back, and stays when left empty."""

    sensitive = ("contact", "phone")

    phone = forms.CharField(
        label=gettext_lazy("单位电话"), max_length=40, required=False
    )

    class Meta:
        model = Organisation
        fields = [
            "org_unit",
            "name",
            "kind",
            "credit_code",
            "address",
            "contact",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.add_organisation", HOME_LEVELS)
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}
        if now := mask_phone(self.instance.phone):
            self.fields["phone"].help_text = replaces(now)

    def clean_credit_code(self):
        return self.checked("credit_code", check_credit_code)

    def clean_phone(self):
        text = self.cleaned_data["phone"].strip()
        return text if text == NONE_WORD else self.checked("phone", check_phone)

    def save(self, commit=True):
        text = self.cleaned_data["phone"]
        if text:
            self.instance.phone = "" if text == NONE_WORD else text
        return super().save(commit)

    def checked(self, name: str, check) -> str:
        """Return the number as it is stored; an empty field stays empty."""
        text = self.cleaned_data[name]
        if not text.strip():
            return ""
        found = check(text)
        if not found.ok:
            self.add_error(name, describe(found))
        return found.number
