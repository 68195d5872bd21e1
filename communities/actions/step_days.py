"""The day on which a step of a household can have happened.

A household's steps follow one another: each starts from what the one before it left
behind. A day before that, before the founding, or before the birth of somebody who
takes part is a slip of the pen. Births, deaths and moves of persons are often told late
and look at their own days (`actions/population.py`).
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Household, HouseholdEvent, HouseholdStep, Resident
from communities.models.households import FOUNDING
from toolkit import formats


def refuse(sentence: str) -> ValidationError:
    """Return the refusal, to stand at the day in the form."""
    return ValidationError({"happened_on": sentence})


def check_day(day: date, households: Iterable[int]) -> None:
    """Raise ValidationError for a day to come, or before what the households had."""
    if day > timezone.localdate():
        raise refuse(_("发生日期不能晚于今天。"))
    for home in Household.objects.filter(pk__in=households).order_by("pk"):
        check_founding(day, home)
        check_last_step(day, home)


def check_founding(day: date, home: Household) -> None:
    """Raise ValidationError for a day on which the household did not stand yet."""
    begun = HouseholdEvent.objects.filter(household=home, kind__in=FOUNDING)
    first = begun.order_by("-happened_on").first()
    if first and day < first.happened_on:
        told = {"number": home.number, "day": formats.cn_date(first.happened_on)}
        words = _("户号%(number)s是%(day)s立的户，发生日期不能早于这一天。")
        raise refuse(words % told)


def check_last_step(day: date, home: Household) -> None:
    """Raise ValidationError for a day before the last step that still stands."""
    standing = home.steps.exclude(kind=HouseholdStep.Kind.UNDO).filter(undone_by=None)
    last = standing.order_by("-happened_on", "-pk").first()
    if last and day < last.happened_on:
        told = {
            "number": home.number,
            "day": formats.cn_date(last.happened_on),
            "step": last.get_kind_display(),
        }
        words = _(
            "户号%(number)s在%(day)s办过“%(step)s”，发生日期不能早于它。"
            "那一步有误的，请先撤销。"
        )
        raise refuse(words % told)


def check_births(day: date, residents: Iterable[int]) -> None:
    """Raise ValidationError for a day before somebody who takes part was born."""
    people = Resident.objects.filter(pk__in=residents, birth_on__gt=day)
    person = people.order_by("-birth_on", "pk").first()
    if person:
        told = {"name": person.name, "day": formats.cn_date(person.birth_on)}
        words = _("%(name)s是%(day)s出生的，发生日期不能早于这一天。")
        raise refuse(words % told)
