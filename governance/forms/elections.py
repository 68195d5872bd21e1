import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from governance import law
from governance.election_calendar import list_due
from governance.election_guards import fault_of_count, why_no_count
from governance.forms.election_parts import LawForm, OfElectionForm, person_field
from governance.forms.election_parts import resident_for as one_resident
from governance.models import (
    BallotCount,
    Body,
    Candidate,
    CandidateVotes,
    Election,
    ElectionOfficer,
    ElectionStatus,
    Mode,
)
from governance.models.elections import MOST_SEATS
from governance.outcome import standing_of
from toolkit import formats
from toolkit.filters import ScreenFilters, SearchFilter

# What is settled once the list of voters is published.
SETTLED = ("body", "kind", "mode", "heads", "deputies", "members")
MOST_BALLOTS = 1_000_000


class ElectionForm(LawForm):
    """An election that is prepared; what residents were told of it stays."""

    class Meta:
        model = Election
        fields = [
            *SETTLED[:3],
            "held_on",
            "place",
            *SETTLED[3:],
            "number",
            "document",
            "audit_published_on",
            "met_on",
            "proxies_published_on",
        ]
        help_texts = {
            "mode": _("村民委员会由全体村民直接选举；社区三种方式都可以。"),
            "held_on": _("选民名单要在选举日二十日前公布，日程按选举日倒排。"),
            "members": _("居委会五至九人，村委会三至七人，含主任、副主任。"),
            "number": _("不填的，按上一届加一。"),
            "audit_published_on": _("公布后填写。"),
            "met_on": _("见面后填写。"),
            "proxies_published_on": _("公布后填写。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        bodies = Body.objects.in_scope_of(self.user, action)
        bodies = bodies.filter(kind=Body.Kind.COMMITTEE, closed_on=None)
        self.fields["body"].queryset = bodies.select_related("org_unit")
        for name in ("heads", "deputies", "members"):
            self.fields[name].max_value = MOST_SEATS
            self.fields[name].widget.attrs["max"] = MOST_SEATS
        self.known_day = self.instance.held_on
        if self.instance.pk and self.instance.status != ElectionStatus.DRAFT:
            for name in SETTLED:
                del self.fields[name]

    def fault(self) -> str:
        election = self.instance
        if election.held_on != self.known_day and (fault := self.fault_of_day()):
            return fault
        unit = election.body.org_unit
        if not law.asks(f"election-valid-{election.mode}", unit):
            words = _("村民委员会由村民直接选举产生，不能用这种方式。")
            return words + law.cited("election-mode", unit)
        seats = election.heads + election.deputies + election.members
        if not election.is_general:
            term = election.body.term
            seats += len(term.serving) if term else 0
        check = law.bounds("committee-members", unit).check(seats)
        return "" if check.is_met else check.sentence

    def fault_of_day(self) -> str:
        """Return why the election cannot be held on the day."""
        election, unit = self.instance, self.instance.body.org_unit
        if self.known_day and election.status != ElectionStatus.DRAFT:
            if election.held_on < self.known_day:
                return _("名单公布后，选举日只能推迟。")
            if election.counts.exists():
                return _("已经投票，选举日不能再改。")
            return ""
        # The unit of a new election is known by its committee only.
        election.org_unit = unit
        due = list_due(election)
        if due.due_on < timezone.localdate():
            words = _("选举日太近：选民名单最迟应在%(day)s公布。")
            told = {"day": formats.cn_date(due.due_on)}
            return words % told + law.cited("voters-list", unit)
        return ""


class ElectionFilters(ScreenFilters):
    q = SearchFilter("body__name")
    community = CommunityFilter()
    kind = django_filters.ChoiceFilter(choices=Election.Kind, label=_("选举类别"))
    mode = django_filters.ChoiceFilter(choices=Mode, label=_("选举方式"))
    status = django_filters.ChoiceFilter(choices=ElectionStatus, label=_("状态"))

    class Meta:
        model = Election
        fields = ["q", "community", "kind", "mode", "status"]


class OfficerForm(OfElectionForm):
    """Somebody chosen into an election committee, or next to enter it."""

    people = ("name",)

    class Meta:
        model = ElectionOfficer
        fields = ["election", "name", "post", "rank"]
        help_texts = {
            "name": _("外来的直接写姓名。"),
            "rank": _("按推选结果的次序，出缺时递补人选依次递补。"),
        }

    person = person_field(_("本街道居民"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        if self.instance.pk:
            del self.fields["person"]
            self.fields["name"].disabled = True
        else:
            self.order_fields(["election", "person"])

    def clean(self):
        data = super().clean()
        if self.instance.pk:
            return data
        if words := data.get("person"):
            try:
                self.instance.resident = one_resident(self.user, words)
            except ValidationError as refusal:
                self.add_error("person", refusal)
                return data
            data["name"] = self.instance.resident.name
        elif not data.get("name"):
            self.add_error("person", _("请填写。"))
        return data

    def fault(self) -> str:
        person, election = self.instance.resident_id, self.instance.election
        standing = election.candidates.standing()
        if person and standing.filter(voter__resident=person).exists():
            return _("此人是候选人，不能参加选举委员会。") + law.cited(
                "election-committee-leave", election.org_unit
            )
        return ""


class OfficerFilters(ScreenFilters):
    q = SearchFilter("name")
    community = CommunityFilter()

    class Meta:
        model = ElectionOfficer
        fields = ["q", "community"]


class BallotCountForm(OfElectionForm):
    """The count of the next round: the ballots, and the votes of each candidate.

    Who stands follows from the rounds before; a count that was changed is signed by
    somebody else than its last writer.
    """

    class Meta:
        model = BallotCount
        fields = ["election", "held_on", "issued", "returned", "invalid"]
        help_texts = {
            "issued": _("不能多于有投票权的人数。"),
            "returned": _("收回的多于发出的，投票无效。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("issued", "returned", "invalid"):
            self.fields[name].max_value = MOST_BALLOTS
        self.candidates = self.who_stands()
        known = {}
        if self.instance.pk:
            known = dict(self.instance.votes.values_list("candidate", "number"))
        for one in self.candidates:
            label = f"{one.get_post_display()}　{one.name}　{_('得票')}"
            self.fields[votes_name(one)] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=MOST_BALLOTS,
                initial=known.get(one.pk),
            )

    def at_hand(self) -> Election | None:
        """Return the election named in the form or in the address of its page."""
        if self.instance.pk:
            return self.instance.election
        key = self.data.get("election") or self.initial.get("election")
        field = self.fields["election"]
        try:
            return field.clean(key) if key else None
        except ValidationError:
            return None

    def who_stands(self) -> list[Candidate]:
        election = self.at_hand()
        return standing_of(election).running if election else []

    def clean(self):
        data = super().clean()
        election = self.election
        if election is None:
            return data
        if not self.instance.pk:
            if refusal := why_no_count(election):
                raise ValidationError(refusal)
            self.instance.round = election.counts.count() + 1
            self.instance.entitled = election.entitled()
        self.instance.typed_by = self.user
        return data

    def fault(self) -> str:
        return fault_of_count(self.instance, self.numbers())

    def numbers(self) -> dict[Candidate, int]:
        return {one: self.cleaned_data[votes_name(one)] for one in self.candidates}

    def _save_m2m(self):
        super()._save_m2m()
        self.instance.votes.all().delete()
        CandidateVotes.objects.bulk_create(
            CandidateVotes(count=self.instance, candidate=one, number=number)
            for one, number in self.numbers().items()
        )


def votes_name(candidate: Candidate) -> str:
    """Return the name of the field for the votes of a candidate."""
    return f"votes_{candidate.pk}"


class BallotCountFilters(ScreenFilters):
    q = SearchFilter("election__body__name")
    community = CommunityFilter()
    status = django_filters.ChoiceFilter(choices=BallotCount.Status, label=_("状态"))

    class Meta:
        model = BallotCount
        fields = ["q", "community", "status"]
