from django import forms
from django.utils.translation import gettext_lazy as _

from governance.actions import enter_marks
from governance.actions.recruiting import EXTRA, INTERVIEW, MARKED, WRITTEN
from governance.models import Recruitment
from toolkit.forms import TypedForm

HIGHEST = 100
TITLES = {
    WRITTEN: _("登记笔试成绩"),
    INTERVIEW: _("登记面试成绩"),
    EXTRA: _("登记加试成绩"),
}


class MarksForm(TypedForm, forms.Form):
    """The marks of one round, everybody in one table."""

    def __init__(self, *args, recruitment: Recruitment, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.recruitment, self.kind = recruitment, kind
        _stages, steps = MARKED[kind]
        rows = recruitment.applicants.filter(status__in=steps).order_by("number")
        self.applicants = list(rows)
        for one in self.applicants:
            self.fields[f"m{one.pk}"] = forms.DecimalField(
                label=_("%(number)d号 %(name)s")
                % {"number": one.number, "name": one.name},
                min_value=0,
                max_value=HIGHEST,
                max_digits=5,
                decimal_places=2,
                required=False,
                initial=getattr(one, kind),
                widget=forms.NumberInput(
                    attrs={"inputmode": "decimal", "class": "form-control"}
                ),
            )

    def lines(self) -> list[dict]:
        """Return each applicant with the field of his mark."""
        return [
            {"applicant": one, "field": self[f"m{one.pk}"]} for one in self.applicants
        ]

    def write(self, by) -> int:
        """Write the marks; return how many changed. Raises ValidationError."""
        marks = {one.pk: self.cleaned_data[f"m{one.pk}"] for one in self.applicants}
        return enter_marks(
            recruitment=self.recruitment, kind=self.kind, marks=marks, by=by
        )
