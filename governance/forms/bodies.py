import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from communities.forms.fields import OFFICE_LEVELS, narrow_units
from governance.actions import add_document, begin_term
from governance.forms.documents import PaperField
from governance.models import Body, Term
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm

TERM_FIELDS = ["number", "began_on", "ends_on", "document"]


def check_days(data: dict) -> None:
    """Raise ValidationError for a term that would end before it begins."""
    begins, ends = data.get("began_on"), data.get("ends_on")
    if ends and not begins:
        raise ValidationError({"began_on": _("请填本届产生日期。")})
    if begins and ends and ends <= begins:
        raise ValidationError({"ends_on": _("任期届满要晚于产生日期。")})


class BodyForm(StaffForm):
    """A body; when it is registered, with its first term."""

    class Meta:
        model = Body
        fields = ["org_unit", "kind", "rank", "task", "parent", "name"]
        help_texts = {
            "rank": _("只有党组织选。"),
            "task": _("只有居（村）委会下属委员会选。"),
            "parent": _("党支部选所属党总支，下属委员会选居（村）委会。"),
        }

    number = forms.IntegerField(label=_("届次"), required=False, min_value=1)
    began_on = forms.DateField(
        label=_("本届产生日期"),
        required=False,
        help_text=_("没有成立或换届的，按缺少这个组织处理。"),
    )
    ends_on = forms.DateField(
        label=_("任期届满"),
        required=False,
        help_text=_("居委会、村委会每届五年（居委会法、村委会法第十四条）。"),
    )
    document = forms.CharField(label=_("成立或换届文号"), required=False, max_length=60)
    paper = PaperField(label=_("成立或换届文件"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        narrow_units(self, f"governance.{action}_body", OFFICE_LEVELS[1:])
        parents = Q(kind=Body.Kind.PARTY) | Q(kind=Body.Kind.COMMITTEE)
        above = Body.objects.in_scope_of(self.user).filter(parents, closed_on=None)
        self.fields["parent"].queryset = above.exclude(pk=self.instance.pk)
        if self.instance.pk:
            for name in (*TERM_FIELDS, "paper"):
                del self.fields[name]
            if self.instance.kind == Body.Kind.PARTY:
                # What it is changes by an upgrade, which stands in its history.
                del self.fields["kind"], self.fields["rank"]

    def clean(self):
        data = super().clean()
        check_days(data)
        if data.get("paper") and not data.get("began_on"):
            raise ValidationError({"began_on": _("请填本届产生日期。")})
        kind = data.get("kind") or self.instance.kind
        parent = data.get("parent")
        if parent and kind:
            self.check_parent(kind, parent, data.get("org_unit"))
        return data

    def check_parent(self, kind: str, parent: Body, unit) -> None:
        """Raise ValidationError for a body that cannot stand below the other."""
        fits = {Body.Kind.PARTY: Body.Kind.PARTY, Body.Kind.PART: Body.Kind.COMMITTEE}
        if fits.get(kind) != parent.kind:
            raise ValidationError(
                {"parent": _("党支部归党总支，下属委员会归居（村）委会，其他不选。")}
            )
        if unit and parent.org_unit != unit:
            raise ValidationError({"parent": _("上级组织要在同一个社区（村）。")})

    def _save_m2m(self):
        super()._save_m2m()
        if self.cleaned_data.get("began_on"):
            term = {name: self.cleaned_data[name] for name in TERM_FIELDS}
            term = begin_term(body=self.instance, by=self.user, **term)
            keep_paper(term, self.cleaned_data["paper"], self.user)


class TermForm(StaffForm):
    """The next term of a body that is there: who sits in it is entered afterwards."""

    class Meta:
        model = Term
        fields = ["body", *TERM_FIELDS]

    paper = PaperField(label=_("成立或换届文件"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        bodies = Body.objects.in_scope_of(self.user, action).filter(closed_on=None)
        self.fields["body"].queryset = bodies.select_related("org_unit")
        self.fields["body"].label_from_instance = named
        if self.instance.pk:
            # Further papers are put in on the page of the term.
            del self.fields["body"], self.fields["paper"]

    def clean(self):
        data = super().clean()
        check_days(data)
        return data

    def _save_m2m(self):
        super()._save_m2m()
        keep_paper(self.instance, self.cleaned_data.get("paper"), self.user)


def keep_paper(term: Term, checked, by) -> None:
    """Keep the uploaded paper of a term, if there is one."""
    if checked:
        name = checked.name.rpartition(".")[0]
        add_document(owner=term, by=by, title=name, checked=checked)


def named(body: Body) -> str:
    return f"{body.org_unit}　{body}"


class BodyFilters(ScreenFilters):
    q = SearchFilter("name")
    community = CommunityFilter()
    kind = django_filters.ChoiceFilter(choices=Body.Kind, label=_("类别"))
    rank = django_filters.ChoiceFilter(choices=Body.Rank, label=_("党组织形式"))

    class Meta:
        model = Body
        fields = ["q", "community", "kind", "rank"]


class TermFilters(ScreenFilters):
    q = SearchFilter("body__name", "document")
    community = CommunityFilter("body__org_unit")

    class Meta:
        model = Term
        fields = ["q", "community"]
