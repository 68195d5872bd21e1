"""One form for each step of a household."""

from crispy_forms.layout import HTML, Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import codes
from communities.actions import households as steps
from communities.forms.checks import check_number
from communities.forms.fields import HOME_LEVELS, HouseholdField, units_for
from communities.forms.steps import (
    CHOICE,
    RELATIONS,
    DoorForm,
    MemberField,
    MembersField,
    RelationField,
    StepForm,
    describe_member,
    section,
)
from communities.models import HEAD, Household

SUGGESTED = gettext_lazy("填户号或住址，从提示中选择。")


class FoundForm(DoorForm):
    slug, label = "found", gettext_lazy("立户")
    about = gettext_lazy("先立户，再登记或编入成员。")
    action = staticmethod(steps.found_household)
    number = forms.CharField(
        label=gettext_lazy("户号"), max_length=30, validators=[check_number]
    )
    kind = forms.ChoiceField(label=gettext_lazy("户别"), choices=Household.Kind.choices)

    def prepare(self):
        super().prepare()
        permission = "communities.add_household"
        self.fields["org_unit"].queryset = units_for(self.user, permission, HOME_LEVELS)

    def sections(self):
        return [section(_("住户"), "number", "kind"), self.door(_("住址"))]

    def arguments(self):
        found = super().arguments()
        del found["household"]
        names = ("number", "kind")
        return found | {name: self.cleaned_data[name] for name in names}


class SplitForm(DoorForm):
    slug, label = "split", gettext_lazy("分户")
    about = gettext_lazy("几个人从本户分出，另立一户。")
    action = staticmethod(steps.split_household)
    members_leaving = MembersField(label=gettext_lazy("分出"))
    new_head = MemberField(label=gettext_lazy("新户户主"))
    remaining_head = MemberField(
        label=gettext_lazy("接任户主"),
        help_text=gettext_lazy("户主分出时才选。"),
    )
    number = forms.CharField(
        label=gettext_lazy("新户号"),
        max_length=30,
        validators=[check_number],
        help_text=gettext_lazy("户口簿上的户号。"),
    )

    def prepare(self):
        super().prepare()
        self.ask_for_remaining_head()
        home = self.household
        place = home.building.address if home.building else home.address
        self.initial.setdefault("place", place)
        if home.building:
            self.initial.setdefault("staircase", home.staircase)
            self.initial.setdefault("room", home.room)

    def sections(self):
        table = HTML('{% include "communities/_split_members.html" %}')
        return [
            section(_("人员"), table),
            section(_("新户"), "number"),
            self.door(_("新户住址")),
        ]

    def people(self) -> list[dict]:
        """Return each member with what is chosen for him, for the table of the form."""
        leaving = [str(pk) for pk in self["members_leaving"].value() or ()]
        chosen = {name: str(self[name].value()) for name in self.asked()}
        return [
            {
                "pk": member.pk,
                "lines": describe_member(member).split("\n", 1),
                "leaves": str(member.pk) in leaving,
                "heads": chosen["new_head"] == str(member.pk),
                "may_stay": member != self.head,
                "remains": chosen.get("remaining_head") == str(member.pk),
            }
            for member in self.members
        ]

    def asked(self) -> list[str]:
        """Return the questions of the table that have one answer."""
        return [n for n in ("new_head", "remaining_head") if n in self.fields]

    def arguments(self):
        data = self.cleaned_data
        return super().arguments() | {
            "members": list(data["members_leaving"]),
            "head": data["new_head"],
            "remaining_head": data.get("remaining_head"),
            "number": data["number"],
        }


class MergeForm(StepForm):
    slug, label = "merge", gettext_lazy("并户")
    about = gettext_lazy("本户全部成员并入另一户，本户销户，对方户主不变。")
    action = staticmethod(steps.merge_households)
    into = HouseholdField(label=gettext_lazy("并入哪一户"), help_text=SUGGESTED)
    head_relation = RelationField(label=gettext_lazy("本户户主与对方户主的关系"))

    def prepare(self):
        if self.head is None:
            del self.fields["head_relation"]

    def sections(self):
        asked = [name for name in ("into", "head_relation") if name in self.fields]
        return [section(_("并入"), *asked)]

    def arguments(self):
        data = self.cleaned_data
        return super().arguments() | {
            "into": data["into"],
            "head_relation": data.get("head_relation", codes.RELATION.unknown),
        }


