from django.utils.translation import gettext as _

from communities.forms.fields import HOME_LEVELS, narrow_units
from communities.identity import check_credit_code, check_phone, describe
from communities.models import Building, Lane, Organisation
from communities.pinyin import sort_key
from toolkit.forms import StaffForm


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
    class Meta:
        model = Organisation
        fields = [
            "org_unit",
            "name",
            "kind",
            "credit_code",
            "address",
            "contact",
            "phone",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.add_organisation", HOME_LEVELS)

    def clean_credit_code(self):
        return self.checked("credit_code", check_credit_code)

    def clean_phone(self):
        return self.checked("phone", check_phone)

    def checked(self, name: str, check) -> str:
        """Return the number as it is stored; an empty field stays empty."""
        text = self.cleaned_data[name]
        if not text.strip():
            return ""
        found = check(text)
        if not found.ok:
            self.add_error(name, describe(found))
        return found.number
