import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from governance.election_actions import make_way
from governance.election_guards import fault_of_candidate, fault_of_proxy
from governance.forms.election_parts import OfElectionForm, person_field, voter_for
from governance.models import Candidate, Proxy, Voter
from governance.models.voters import MOST_PRINCIPALS
from toolkit.filters import ScreenFilters, SearchFilter


class CandidateForm(OfElectionForm):
    """Somebody of the list of voters who is proposed for a post."""

    notes = public = ("about",)

    class Meta:
        model = Candidate
        fields = [
            "election",
            "post",
            "nominated_by",
            "nominators",
            "sex",
            "birth_year",
            "education",
            "about",
        ]
        help_texts = {
            "nominators": _("社区选民提名的，要十名以上选民联名。"),
            "sex": _("不填的，按居民档案。"),
            "about": _("向居民介绍的话，例如职业、经历；不写电话和证件。"),
        }

    person = person_field(_("选民姓名"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("sex", "education"):
            self.fields[name].required = False
        if self.instance.pk:
            # For what and by whom somebody was proposed stays as it was.
            for name in ("person", "post", "nominated_by", "nominators"):
                del self.fields[name]
        else:
            self.order_fields(["election", "person"])

    def clean(self):
        data = super().clean()
        if self.instance.pk or not (self.election and data.get("person")):
            return data
        try:
            voter = voter_for(self.user, self.election, data["person"])
        except ValidationError as refusal:
            self.add_error("person", refusal)
            return data
        self.instance.voter = voter
        person = voter.resident
        if person:
            for name in ("sex", "education"):
                unknown = Candidate._meta.get_field(name).get_default()
                if data.get(name) in (None, "", unknown):
                    data[name] = getattr(person, name)
            year = person.birth_on and person.birth_on.year
            data["birth_year"] = data.get("birth_year") or year
        return data

    def fault(self) -> str:
        return "" if self.instance.pk else fault_of_candidate(self.instance)

    def _save_m2m(self):
        super()._save_m2m()
        if self.fields.get("person") is None:
            return
        self.warnings = [
            _("%(name)s已退出选举委员会。") % {"name": one}
            for one in make_way(candidate=self.instance, by=self.user)
        ]


class CandidateFilters(ScreenFilters):
    q = SearchFilter("name")
    community = CommunityFilter()
    status = django_filters.ChoiceFilter(choices=Candidate.Status, label=_("状态"))

    class Meta:
        model = Candidate
        fields = ["q", "community", "status"]


class ProxyForm(OfElectionForm):
    """Who votes for whom: both are found on the frozen list."""

    class Meta:
        model = Proxy
        fields = ["election", "written_on"]
        help_texts = {"written_on": _("委托要书面，原件交选举委员会。")}

    principal = person_field(_("委托人"))
    agent = person_field(_("受托人"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["election", "principal", "agent", "written_on"])
        if self.instance.pk:
            del self.fields["principal"], self.fields["agent"]

    def clean(self):
        data = super().clean()
        if not self.election:
            return data
        for name in ("principal", "agent"):
            if not data.get(name):
                continue
            try:
                voter = voter_for(self.user, self.election, data[name])
            except ValidationError as refusal:
                self.add_error(name, refusal)
            else:
                setattr(self.instance, name, voter)
        if not self.errors and not self.instance.pk:
            self.instance.place = free_place(self.instance.agent)
        return data

    def fault(self) -> str:
        return "" if self.instance.pk else fault_of_proxy(self.instance)


def free_place(agent: Voter) -> int:
    """Return which of the three places of an agent is free, the last if none is."""
    taken = set(
        Proxy.objects.open().filter(agent=agent).values_list("place", flat=True)
    )
    places = range(1, MOST_PRINCIPALS + 1)
    return next((one for one in places if one not in taken), MOST_PRINCIPALS)


class ProxyFilters(ScreenFilters):
    q = SearchFilter("principal__name", "agent__name")
    community = CommunityFilter()

    class Meta:
        model = Proxy
        fields = ["q", "community"]
