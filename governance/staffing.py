"""How workers are counted: by age, education, sex, route and certificate (F019–F024).

The groups are the ones of the list's filters, so that each number opens its rows.
"""

from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.models.workers import BACHELOR, COLLEGE, HIGH_SCHOOL, Level, Worker

MALE, FEMALE = "1", "2"


class Group(NamedTuple):
    """One group of workers: how it is called in an address and in words."""

    slug: str
    label: str


AGES = {
    "35": (Group("35", _("35岁以下")), 0, 35),
    "45": (Group("45", _("36至45岁")), 36, 45),
    "55": (Group("55", _("46至55岁")), 46, 55),
    "over": (Group("over", _("56岁以上")), 56, 200),
}
EDUCATIONS = {
    "bachelor": (Group("bachelor", _("本科以上")), BACHELOR),
    "college": (Group("college", _("大专")), ("30",)),
    "high": (Group("high", _("高中（中专）")), ("40", "60")),
    "below": (Group("below", _("高中以下或不详")), None),
}
KNOWN = set(HIGH_SCHOOL)
NONE = "none"
CERTIFICATES = [*((str(one.value), one.label) for one in Level), (NONE, _("没有证书"))]


def of_age(slug: str, year: int) -> Q:
    """Return the condition of an age group in a year; both ends are inside."""
    _group, least, most = AGES[slug]
    return Q(birth_year__range=(year - most, year - least))


def of_education(slug: str) -> Q:
    """Return the condition of a group of education."""
    _group, codes = EDUCATIONS[slug]
    return ~Q(education__in=KNOWN) if codes is None else Q(education__in=codes)


def choices_of(groups: dict) -> list[tuple[str, str]]:
    return [(slug, parts[0].label) for slug, parts in groups.items()]


__all__ = [
    "AGES",
    "CERTIFICATES",
    "COLLEGE",
    "EDUCATIONS",
    "FEMALE",
    "MALE",
    "NONE",
    "Worker",
    "choices_of",
    "of_age",
    "of_education",
]
