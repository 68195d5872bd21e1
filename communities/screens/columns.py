"""Columns that the lists of the registry share."""

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.contacts import phone_links
from communities.models import Resident
from toolkit import formats
from toolkit.columns import Column, LinkColumn, MaskedColumn

Living = Resident.Living
LIVING_TONES = {
    Living.HERE: "done",
    Living.LODGING: "done",
    Living.AWAY: "open",
    Living.MISSING: "bad",
    Living.EMPTY: "draft",
    Living.UNKNOWN: "draft",
}


class UnitColumn(Column):
    """The unit with its community in front; needs org_unit__community selected."""

    reads = ("org_unit__name", "org_unit__level", "org_unit__community__name")

    def __init__(self, label=None, **kwargs):
        label = label or gettext_lazy("社区和网格")
        super().__init__("org_unit__full_name", label, **kwargs)


class FileNameColumn(LinkColumn):
    """The name of a file, without the space that texts get before Latin letters."""

    css_class = "yh-filename"


class SexAgeColumn(Column):
    """女　81 岁: what tells two people of one name apart."""

    css_class = "text-nowrap"
    reads = ("sex", "birth_on", "ended_on")

    def raw(self, row):
        return sex_and_age(row)


class MaskColumn(MaskedColumn):
    """A masked value that stays on one line."""

    def show(self, row) -> str:
        value = self.raw(row)
        return format_html('<span class="yh-mask">{}</span>', value) if value else ""


class PhoneColumn(Column):
    """The numbers of an office, each a link that dials it."""

    css_class = "text-nowrap"

    def show(self, row) -> str:
        links = phone_links(self.raw(row) or "")
        return format_html("<span>{}</span>", links) if links else ""


class LivingColumn(Column):
    """Where the person lives, or how the record ended; a chip for what is unusual."""

    reads = ("living", "ended_on", "ended_by")

    def raw(self, row):
        return living_chip(row)["text"]

    def show(self, row) -> str:
        chip = living_chip(row)
        if chip["tone"] == "done":
            return chip["text"]
        return formats.state(chip["text"], chip["tone"])


def sex_and_age(resident) -> str:
    """Return 女　85 岁; what is unknown is left out."""
    words = []
    if resident.sex in ("1", "2"):
        words.append(str(resident.get_sex_display()))
    if resident.birth_on is not None:
        words.append(age_in_words(resident))
    return "　".join(words)


def age_in_words(resident) -> str:
    """Return 85 岁, for a child under one 8 个月."""
    age = resident.age
    if age:
        return _("%(age)d 岁") % {"age": age}
    day = resident.ended_on or timezone.localdate()
    born = resident.birth_on
    months = (day.year - born.year) * 12 + day.month - born.month
    months -= day.day < born.day
    return _("%(count)d 个月") % {"count": max(0, months)}


def living_chip(resident) -> dict:
    """Return text and tone of the chip: where a person lives, or how he left."""
    if resident.ended_on is not None:
        return {"text": str(resident.get_ended_by_display()), "tone": ""}
    text = str(resident.get_living_display())
    return {"text": text, "tone": LIVING_TONES.get(resident.living, "")}
