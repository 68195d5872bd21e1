from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.forms.fields import narrow_units, staff_helper
from communities.models import OrgUnit, RosterImport
from communities.models.roster import IMPORT
from communities.roster.actions import hand_in
from communities.roster.files import MEGABYTE, MOST_BYTES
from toolkit.forms import StaffForm

Level = OrgUnit.Level
UNITS = (Level.STREET, Level.COMMUNITY, Level.VILLAGE)


class RosterImportForm(StaffForm):
    """A roster file, whose people it holds, and where it comes from."""

    file = forms.FileField(
        label=_("名册文件"),
        help_text=_("Excel（.xlsx）或 CSV，最大 %(size)d MB。旧版 .xls 请先另存。")
        % {"size": MOST_BYTES // MEGABYTE},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    class Meta:
        model = RosterImport
        fields = ["org_unit", "file", "purpose"]
        labels = {"org_unit": _("所属社区（村）"), "purpose": _("来源和用途")}
        help_texts = {
            "org_unit": _("文件里别的社区（村）的行会被退回。"),
            "purpose": _("如：2026年11月入户核查。记入查阅记录。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, IMPORT, UNITS)
        self.fields["purpose"].required = True
        self.helper = staff_helper()

    def changes(self) -> list[dict]:
        """A file handed in changes nothing yet."""
        return []

    def save(self, commit=True):
        """Hand the file in; raises ValidationError at the file for one not taken."""
        told = self.cleaned_data
        try:
            return hand_in(
                file=told["file"],
                unit=told["org_unit"],
                by=self.user,
                purpose=told["purpose"],
            )
        except ValidationError as refusal:
            raise ValidationError({"file": refusal.messages}) from refusal


class RosterCommitForm(forms.Form):
    """What to do with rows in conflict, asked only where there are some."""

    leave_conflicts = forms.BooleanField(
        error_messages={"required": _("请先勾选，或改好文件重新上传。")}
    )

    def __init__(self, *args, roster: RosterImport, **kwargs):
        super().__init__(*args, **kwargs)
        conflicts = roster.count("conflict")
        if conflicts:
            label = _("有冲突的 %(count)d 行不写入，其余的写入") % {"count": conflicts}
            self.fields["leave_conflicts"].label = label
        else:
            del self.fields["leave_conflicts"]
