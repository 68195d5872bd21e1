"""Who of a household was met: one box for each member, none of them forced."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Household, Resident
from visits.actions.members import may_be_met
from visits.models import Visit, VisitDuty

# A dormitory is no list to tick; those with a duty come first.
MOST_MEMBERS = 30


class MembersField(forms.ModelMultipleChoiceField):
    """The members of a household, those on the visiting list first."""

    widget = forms.CheckboxSelectMultiple
    shown: list[int] = []

    def __init__(self, **kwargs):
        super().__init__(
            Resident.objects.none(),
            label=_("见到的人"),
            required=False,
            error_messages={"invalid_choice": _("见到的人要是这一户的成员，请重选。")},
            **kwargs,
        )

    def ask_about(self, household: Household, visit: Visit | None = None) -> None:
        """Offer the members of a household, and whoever the visit names already."""
        duties = VisitDuty.objects.open().select_related("rule")
        has_duty = Exists(duties.filter(resident=OuterRef("pk")))
        was_met = Exists(
            Visit.met_members.through.objects.filter(
                visit=visit, resident=OuterRef("pk")
            )
        )
        people = may_be_met(household, visit)
        # Who was met stays on offer: a correction would strike out whoever is not.
        people = people.order_by(was_met.desc(), has_duty.desc(), "pk")
        self.shown = list(people.values_list("pk", flat=True)[:MOST_MEMBERS])
        listed = Prefetch("visit_duties", duties, to_attr="open_duties")
        self.queryset = people.filter(pk__in=self.shown).prefetch_related(listed)

    def clean(self, value):
        """Refuse what is not on offer before a database is asked for it."""
        if set(value or ()) - {str(pk) for pk in self.shown}:
            raise ValidationError(self.error_messages["invalid_choice"])
        return super().clean(value)

    def label_from_instance(self, person: Resident) -> str:
        """Return name, age and the lists on which the person stands."""
        age = person.age
        words = [
            str(person),
            "" if age is None else gettext("%(age)d岁") % {"age": age},
        ]
        words += dict.fromkeys(duty.rule.short_name for duty in duties_of(person))
        return "　".join(word for word in words if word)


def duties_of(person: Resident) -> list[VisitDuty]:
    """Return the duties that were read with the person, none where they were not."""
    return getattr(person, "open_duties", [])


def only_member(household: Household) -> list[Resident]:
    """Return who lives there alone, nobody where there are several."""
    found = list(may_be_met(household)[:2])
    return found if len(found) == 1 else []
