import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from governance import law
from governance.forms.election_parts import LawForm
from governance.models import (
    Body,
    Member,
    Recall,
    Resignation,
    TermTransfer,
    TransferItem,
)
from governance.recalling import why_not_of_member
from toolkit.filters import ScreenFilters, SearchFilter

DEMAND = ("member", "proposed_on", "reason", "called_by", "callers", "callers_of")
VOTE = ("voted_on", "entitled", "returned", "in_favour")


class OfMemberForm(LawForm):
    """A form about a member of a committee who still sits in it."""

    notes = ("reason",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("member", None)
            return
        rows = Member.objects.in_scope_of(self.user)
        rows = rows.serving_on(timezone.localdate())
        rows = rows.filter(term__body__kind=Body.Kind.COMMITTEE)
        field = self.fields["member"]
        field.queryset = rows.select_related("term__body")
        field.label_from_instance = named

    def fault(self) -> str:
        return "" if self.instance.pk else why_not_of_member(self.instance.member)


def named(member: Member) -> str:
    return f"{member.term.body}　{member.post_words}　{member}"


def not_in_future(day):
    """Raise ValidationError for a day that has not come."""
    if day and day > timezone.localdate():
        raise ValidationError(_("日期不能晚于今天。"))


class RecallForm(OfMemberForm):
    """A demand; once the person has been heard, the count of the vote."""

    class Meta:
        model = Recall
        fields = [*DEMAND, "mode", *VOTE]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "callers_of": _("有选举权的居民（村民）、户的代表或居民代表的总数。"),
            "mode": _("同产生时的选举方式。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_heard = self.instance.status == Recall.Status.HEARD
        for name in (*DEMAND, "mode") if is_heard else VOTE:
            self.fields.pop(name, None)
        for name in ("proposed_on", "voted_on"):
            if name in self.fields:
                self.fields[name].validators.append(not_in_future)
        for name in VOTE:
            if name in self.fields:
                self.fields[name].required = True

    def fault(self) -> str:
        recall = self.instance
        if recall.pk and recall.status == Recall.Status.HEARD:
            recall.typed_by = self.user
            return ""
        if fault := super().fault():
            return fault
        unit = recall.member.term.body.org_unit
        if not law.asks(f"recall-called-{recall.called_by}", unit):
            words = _("村里由有选举权的村民或者村民代表联名。")
            return words + law.cited("recall", unit)
        if not law.asks(f"recall-valid-{recall.mode}", unit):
            words = _("村民委员会成员由村民投票罢免。")
            return words + law.cited("recall-vote", unit)
        return ""


class RecallFilters(ScreenFilters):
    q = SearchFilter("member__name")
    community = CommunityFilter()
    status = django_filters.ChoiceFilter(choices=Recall.Status, label=_("状态"))

    class Meta:
        model = Recall
        fields = ["q", "community", "status"]


class ResignationForm(OfMemberForm):
    class Meta:
        model = Resignation
        fields = ["member", "handed_in_on", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handed_in_on"].validators.append(not_in_future)


class ResignationFilters(ScreenFilters):
    q = SearchFilter("member__name")
    community = CommunityFilter()
    status = django_filters.ChoiceFilter(choices=Resignation.Status, label=_("状态"))

    class Meta:
        model = Resignation
        fields = ["q", "community", "status"]


class TransferForm(LawForm):
    """Who hands over, who takes over, who watches: three different people."""

    people = ("giver", "taker", "witness")

    class Meta:
        model = TermTransfer
        fields = ["giver", "taker", "witness"]
        help_texts = {
            "giver": _("上一届委员会的主任。"),
            "taker": _("新一届委员会的主任。"),
            "witness": _("主持移交的选举委员会成员，或街道派来监督的人。"),
        }


class TransferFilters(ScreenFilters):
    q = SearchFilter("term__body__name")
    community = CommunityFilter()
    status = django_filters.ChoiceFilter(choices=TermTransfer.Status, label=_("状态"))

    class Meta:
        model = TermTransfer
        fields = ["q", "community", "status"]


class TransferItemForm(LawForm):
    notes = ("note", "name", "amount")

    class Meta:
        model = TransferItem
        fields = ["transfer", "kind", "name", "amount", "checked_on", "note"]
        help_texts = {
            "amount": _("例如：1枚、23册、12,345.67元。"),
            "checked_on": _("双方当面清点后填写。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].validators.append(not_in_future)
        if self.instance.pk:
            del self.fields["transfer"]
            return
        rows = TermTransfer.objects.in_scope_of(self.user, "change")
        rows = rows.filter(status=TermTransfer.Status.OPEN)
        self.fields["transfer"].queryset = rows.select_related("term__body")

    def fault(self) -> str:
        transfer = self.instance.transfer
        if transfer.status == TermTransfer.Status.OPEN:
            return ""
        words = _("移交清单已经签字，不能再改；需要改的，先退回重新清点。")
        return words + law.cited("transfer", transfer.org_unit)


class TransferItemFilters(ScreenFilters):
    q = SearchFilter("name")
    community = CommunityFilter()
    kind = django_filters.ChoiceFilter(choices=TransferItem.Kind, label=_("类别"))

    class Meta:
        model = TransferItem
        fields = ["q", "community", "kind"]
