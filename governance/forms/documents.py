from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.actions import add_document
from governance.models import Recruitment
from toolkit.forms import TypedForm
from toolkit.uploads import DOCUMENTS, PICTURES, Checked, validate_upload
from visits.validation import check_text

PAPERS = (*DOCUMENTS, *PICTURES)
HINT = _("PDF、Word、Excel 或扫描图片，最大 20 MB。")


class PaperField(forms.FileField):
    """A paper that was checked: size, what it really is, what is inside of it."""

    def __init__(self, **kwargs):
        kwargs = {"max_length": 200, "help_text": HINT} | kwargs
        super().__init__(**kwargs)

    def clean(self, data, initial=None) -> Checked | None:
        """Return what to store, None for no file; raises UploadRefused."""
        file = super().clean(data, initial)
        return validate_upload(file, kinds=PAPERS) if file else None


class DocumentForm(TypedForm, forms.Form):
    """A paper, or for a gate of a recruitment a statement where there is none."""

    title = forms.CharField(
        label=_("材料名称"),
        max_length=60,
        required=False,
        validators=[check_text],
        help_text=_("不填就用文件名。"),
    )
    paper = PaperField(label=_("文件"), required=False)
    statement = forms.CharField(
        label=_("情况说明"),
        max_length=500,
        required=False,
        validators=[check_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("没有文件的，写明依据、时间和经办人。"),
    )

    def __init__(self, *args, owner, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner, self.by = owner, by
        if not isinstance(owner, Recruitment):
            del self.fields["statement"]

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if not data.get("paper") and not data.get("statement"):
            raise ValidationError(
                _("请选文件，或写情况说明。")
                if "statement" in self.fields
                else _("请选文件。")
            )
        return data

    def put_in(self):
        """Put the paper in; None where that is refused, with the reason."""
        data = self.cleaned_data
        paper, statement = data.get("paper"), data.get("statement", "")
        usual = paper.name.rpartition(".")[0] if paper else str(_("情况说明"))
        try:
            return add_document(
                owner=self.owner,
                by=self.by,
                title=data["title"] or usual,
                checked=paper,
                statement=statement,
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None
