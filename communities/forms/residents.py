"""The form of a resident: codes, ID check, phone check, household by number.

Sealed fields and the state of health are never sent to the browser: an update leaves
them as they are unless a new value is typed.
"""

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import codes, relations
from communities.actions.residents import change_resident
from communities.forms.checks import (
    check_document,
    check_one_phone,
    derived_from_id,
    refuse_duplicate,
)
from communities.forms.fields import (
    HOME_LEVELS,
    NONE_WORD,
    PastDateField,
    narrow_units,
    replaces,
    staff_helper,
)
from communities.models import Resident
from toolkit.forms import StaffForm
from toolkit.names import DIGIT, flaw_of
from toolkit.privacy.masks import mask_id, mask_phone

MASKS = {"id_number": mask_id, "phone": mask_phone, "emergency_phone": mask_phone}
CODED = {
    "sex": codes.SEX,
    "id_kind": codes.ID_DOCUMENT,
    "no_id_reason": codes.NO_ID_REASON,
    "relation": codes.RELATION,
    "ethnicity": codes.ETHNICITY,
    "marital": codes.MARITAL,
    "education": codes.EDUCATION,
    "political": codes.POLITICAL,
    "occupation": codes.OCCUPATION,
}


class ResidentForm(StaffForm):
    """What an entry and a change have in common."""

    sensitive = ("id_number", "phone", "emergency_phone", "health")
    people = ("name", "emergency_name")

    id_number = forms.CharField(
        label=gettext_lazy("证件号码"), max_length=40, required=False, strip=True
    )
    birth_on = PastDateField(label=gettext_lazy("出生日期"), required=False)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=40, required=False)
    emergency_phone = forms.CharField(
        label=gettext_lazy("联系人电话"), max_length=40, required=False
    )
    health = forms.ChoiceField(
        label=gettext_lazy("健康状况"), choices=codes.HEALTH.choices, required=False
    )
    override_reason = forms.CharField(
        label=gettext_lazy("与证件不符的原因"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("性别、出生日期与身份证号码不一致时才填。"),
    )

    class Meta:
        model = Resident
        fields = [
            "name",
            "id_kind",
            "no_id_reason",
            "sex",
            "birth_on",
            "relation",
            "org_unit",
            "registration",
            "living",
            "emergency_name",
            "emergency_relation",
            "ethnicity",
            "marital",
            "education",
            "political",
            "occupation",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.add_resident", HOME_LEVELS)
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("autocomplete", "off")
            # "Unknown" is always an answer: only the name has to be known.
            if isinstance(field, forms.ChoiceField) and name != "org_unit":
                field.required = False
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        self.warnings: list[str] = []
        self.helper = staff_helper(self.layout())

    def layout(self) -> Layout:
        """Return the sections of the form, which hang their legends at a desk."""
        return Layout(
            Fieldset(
                _("姓名和证件"),
                "name",
                "id_kind",
                "id_number",
                "no_id_reason",
                "sex",
                "birth_on",
                Div("override_reason", css_class="yh-wide"),
                css_class="yh-section",
            ),
            Fieldset(_("住户"), *self.home_fields(), css_class="yh-section"),
            Fieldset(
                _("联系方式"),
                "phone",
                "emergency_name",
                "emergency_relation",
                "emergency_phone",
                css_class="yh-section",
            ),
            Fieldset(
                _("基本资料"),
                "ethnicity",
                "marital",
                "education",
                "political",
                "occupation",
                "health",
                css_class="yh-section",
            ),
        )

    def home_fields(self) -> list:
        return ["org_unit", "relation", "registration", "living"]

    def clean_name(self):
        return self.name_in("name")

    def clean_emergency_name(self):
        return self.name_in("emergency_name")

    def name_in(self, field: str) -> str:
        """Return a name with single blanks; a roster keeps the same rule."""
        name = " ".join(self.cleaned_data[field].split())
        if flaw_of(name) == DIGIT:
            raise ValidationError(_("姓名里不能有数字，请核对。"))
        return name

    def clean_phone(self):
        return self.phone_in("phone")

    def clean_emergency_phone(self):
        return self.phone_in("emergency_phone")

    def phone_in(self, name: str) -> str:
        """Return a phone in plain digits; 无 means that there is none."""
        text = self.cleaned_data[name].strip()
        return text if text in ("", NONE_WORD) else check_one_phone(text)

    def clean(self):
        data = super().clean()
        for name, code_list in CODED.items():
            # Of an empty cell in a roster nothing was ever said.
            nothing = "" if self.has_nothing(name) else code_list.unknown
            data[name] = data.get(name) or nothing
        text, document = data.get("id_number", ""), data.get("id_kind", "")
        if text and text != NONE_WORD:
            found = check_document(text, document)
            if found.error:
                self.add_error("id_number", found.error)
                return data
            data["id_number"], data["id_kind"] = found.number, found.kind
            self.warnings += found.warnings
            refuse_duplicate(found.number, self.instance, self.user)
        self.settle_sex_and_birth(data)
        return data

    def settle_sex_and_birth(self, data: dict) -> None:
        """Take sex and birth from the ID number, or demand why they differ from it."""
        number = self.new_value("id_number")
        told = derived_from_id(number, data.get("id_kind", ""))
        for name, value in told.items():
            if data.get(name) in (None, "", codes.SEX.unknown):
                data[name] = value
            elif data.get(name) != value and not data.get("override_reason"):
                self.add_error(
                    name,
                    _("与身份证号码不一致。确实如此的，请写明原因；否则请改正。"),
                )

    def new_value(self, name: str) -> str:
        """Return the value a sealed field will have; what is left empty stays."""
        text = self.cleaned_data.get(name, "")
        if text == NONE_WORD:
            return ""
        return text or getattr(self.instance, name) or ""

    def write_sealed(self) -> None:
        """Set the sealed fields and health on the row that is about to be saved."""
        for name in MASKS:
            setattr(self.instance, name, self.new_value(name))
        if health := self.cleaned_data["health"]:
            self.instance.health = health

    def changes(self) -> list[dict]:
        """Return the changes in words; the reason to differ from the ID in full."""
        changed = super().changes()
        for change in changed:
            if change["field"] == "override_reason":
                reason = self.cleaned_data["override_reason"]
                change |= {"old": "", "new": reason}
        return changed


class ResidentUpdateForm(ResidentForm):
    """Changing a person. The household changes by its own steps, not here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, mask in MASKS.items():
            now = mask(getattr(self.instance, name) or "")
            if now:
                self.fields[name].help_text = replaces(now)
        unchanged = [("", _("不改（已登记，不显示）"))]
        self.fields["health"].choices = unchanged + codes.HEALTH.choices
        self.settle_household_fields()

    def settle_household_fields(self) -> None:
        """A head stays head and a member stays in his unit until a step moves him."""
        relation = self.fields["relation"]
        if self.instance.is_head:
            relation.disabled = True
            relation.help_text = _("更换户主请到住户页面办理“变更户主”。")
        else:
            relation.choices = relations.choices(with_head=False)
        if self.instance.relation == relations.SELF:
            # So older rolls call one who is alone; it stays until somebody knows.
            own = (relations.SELF, codes.RELATION.label(relations.SELF))
            relation.choices = [own, *relation.choices]
        self.offer_what_is_empty()
        if self.instance.household_id:
            self.fields["org_unit"].disabled = True
            self.fields["org_unit"].help_text = _("随住户；转到别处请办理“转户”。")

    def save(self, commit=True):
        self.write_sealed()
        change_resident(resident=self.instance, by=self.user)
        return self.instance
