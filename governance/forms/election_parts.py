"""What forms of an election share: the article that refuses, the person searched."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _

from communities.finding import Refused, find_residents
from communities.finding.questions import LONGEST_QUESTION
from communities.models import Resident
from governance.models import Election, Voter
from toolkit.forms import StaffForm
from visits.validation import check_text

HOW_TO_FIND = _("写姓名；有同名的，写证件号码或电话。")


class LawForm(StaffForm):
    """A form whose row the law may refuse: `fault` returns the sentence, or ""."""

    # Texts in which nobody's numbers are to stand.
    notes: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.notes:
            if name in self.fields:
                self.fields[name].validators.append(check_text)

    def _post_clean(self):
        """Ask the law before the constraints, whose sentences name no article."""
        if not self.errors:
            construct_instance(self, self.instance, self._meta.fields)
            if refusal := self.fault():
                self.add_error(None, ValidationError(refusal))
                return
        super()._post_clean()

    def fault(self) -> str:
        """Return why the row cannot be written, with the article."""
        return ""


class OfElectionForm(LawForm):
    """A form about something of one running election, named in the address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("election", None)
            return
        rows = Election.objects.in_scope_of(self.user, "change").running()
        self.fields["election"].queryset = rows.select_related("body", "org_unit")

    @property
    def election(self) -> Election | None:
        """The election at hand, None where none was chosen."""
        if self.instance.pk:
            return self.instance.election
        return self.cleaned_data.get("election")


def person_field(label, *, required: bool = True) -> forms.CharField:
    """Return the field in which somebody is searched for."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_QUESTION,
        required=required,
        help_text=HOW_TO_FIND,
    )


def resident_for(user, words: str) -> Resident:
    """Return the one resident whom the words mean; raise for none and for several."""
    try:
        found = find_residents(user, words, limit=2).rows
    except Refused as refusal:
        raise ValidationError(str(refusal)) from None
    if len(found) != 1:
        raise ValidationError(
            _("有同名的居民，请写证件号码或电话。")
            if found
            else _("没有找到这位居民，或不在您的工作范围。")
        )
    return Resident.objects.get(pk=found[0].pk)


def voter_for(user, election: Election, words: str) -> Voter:
    """Return the one listed voter whom the words mean; raise for none and several."""
    listed = election.voters.listed()
    named = list(listed.filter(name=words)[:2])
    if len(named) == 1:
        return named[0]
    if named:
        raise ValidationError(_("名单上有同名的选民，请写证件号码或电话。"))
    voter = listed.filter(resident=resident_for(user, words)).first()
    if voter is None:
        raise ValidationError(_("选民名单上没有此人。"))
    return voter
