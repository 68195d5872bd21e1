"""Who stands on the roll-call list of an emergency, as data.

An emergency keeps the slugs it was opened with; what they mean is asked once, when it
is opened, and the list does not change by itself afterwards.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toolkit import formats

AGED, ELDERLY = 80, 60


@dataclass(frozen=True)
class Criterion:
    """A kind of people who are called first, found in the register of residents."""

    slug: str
    label: str
    # (residents at home, day) -> those of them who are meant.
    narrow: Callable[[QuerySet, date], QuerySet]


CRITERIA = (
    Criterion(
        "aged-alone",
        _("80岁以上独居"),
        lambda people, day: people.living_alone().aged_at_least(AGED, day),
    ),
    Criterion(
        "elderly-alone",
        _("60岁以上独居"),
        lambda people, day: people.living_alone().aged_at_least(ELDERLY, day),
    ),
    Criterion(
        "aged",
        _("80岁以上"),
        lambda people, day: people.aged_at_least(AGED, day),
    ),
)
CHOICES = [(one.slug, one.label) for one in CRITERIA]


def chosen(slugs: Iterable[str]) -> list[Criterion]:
    """Return the criteria that the slugs name, in the order of the table."""
    wanted = set(slugs)
    return [one for one in CRITERIA if one.slug in wanted]


def labels_of(slugs: Iterable[str]) -> str:
    """Return what the slugs mean: 80岁以上独居、80岁以上."""
    return formats.listed(one.label for one in chosen(slugs))
