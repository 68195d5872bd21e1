from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from communities.screens.columns import PhoneColumn
from safety.forms import ShelterFilters, ShelterForm
from safety.models import RollCall, Shelter
from safety.naming import drilled_words
from toolkit.columns import Column, LinkColumn, NumberColumn
from toolkit.screens import Closing, ModelScreens, register


@register
class ShelterScreens(ModelScreens):
    model = Shelter
    about = _("台风、洪水时居民转移去的地方：在哪里、能住多少人、找谁开门")
    icon = "home"
    form_class = ShelterForm
    filter_class = ShelterFilters
    counted_in = _("个")
    columns = (
        LinkColumn("name"),
        Column("org_unit__name", _("社区（村）")),
        Column("address"),
        NumberColumn("capacity", unit=_("人")),
        NumberColumn("inside", _("现住"), unit=_("人")),
        NumberColumn("drilled", _("演练"), unit=_("人"), is_dropped=True),
        Column("contact"),
        PhoneColumn("phone"),
    )
    facts = (
        "org_unit",
        "name",
        "address",
        "capacity_text",
        "contact",
        "phone",
        "about",
        "is_public",
    )
    passed_over = ("about",)
    closing = Closing(label=_("停用"), hint=_("停用后不能再选，记录保留。"))

    @classmethod
    def get_queryset(cls):
        # Nothing stands in the column of exercises where there is none.
        return Shelter.objects.select_related("org_unit").annotate(
            inside=Coalesce(people_in(), 0), drilled=people_in(is_drill=True)
        )

    @classmethod
    def chips(cls, row):
        """Warn when it is full; who is in danger is let in all the same."""
        chips = []
        if row.inside >= row.capacity:
            chips.append({"text": _("已满"), "tone": "bad"})
        if row.drilled:
            chips.append({"text": drilled_words(row.drilled), "tone": "draft"})
        return chips


def people_in(*, is_drill: bool = False) -> Subquery:
    """Return how many people are in the shelter of a row now, NULL of nobody."""
    lines = RollCall.objects.sheltered(is_drill=is_drill)
    here = lines.filter(shelter=OuterRef("pk")).order_by().values("shelter")
    return Subquery(here.annotate(people=Count("pk")).values("people"))
