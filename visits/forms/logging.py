"""The six questions of a visit: whom, how, when, what, a word, and when again."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Household
from toolkit.forms import MomentField, TypedForm
from visits.actions import Logged, log_visit
from visits.actions.visits import OTHER_SUBJECT, OTHER_WORDS
from visits.declared import ledgers_for
from visits.forms.ledgers import LedgersForm, first_id
from visits.forms.members import MembersField, only_member
from visits.models import Visit
from visits.models.visits import MISSED, NOTE_LENGTH
from visits.suggested import chosen_first

NOW, EARLIER, OTHER = "now", "earlier", "other"
RULE, THREE_DAYS, CHOSEN = "rule", "three", "chosen"
# What is said most often, one tap each; stored in the words of the office.
PHRASES = ("精神好", "药够吃", "燃气已查", "取暖正常", "家属在场", "有人照看")
PHRASE_LABELS = (
    _("精神好"),
    _("药够吃"),
    _("燃气已查"),
    _("取暖正常"),
    _("家属在场"),
    _("有人照看"),
)
# What is said where nobody was met.
IN_VAIN = ("敲门无人应", "邻居说外出", "已留条")
IN_VAIN_LABELS = (_("敲门无人应"), _("邻居说外出"), _("已留条"))
PICK = {"required": _("请选一项。"), "invalid_choice": _("请选一项。")}
# Where the form shows what the action finds wrong.
PLACES = {
    "visited_at": "when",
    "follow_up_on": "next",
    "note": "note",
    "met_members": "members",
}


class LogForm(TypedForm, forms.Form):
    """A visit as a person on a phone tells it, with good defaults for every tap."""

    in_vain = IN_VAIN
    # The visit that the form has become already, where it tells otherwise by now.
    stored_number: int | None = None
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    method = forms.ChoiceField(
        label=_("走访方式"),
        choices=Visit.Method,
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    when = forms.ChoiceField(
        label=_("走访时间"),
        choices=[(NOW, _("刚才")), (EARLIER, _("今天早些")), (OTHER, _("其他时间"))],
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    earlier_at = forms.TimeField(
        label=_("今天几点"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("时间写得不对，例：09:30。")},
    )
    other_at = MomentField(
        label=_("走访时间"),
        required=False,
        error_messages={"invalid": _("日期和时间写得不对，例：2026-11-23 09:30。")},
    )
    outcome = forms.ChoiceField(
        label=_("走访情况"),
        choices=Visit.Outcome,
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    members = MembersField()
    phrases = forms.MultipleChoiceField(
        label=_("常用句"),
        choices=tuple(
            zip(PHRASES + IN_VAIN, PHRASE_LABELS + IN_VAIN_LABELS, strict=True)
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=PICK,
    )
    note = forms.CharField(
        label=_("记一句"),
        required=False,
        max_length=NOTE_LENGTH,
        error_messages={"max_length": _("最多写150个字。")},
        help_text=_("可以不写，150 字以内"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    next = forms.ChoiceField(
        label=_("约定再访"),
        choices=[(RULE, ""), (THREE_DAYS, _("三天后")), (CHOSEN, _("选日子"))],
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    next_on = forms.DateField(
        label=_("再访日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("日期写得不对，例：2026-11-23。")},
    )

    def __init__(self, *args, subject, duties=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.book = self.book_for(ledgers_for(subject), duties)
        if isinstance(subject, Household):
            self.fields["members"].ask_about(subject)
        else:
            del self.fields["members"]

    def book_for(self, offered: list, duties) -> LedgersForm:
        """Return the ledgers on offer; those that go with the duties are chosen."""
        if self.is_bound:
            is_vain = self.data.get("outcome") in MISSED
            return LedgersForm(self.data, offered=offered, is_vain=is_vain)
        chosen = [one.slug for one in chosen_first(self.subject, duties)]
        return LedgersForm(initial={"ledgers": chosen}, offered=offered)

    def is_valid(self) -> bool:
        # Both are asked, so that all that is missing is told at once.
        return all([super().is_valid(), self.book.is_valid()])

    @staticmethod
    def fresh(now: datetime, subject=None) -> dict:
        """Return the defaults of a new form: at the door, just now, all well.

        Who lives alone is the one who was met.
        """
        is_home = isinstance(subject, Household)
        local = timezone.localtime(now)
        hour_ago = max(local - timedelta(hours=1), local.replace(hour=0, minute=0))
        return {
            "client_uuid": uuid4(),
            "method": Visit.Method.DOOR,
            "when": NOW,
            "earlier_at": hour_ago.replace(second=0, microsecond=0).time(),
            "outcome": Visit.Outcome.NORMAL,
            "members": only_member(subject) if is_home else [],
            "next": RULE,
        }

    def clean(self):
        data = super().clean()
        data["visited_at"] = self.moment(data)
        data["follow_up_on"] = self.appointment(data)
        # What was tapped before another outcome was chosen is out of sight.
        is_vain = data.get("outcome") in MISSED
        phrases = data.get("phrases", ())
        fitting = [one for one in phrases if (one in IN_VAIN) == is_vain]
        data["said"] = said(fitting, data.get("note", ""))
        if len(data["said"]) > NOTE_LENGTH:
            length = {"count": NOTE_LENGTH}
            self.add_error("note", gettext("连常用句最多%(count)d个字。") % length)
        return data

    def faults(self) -> list[dict]:
        """Return name and address of each field that is to be filled in anew."""
        return [
            {"label": self[self.asked(name)].label, "id": self.address_of(name)}
            for name in self.errors
            if name in self.fields
        ] + self.book.faults()

    def asked(self, name: str) -> str:
        """Return the field in which the answer to a question is written."""
        written = {
            ("when", OTHER): "other_at",
            ("when", EARLIER): "earlier_at",
            ("next", CHOSEN): "next_on",
        }
        return written.get((name, self.data.get(name)), name)

    def address_of(self, name: str) -> str:
        """Return the id to jump to: that of the first of several choices."""
        return first_id(self[self.asked(name)])

    def moment(self, data: dict) -> datetime | None:
        """Return when the visit was; None for just now."""
        when = data.get("when")
        if when == EARLIER and "earlier_at" not in self.errors:
            if data["earlier_at"] is None:
                self.add_error("when", gettext("请填今天几点去的。"))
                return None
            today = timezone.localdate()
            return timezone.make_aware(datetime.combine(today, data["earlier_at"]))
        if when == OTHER and "other_at" not in self.errors:
            if data["other_at"] is None:
                self.add_error("when", gettext("请填走访时间。"))
            return data["other_at"]
        return None

    def appointment(self, data: dict) -> date | None:
        """Return the day that was agreed on; None leaves it to the rule."""
        choice = data.get("next")
        if choice == THREE_DAYS:
            return timezone.localdate() + timedelta(days=3)
        if choice != CHOSEN or "next_on" in self.errors:
            return None
        if data["next_on"] is None:
            self.add_error("next", gettext("请选再去的日子。"))
        return data["next_on"]

    def log(self, *, by) -> Logged | None:
        """Write the visit; None if the action refuses, with its sentences in place."""
        data = self.cleaned_data
        try:
            return log_visit(
                subject=self.subject,
                by=by,
                client_uuid=data["client_uuid"],
                method=data["method"],
                visited_at=data["visited_at"],
                outcome=data["outcome"],
                note=data["said"],
                follow_up_on=data["follow_up_on"],
                members=data.get("members", ()),
                entries=self.book.answers(),
            )
        except ValidationError as refusal:
            self.take(refusal)
            return None

    def take(self, refusal: ValidationError) -> None:
        """Show what the action found wrong beside the question it belongs to."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            if refusal.code == OTHER_WORDS:
                self.stored_number = refusal.params["number"]
            if refusal.code == OTHER_SUBJECT:
                # What was typed is kept, as another form than the one used before.
                self.data = self.data.copy()
                self.data["client_uuid"] = str(uuid4())
            return
        for name, faults in refusal.message_dict.items():
            self.add_error(PLACES.get(name), faults)


def said(phrases: list[str], note: str) -> str:
    """Return the note with the phrases that were tapped in front of it."""
    tapped = "，".join(phrases)
    if not tapped:
        return note
    return f"{tapped}。{note}"