class TransferForm(StepForm):
    slug, label = "transfer", gettext_lazy("转户")
    about = gettext_lazy("一个人转到另一户。")
    action = staticmethod(steps.transfer_member)
    member = MemberField(label=gettext_lazy("转出人"))
    into = HouseholdField(label=gettext_lazy("转到哪一户"), help_text=SUGGESTED)
    relation = RelationField(
        label=gettext_lazy("与对方户主的关系"),
        with_head=True,
        help_text=gettext_lazy("对方户没有户主时可以选户主；不清楚的选“未说明”。"),
    )
    remaining_head = MemberField(
        label=gettext_lazy("原户由谁接任户主"),
        help_text=gettext_lazy("转出人是户主时才选。"),
    )

    def prepare(self):
        self.ask_for_remaining_head()

    def sections(self):
        people = [Field("member", template=CHOICE)]
        if "remaining_head" in self.fields:
            people.append(Field("remaining_head", template=CHOICE))
        return [
            section(_("人员"), *people),
            section(_("转入"), "into", "relation"),
        ]

    def arguments(self):
        data, found = self.cleaned_data, super().arguments()
        del found["household"]
        return found | {
            "resident": data["member"],
            "into": data["into"],
            "relation": data["relation"],
            "remaining_head": data.get("remaining_head"),
        }


class NewHeadForm(StepForm):
    slug, label = "new-head", gettext_lazy("变更户主")
    about = gettext_lazy("换一位成员当户主；其他人与户主的关系随之改变。")
    action = staticmethod(steps.change_head)
    new_head = MemberField(label=gettext_lazy("新户主"))

    def prepare(self):
        self.fields["new_head"].queryset = self.members.exclude(relation=HEAD)

    def sections(self):
        return [section(_("人员"), Field("new_head", template=CHOICE))]

    def arguments(self):
        return super().arguments() | {"head": self.cleaned_data["new_head"]}


class MoveForm(DoorForm):
    slug, label = "move", gettext_lazy("迁移住址")
    about = gettext_lazy("全户搬到另一个住址；转到别的网格时，在册成员一并转过去。")
    action = staticmethod(steps.move_household)

    def sections(self):
        return [self.door(_("新住址"))]


class CloseForm(StepForm):
    slug, label = "close", gettext_lazy("销户")
    about = gettext_lazy("户内没有在册的人时才能销户。记录和历史都会保留。")
    action = staticmethod(steps.close_household)


class RelationsForm(StepForm):
    slug, label = "relations", gettext_lazy("补填关系")
    about = gettext_lazy("补上还不清楚的与户主关系；不清楚的先不选。")
    action = staticmethod(steps.fill_relations)

    def prepare(self):
        self.unknown = [m for m in self.members if m.relation == codes.RELATION.unknown]
        for member in self.unknown:
            self.fields[f"relation-{member.pk}"] = forms.ChoiceField(
                label=describe_member(member).replace("\n", "　"),
                choices=RELATIONS,
                initial=codes.RELATION.unknown,
            )

    def sections(self):
        return [section(_("关系"), *(f"relation-{m.pk}" for m in self.unknown))]

    def clean(self):
        data = super().clean()
        answers = [data.get(f"relation-{m.pk}") for m in self.unknown]
        if not self.errors and set(answers) <= {codes.RELATION.unknown}:
            raise ValidationError(_("请至少补填一个人的关系。"))
        return data

    def arguments(self):
        answers = {m.pk: self.cleaned_data[f"relation-{m.pk}"] for m in self.unknown}
        return super().arguments() | {"relations": answers}


class JoinForm(StepForm):
    """A person without a household joins one; asked on the person's page."""

    slug, label = "join", gettext_lazy("编入住户")
    about = gettext_lazy("把这个人编入一户。")
    action = staticmethod(steps.transfer_member)
    into = HouseholdField(label=gettext_lazy("编入哪一户"))
    relation = RelationField(label=gettext_lazy("与户主的关系"), with_head=True)

    def __init__(self, *args, resident, **kwargs):
        self.resident = resident
        super().__init__(*args, **kwargs)

    def sections(self):
        return [section(_("编入"), "into", "relation")]

    def arguments(self):
        found = super().arguments()
        del found["household"]
        names = ("into", "relation")
        return (
            found
            | {"resident": self.resident}
            | {name: self.cleaned_data[name] for name in names}
        )


FORMS = {
    form.slug: form
    for form in (
        SplitForm,
        MergeForm,
        TransferForm,
        NewHeadForm,
        MoveForm,
        CloseForm,
        RelationsForm,
    )
}
