"""Whether a applicant fulfils what the recruitment asks for, one condition by one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.models import Applicant, Recruitment
from governance.models.recruitments import OF_AGE
from toolkit import formats


@dataclass(frozen=True)
class Condition:
    """One condition: whether it is met, in a sentence."""

    label: str
    is_met: bool
    text: str


def conditions_of(applicant: Applicant) -> list[Condition]:
    """Return the conditions of eligibility and how the applicant stands to each."""
    return [of_education(applicant), of_age(applicant)]


def of_education(applicant: Applicant) -> Condition:
    notice = applicant.recruitment
    is_met = applicant.education in notice.ENOUGH[Recruitment.Least(notice.least)]
    facts = {
        "has": applicant.get_education_display(),
        "asked": notice.get_least_display(),
    }
    return Condition(_("学历"), is_met, _("%(has)s，要求%(asked)s。") % facts)


def of_age(applicant: Applicant) -> Condition:
    age, most = applicant.age, applicant.age_limit
    facts = {
        "day": formats.cn_date(applicant.recruitment.counted_on),
        "age": age,
        "least": OF_AGE,
        "most": most,
    }
    words = _("算到%(day)s满%(age)d周岁，要求%(least)d至%(most)d周岁。")
    if applicant.certificate and most > applicant.recruitment.age_limit:
        words = _("算到%(day)s满%(age)d周岁，持证的要求%(least)d至%(most)d周岁。")
    return Condition(_("年龄"), OF_AGE <= age <= most, words % facts)


def unmet(applicant: Applicant) -> list[Condition]:
    """Return the conditions that are not met."""
    return [one for one in conditions_of(applicant) if not one.is_met]
